package heapcraft.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import heapcraft.alloc.GlobalAlloc;
import heapcraft.alloc.Walkable;
import heapcraft.trace.HeapEvent;
import heapcraft.trace.HeapEvent.Alloc;
import heapcraft.trace.HeapEvent.Free;
import heapcraft.trace.HeapEvent.Realloc;
import heapcraft.trace.HeapEvent.Reset;
import heapcraft.trace.Trace;
import heapcraft.trace.Workload;
import heapcraft.view.HeapPicture.Block;
import heapcraft.view.HeapPicture.State;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// What holds for every picture, whatever the heap and the program that uses it.
class HeapPictureLawsIT {

    private static final int EVENTS = 520;
    private static final long MEMORY = 256 * 1024;

    static Stream<Arguments> runs() {
        return Stream.of(Heaps.values()).flatMap(heap -> Stream.of(Workload.values())
                .map(workload -> Arguments.of(heap, workload)));
    }

    /// Runs a workload, and looks at the heap now and then.
    private static void run(Heaps kind, Workload workload, BiConsumer<GlobalAlloc, Trace> look) {
        try (Arena arena = Arena.ofConfined()) {
            GlobalAlloc heap = kind.over(arena.allocate(MEMORY, 4096).asSlice(8));
            List<HeapEvent> happened = new ArrayList<>();
            look.accept(heap, new Trace(happened));
            Heaps.replay(heap).afterEach(event -> {
                happened.add(event);
                if (happened.size() % 13 == 0) {
                    heap.check();
                    look.accept(heap, new Trace(happened));
                }
            }).run(workload.trace(42, EVENTS));
            assertFalse(happened.isEmpty());
        }
    }

    /// A block as its address and size: those alive after a trace, by a second book-keeping.
    private static Map<Long, Long> liveBlocks(Trace trace) {
        Map<Long, long[]> blocks = new HashMap<>();
        for (HeapEvent event : trace.events()) {
            switch (event) {
                case Alloc a when a.address() != HeapEvent.REFUSED ->
                        blocks.put(a.block(), new long[] {a.address(), a.layout().byteSize()});
                case Realloc r when r.address() != HeapEvent.REFUSED ->
                        blocks.put(r.block(), new long[] {r.address(), r.newSize()});
                case Free f -> blocks.remove(f.block());
                case Reset _ -> blocks.clear();
                default -> { }
            }
        }
        Map<Long, Long> sizes = new TreeMap<>();
        blocks.values().forEach(block -> sizes.put(block[0], block[1]));
        return sizes;
    }

    private static Map<Long, Long> liveBlocks(HeapPicture picture) {
        return picture.blocks().filter(block -> block.state() == State.LIVE)
                .collect(Collectors.toMap(Block::address, Block::byteSize, Long::sum, TreeMap::new));
    }

    @ParameterizedTest
    @MethodSource("runs")
    void live_blocks_are_those_recorded_and_no_others(Heaps kind, Workload workload) {
        run(kind, workload, (heap, trace) -> {
            assertEquals(liveBlocks(trace),
                    liveBlocks(HeapPicture.of((Walkable) heap, trace)));
            assertEquals(liveBlocks(trace), liveBlocks(HeapPicture.of(trace)));
        });
    }

    @ParameterizedTest
    @MethodSource("runs")
    void the_picture_tells_of_each_byte_what_the_heap_itself_tells(Heaps kind, Workload workload) {
        Map<Walkable.Use, Set<State>> meaning = Map.of(
                Walkable.Use.LIVE, Set.of(State.LIVE, State.PADDING, State.BUMP),
                Walkable.Use.FREE, Set.of(State.FREE, State.HOLE),
                Walkable.Use.HEADER, Set.of(State.HEADER),
                Walkable.Use.OVERHEAD, Set.of(State.PADDING, State.BUMP));
        run(kind, workload, (heap, trace) -> {
            List<Block> drawn = new ArrayList<>(HeapPicture.of((Walkable) heap, trace).blocks()
                    .toList());
            for (Walkable.Block walked : ((Walkable) heap).blocks()) {
                long at = walked.address();
                while (at < walked.end()) {
                    Block block = drawn.removeFirst();
                    assertEquals(at, block.address(), () -> "a gap or an overlap in " + walked);
                    assertTrue(meaning.get(walked.use()).contains(block.state()),
                            () -> block + " in " + walked);
                    at = block.end();
                    if (walked.use() != Walkable.Use.LIVE) {
                        assertEquals(walked.end(), at, () -> block + " is part of " + walked);
                    }
                }
                assertEquals(walked.end(), at, () -> "beyond " + walked);
            }
            assertEquals(List.of(), drawn);
        });
    }

    /// By a second book-keeping: which bytes were ever handed out.
    @ParameterizedTest
    @MethodSource("runs")
    void free_ends_with_a_byte_that_nobody_ever_had_and_a_hole_was_had(Heaps kind,
                                                                        Workload workload) {
        run(kind, workload, (heap, trace) -> {
            List<long[]> had = new ArrayList<>();
            for (HeapEvent event : trace.events()) {
                switch (event) {
                    case Alloc a when a.address() > 0 ->
                            had.add(new long[] {a.address(), a.address() + a.layout().byteSize()});
                    case Realloc r when r.address() > 0 ->
                            had.add(new long[] {r.address(), r.address() + r.newSize()});
                    default -> { }
                }
            }
            HeapPicture.of((Walkable) heap, trace).blocks().forEach(block -> {
                if (block.state() == State.FREE) {
                    long last = block.end() - 1;
                    assertTrue(had.stream().noneMatch(each -> each[0] <= last && last < each[1]),
                            block::toString);
                } else if (block.state() == State.HOLE) {
                    assertTrue(had.stream().anyMatch(each -> each[0] < block.end()
                            && block.address() < each[1]), block::toString);
                }
            });
        });
    }
}
