// What is the difference between a block that came back and one that never was here?
// killed by: names_a_double_free, a_block_that_moved_is_gone_from_its_old_place, watches_what_is_resized
package ch10;

import static heapcraft.alloc.GlobalAlloc.isNull;

import heapcraft.alloc.GlobalAlloc;
import heapcraft.alloc.Layout;
import java.lang.foreign.MemorySegment;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

public final class LeakHunt {

    public record Leak(String site, long blocks, long bytes) { }

    public enum Kind {
        DOUBLE_FREE,
        FOREIGN_FREE,
        WRONG_LAYOUT
    }

    public static final class Misuse extends RuntimeException {
        private static final long serialVersionUID = 1;
        private final Kind kind;
        private final String site;

        public Misuse(Kind kind, String site) {
            super(kind + ", the block was asked for by " + site);
            this.kind = kind;
            this.site = site;
        }

        public Kind kind() {
            return kind;
        }

        public String site() {
            return site;
        }
    }

    private record Note(Layout layout, String site) { }

    private final GlobalAlloc below;
    private final Map<Long, Note> live = new HashMap<>();
    private final Map<Long, String> freed = new HashMap<>();

    public LeakHunt(GlobalAlloc below) {
        this.below = below;
    }

    public MemorySegment alloc(Layout layout, String site) {
        MemorySegment block = below.alloc(layout);
        if (!isNull(block)) {
            remember(block, new Note(layout, site));
        }
        return block;
    }

    private void remember(MemorySegment block, Note note) {
        live.put(block.address(), note);
        // The address is used again: what is known of its last block is history.
        freed.remove(block.address());
    }

    public List<Leak> leaks() {
        Map<String, Leak> bySite = new HashMap<>();
        for (Note note : live.values()) {
            bySite.merge(note.site, new Leak(note.site, 1, note.layout.byteSize()), (a, b) ->
                    new Leak(a.site, a.blocks + b.blocks, a.bytes + b.bytes));
        }
        return bySite.values().stream().sorted(Comparator.comparingLong(Leak::bytes).reversed()
                .thenComparing(Leak::site)).toList();
    }

    public void dealloc(MemorySegment block, Layout layout) {
        forget(block, owned(block, layout));
        below.dealloc(block, layout);
    }

    private Note owned(MemorySegment block, Layout layout) {
        Note note = live.get(block.address());
        if (note == null) {
            String site = freed.get(block.address());
            throw new Misuse(Kind.FOREIGN_FREE, site == null ? "nobody" : site);
        }
        if (!note.layout.equals(layout)) {
            throw new Misuse(Kind.WRONG_LAYOUT, note.site);
        }
        return note;
    }

    private void forget(MemorySegment block, Note note) {
        live.remove(block.address());
        freed.put(block.address(), note.site);
    }

    public MemorySegment realloc(MemorySegment block, Layout layout, long newSize) {
        Note note = owned(block, layout);
        MemorySegment resized = below.realloc(block, layout, newSize);
        if (!isNull(resized)) {
            // In this order: the block may stand where it stood.
            forget(block, note);
            remember(resized, new Note(new Layout(newSize, layout.byteAlignment()), note.site));
        }
        return resized;
    }
}
