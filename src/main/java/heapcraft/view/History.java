package heapcraft.view;

import heapcraft.alloc.GlobalAlloc;
import heapcraft.alloc.Layout;
import heapcraft.alloc.Walkable;
import heapcraft.alloc.Walkable.Use;
import heapcraft.trace.HeapEvent;
import heapcraft.trace.HeapEvent.Alloc;
import heapcraft.trace.HeapEvent.Free;
import heapcraft.trace.HeapEvent.Realloc;
import heapcraft.trace.HeapEvent.Reset;
import heapcraft.trace.Trace;
import heapcraft.view.HeapPicture.Block;
import heapcraft.view.HeapPicture.Piece;
import heapcraft.view.HeapPicture.State;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// What the events so far tell about addresses: which block lies where, and which lay there last.
final class History {

    /// As far as heaps round up without saying so, in bytes.
    private static final long ROUNDING = 16;

    private static final String RESET = asked(new Reset());

    /// A stretch of memory that a block has, or had.
    ///
    /// @param end    behind its last byte
    /// @param number the block's
    /// @param by     the event that made it so, as it was asked for
    /// @param since  when that was: the event's index
    /// @param taken  when the heap set the memory aside
    /// @param drawn  the block in a picture while it lives, made once for all pictures; or `null`
    private record Mark(long start, long end, long number, Layout layout, String by, int since,
                        int taken, Block drawn) {

        /// Whether nothing was handed out again of what the block had.
        boolean isWhole() {
            return end - start == layout.byteSize();
        }

        Mark part(long from, long to) {
            return new Mark(from, to, number, layout, by, since, taken, null);
        }

        Block block(State state) {
            if (state == State.LIVE && drawn != null) {
                return drawn;
            }
            boolean named = state == State.LIVE || state == State.BUMP;
            return new Block(start, end - start, state, named ? Long.toString(number) : "", by);
        }
    }

    /// Marks in the order of their addresses, for a walk that mostly goes upwards: each search
    /// begins where the last one ended.
    private static final class Sorted {
        private final List<Mark> marks;
        private int next;

        Sorted(Collection<Mark> marks) {
            this.marks = new ArrayList<>(marks);
        }

        /// Those that reach into a stretch. No two marks overlap, or the heap is broken.
        List<Mark> within(long start, long end) {
            while (next > 0 && marks.get(next - 1).end() > start) {
                next--;
            }
            while (next < marks.size() && marks.get(next).end() <= start) {
                next++;
            }
            int last = next;
            while (last < marks.size() && marks.get(last).start() < end) {
                last++;
            }
            return next == last ? List.of() : marks.subList(next, last);
        }
    }

    /// By address.
    private final NavigableMap<Long, Mark> live = new TreeMap<>();
    private final Map<Long, Mark> byNumber = new HashMap<>();
    /// By address: what was freed and not handed out again. No two overlap, the newer one is kept.
    private final NavigableMap<Long, Mark> dead = new TreeMap<>();
    private int now;

    /// What is known after all of a trace.
    static History of(Trace trace) {
        History history = new History();
        trace.events().forEach(history::apply);
        return history;
    }

    /// An event as it was asked, such as `alloc 3 64 8`.
    static String asked(HeapEvent event) {
        return event.line().replaceFirst(" (@[0-9a-f]+|refused)$", "");
    }

    void apply(HeapEvent event) {
        String by = asked(event);
        switch (event) {
            case Alloc(long number, Layout layout, boolean _, long address) ->
                    place(number, layout, address, by, now);
            case Realloc(long number, long newSize, long address) -> {
                if (address != HeapEvent.REFUSED) {
                    Mark old = byNumber.get(number);
                    boolean stays = old.start() == address && newSize <= old.layout().byteSize();
                    bury(number, by);
                    place(number, new Layout(newSize, old.layout().byteAlignment()), address, by,
                            stays ? old.taken() : now);
                }
            }
            case Free(long number) -> bury(number, by);
            case Reset _ -> List.copyOf(byNumber.keySet()).forEach(number -> bury(number, by));
        }
        now++;
    }

