package heapcraft.alloc;

import heapcraft.alloc.TrackingAllocator.Leak;
import java.lang.StackWalker.Option;
import java.lang.StackWalker.StackFrame;
import java.lang.foreign.MemorySegment;
import java.security.CodeSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/// Every live block, and the line that allocated it. Any number of threads may share an instance.
final class LeakSites {

    private record Live(Layout layout, StackTraceElement site) { }

    private static final StackWalker WALKER =
            StackWalker.getInstance(Option.RETAIN_CLASS_REFERENCE);
    private static final CodeSource OURS = codeSource(LeakSites.class);

    private final Map<Long, Live> live = new ConcurrentHashMap<>();

    /// The line of the program, outside this library, that is asking.
    static StackTraceElement here() {
        return WALKER.walk(frames -> frames.filter(LeakSites::isForeign).findFirst())
                .or(() -> WALKER.walk(Stream::findFirst)).orElseThrow().toStackTraceElement();
    }

    /// Neither of this library nor of the JDK's own classes.
    private static boolean isForeign(StackFrame frame) {
        Class<?> type = frame.getDeclaringClass();
        return type.getClassLoader() != null && !Objects.equals(codeSource(type), OURS);
    }

    private static CodeSource codeSource(Class<?> type) {
        return type.getProtectionDomain().getCodeSource();
    }

    void add(MemorySegment block, Layout layout, StackTraceElement site) {
        Live other = live.put(block.address(), new Live(layout, site));
        if (other != null) {
            throw new IllegalStateException("the block at " + Contract.hex(block.address())
                    + " is handed out again, but what " + other.site + " allocated there never"
                    + " came back here: it was freed behind the tracker's back, or not at all");
        }
    }

    /// Takes a block off the list.
    ///
    /// @return the line that allocated it
    /// @throws IllegalArgumentException if it is not on the list, or with another layout
    StackTraceElement remove(MemorySegment block, Layout layout) {
        Live found = live.get(block.address());
        if (found == null) {
            throw Contract.notOurs(block, "it was freed before, or never allocated here");
        }
        if (!found.layout.equals(layout) || !live.remove(block.address(), found)) {
            throw Contract.notOurs(block, found.site + " allocated it as " + found.layout);
        }
        return found.site;
    }

    /// The lines with live blocks, the most bytes first.
    List<Leak> leaks() {
        Map<StackTraceElement, Leak> bySite = new HashMap<>();
        live.values().forEach(block -> bySite.merge(block.site,
                new Leak(block.site, 1, block.layout.byteSize()), Leak::plus));
        return bySite.values().stream()
                .sorted(Comparator.comparingLong(Leak::byteSize).reversed()).toList();
    }
}
