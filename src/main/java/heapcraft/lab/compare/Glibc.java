package heapcraft.lab.compare;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// What glibc's `malloc` tells about itself, and its one knob at run time. Called seldom, so the
/// handles are made at each call.
final class Glibc {

    private static final Linker LINKER = Linker.nativeLinker();
    private static final SymbolLookup C = LINKER.defaultLookup();
    private static final Pattern ARENA = Pattern.compile("<heap nr=");
    private static final Pattern FREE =
            Pattern.compile("<total type=\"(?:fast|rest)\" count=\"\\d+\" size=\"(\\d+)\"/>");
    private static final Pattern MAPPED =
            Pattern.compile("<total type=\"mmap\" count=\"\\d+\" size=\"(\\d+)\"/>");
    private static final Pattern SYSTEM =
            Pattern.compile("<system type=\"current\" size=\"(\\d+)\"/>");

    private Glibc() { }

    static boolean isHere() {
        return C.find("malloc_trim").isPresent() && C.find("malloc_info").isPresent();
    }

    /// Gives back to the system whole pages that are free, in all arenas.
    static void trim() {
        if (isHere()) {
            call("malloc_trim", FunctionDescriptor.of(JAVA_INT, JAVA_LONG), 0L);
        }
    }

    /// How many arenas there are, and how much lies in them.
    static String statistics() {
        return isHere() ? summary(info()) : "this C library tells nothing about its heap";
    }

    /// `malloc_info` writes XML: a part for each arena, and the sums behind the last of them.
    static String summary(String xml) {
        String sums = xml.substring(xml.lastIndexOf("</heap>") + 1);
        return "%d arenas; taken from the system %.1f MB and %.1f MB in mappings of their own;"
                .formatted(ARENA.matcher(xml).results().count(), megabytes(SYSTEM, sums),
                        megabytes(MAPPED, sums))
                + " free in them %.1f MB".formatted(megabytes(FREE, sums));
    }

    private static double megabytes(Pattern size, String in) {
        return size.matcher(in).results().map(MatchResult::group)
                .mapToLong(found -> Long.parseLong(size.matcher(found).replaceFirst("$1"))).sum()
                / 1e6;
    }

    private static String info() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment text = arena.allocate(ADDRESS);
            MemorySegment size = arena.allocate(JAVA_LONG);
            MemorySegment file = (MemorySegment) call("open_memstream",
                    FunctionDescriptor.of(ADDRESS, ADDRESS, ADDRESS), text, size);
            call("malloc_info", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS), 0, file);
            call("fclose", FunctionDescriptor.of(JAVA_INT, ADDRESS), file);
            MemorySegment written = text.get(ADDRESS, 0);
            String xml = written.reinterpret(size.get(JAVA_LONG, 0) + 1).getString(0);
            call("free", FunctionDescriptor.ofVoid(ADDRESS), written);
            return xml;
        }
    }

    /// The version, such as `glibc 2.36`.
    static String version() {
        if (C.find("gnu_get_libc_version").isEmpty()) {
            return "not glibc";
        }
        MemorySegment text = (MemorySegment) call("gnu_get_libc_version",
                FunctionDescriptor.of(ADDRESS.withTargetLayout(
                        MemoryLayout.sequenceLayout(64, java.lang.foreign.ValueLayout.JAVA_BYTE))));
        return "glibc " + text.getString(0);
    }

    private static Object call(String name, FunctionDescriptor type, Object... arguments) {
        MethodHandle function = LINKER.downcallHandle(C.findOrThrow(name), type);
        try {
            return function.invokeWithArguments(arguments);
        } catch (Throwable e) {
            throw new AssertionError("a C function cannot throw", e);
        }
    }
}