    private void place(long number, Layout layout, long address, String by, int taken) {
        if (address == HeapEvent.PLANNED) {
            throw new IllegalArgumentException("'" + by + "' has no address: the trace was planned"
                    + " and never run; run it with Replay.on(heap).run(trace)");
        }
        if (address != HeapEvent.REFUSED) {
            Mark mark = new Mark(address, address + layout.byteSize(), number, layout, by, now,
                    taken, new Block(address, layout.byteSize(), State.LIVE,
                            Long.toString(number), by));
            uncover(mark.start(), mark.end());
            live.put(address, mark);
            byNumber.put(number, mark);
        }
    }

    private void bury(long number, String by) {
        Mark mark = byNumber.remove(number);
        live.remove(mark.start(), mark);
        uncover(mark.start(), mark.end());
        dead.put(mark.start(), new Mark(mark.start(), mark.end(), number, mark.layout(), by, now,
                mark.taken(), null));
    }

    /// Forgets what lay in a stretch before.
    private void uncover(long start, long end) {
        for (Mark mark : List.copyOf(dead(start, end))) {
            dead.remove(mark.start());
            if (mark.start() < start) {
                dead.put(mark.start(), mark.part(mark.start(), start));
            }
            if (mark.end() > end) {
                dead.put(end, mark.part(end, mark.end()));
            }
        }
    }

    /// What was freed and reaches into a stretch.
    private Collection<Mark> dead(long start, long end) {
        Map.Entry<Long, Mark> before = dead.lowerEntry(start);
        boolean reachesIn = before != null && before.getValue().end() > start;
        return dead.subMap(reachesIn ? before.getKey() : start, end).values();
    }

    /// The heap's own walk, with the names of what is known here.
    HeapPicture picture(Walkable heap) {
        return new Walk(heap).picture();
    }

    /// One walk through a heap.
    private final class Walk {
        private final Walkable heap;
        private final Sorted alive = new Sorted(live.values());
        private final Sorted gone = new Sorted(dead.values());
        private final List<Piece> pieces = new ArrayList<>();
        private List<Block> blocks = new ArrayList<>();
        private int named;

        Walk(Walkable heap) {
            this.heap = heap;
        }

        HeapPicture picture() {
            for (Walkable.Block walked : heap.blocks()) {
                if (walked.byteSize() > 0) {
                    if (!blocks.isEmpty() && blocks.getLast().end() != walked.address()) {
                        endPiece();
                    }
                    add(walked);
                }
            }
            if (!blocks.isEmpty()) {
                endPiece();
            }
            HeapPicture picture = new HeapPicture(pieces);
            if (named < live.size()) {
                throw unseen(picture);
            }
            return picture;
        }

        private void endPiece() {
            freeTheEnd();
            pieces.add(piece(blocks));
            blocks = new ArrayList<>();
        }

        /// What was freed at the end of a piece, and joined with memory that nobody ever had, is as
        /// good as that: no block stands behind it.
        private void freeTheEnd() {
            int last = blocks.size() - 1;
            while (last > 0 && blocks.get(last).state() == State.PADDING) {
                last--;
            }
            Block end = blocks.get(last);
            if (end.state() == State.HOLE) {
                Mark highest = gone.within(end.address(), end.end()).getLast();
                if (end.end() - highest.end() >= ROUNDING + roundedUp(highest.layout())) {
                    blocks.set(last, unnamed(end.address(), end.end(), State.FREE));
                }
            }
        }

        private void add(Walkable.Block walked) {
            switch (walked.use()) {
                case LIVE -> addUsed(walked);
                case FREE -> blocks.add(free(walked));
                case HEADER -> blocks.add(unnamed(walked.address(), walked.end(), State.HEADER));
                case OVERHEAD -> blocks.add(overhead(walked));
            }
        }

        /// What the heap holds in use: one block and what was rounded up, or many of an arena.
        private void addUsed(Walkable.Block used) {
            List<Mark> inside = alive.within(used.address(), used.end());
            if (inside.isEmpty() && gone.within(used.address(), used.end()).isEmpty()) {
                blocks.add(unnamed(used.address(), used.end(), State.LIVE));
                return;
            }
            long end = used.address();
            int taken = -1;
            for (Mark mark : inside) {
                if (mark.start() < end || mark.end() > used.end()) {
                    // Not wholly in here: then it is missing in the end, and that is told.
                    continue;
                }
                addRest(end, mark.start(), taken);
                blocks.add(mark.block(State.LIVE));
                named++;
                end = mark.end();
                taken = mark.taken();
            }
            addRest(end, used.end(), taken);
        }

        /// What lies behind a live block and still is not free. A block that was taken later than
        /// the live one, and freed, is held by an arena; an older one was there before, and means
        /// nothing.
        private void addRest(long start, long end, int taken) {
            long padded = start;
            if (start < end) {
                for (Mark mark : gone.within(start, end)) {
                    if (mark.taken() > taken && mark.isWhole() && start <= mark.start()
                            && mark.end() <= end && !mark.by().equals(RESET)) {
                        addPadding(blocks, padded, mark.start());
                        blocks.add(mark.block(State.BUMP));
                        padded = mark.end();
                    }
                }
            }
            addPadding(blocks, padded, end);
        }

        private Block free(Walkable.Block free) {
            List<Mark> before = gone.within(free.address(), free.end());
            if (before.isEmpty()) {
                return unnamed(free.address(), free.end(), State.FREE);
            }
            Mark newest = before.getFirst();
            for (Mark mark : before) {
                newest = mark.since() > newest.since() ? mark : newest;
            }
            return new Block(free.address(), free.byteSize(), State.HOLE, "", newest.by());
        }

        private long roundedUp(Layout layout) {
            return heap instanceof GlobalAlloc rounding
                    ? rounding.goodSize(layout) - layout.byteSize() : 0;
        }

        /// Padding, unless it is a freed block that cannot go because one above it, older than its
        /// end, is alive: so it is in a stack.
        private Block overhead(Walkable.Block overhead) {
            Mark mark = dead.get(overhead.address());
            Map.Entry<Long, Mark> above = mark == null ? null
                    : live.higherEntry(overhead.address());
            boolean held = above != null && mark.end() == overhead.end()
                    && above.getValue().since() < mark.since();
            return held ? mark.block(State.BUMP)
                    : unnamed(overhead.address(), overhead.end(), State.PADDING);
        }

        private IllegalStateException unseen(HeapPicture picture) {
            Set<Block> drawn = picture.blocks().collect(Collectors.toSet());
            Mark unseen = live.values().stream().filter(mark -> !drawn.contains(mark.drawn()))
                    .findFirst().orElseThrow();
            return new IllegalStateException("block " + unseen.number() + " at 0x"
                    + Long.toHexString(unseen.start()) + " is alive, but the heap's own walk has"
                    + " no block in use there; was the heap used behind the recorder's back?");
        }
    }

    private static Piece piece(List<Block> blocks) {
        long start = blocks.getFirst().address();
        return new Piece(start, blocks.getLast().end() - start, blocks);
    }

    private static Block unnamed(long start, long end, State state) {
        return new Block(start, end - start, state, "", "");
    }

    private static void addPadding(List<Block> blocks, long start, long end) {
        if (start < end) {
            blocks.add(unnamed(start, end, State.PADDING));
        }
    }

    /// By addresses alone, in the pieces of a ground that all of the trace's blocks stand on.
    HeapPicture picture(Ground ground) {
        List<Piece> pieces = new ArrayList<>();
        for (Ground.Stretch stretch : ground.pieces()) {
            List<Mark> marks = new ArrayList<>(live.subMap(stretch.start(), stretch.end()).values());
            marks.addAll(dead.subMap(stretch.start(), stretch.end()).values());
            marks.sort(Comparator.comparing(Mark::start));
            List<Block> blocks = new ArrayList<>();
            long end = stretch.start();
            for (Mark mark : marks) {
                addUntouched(blocks, ground, end, mark.start());
                // A heap that breaks the contract lets blocks overlap: a byte is drawn once.
                if (Math.max(end, mark.start()) < mark.end()) {
                    blocks.add(mark.part(Math.max(end, mark.start()), mark.end())
                            .block(live.get(mark.start()) == mark ? State.LIVE : State.HOLE));
                }
                end = Math.max(end, mark.end());
            }
            addUntouched(blocks, ground, end, stretch.end());
            pieces.add(piece(blocks));
        }
        return new HeapPicture(pieces);
    }

    /// What no block has had so far: free where one will have it, or else padding.
    private static void addUntouched(List<Block> blocks, Ground ground, long start, long end) {
        long untouched = start;
        for (Ground.Stretch stretch : ground.within(start, end)) {
            addPadding(blocks, untouched, stretch.start());
            blocks.add(unnamed(stretch.start(), stretch.end(), State.FREE));
            untouched = stretch.end();
        }
        addPadding(blocks, untouched, end);
    }
}
