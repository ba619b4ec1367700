package heapcraft.lab.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SituationTest {

    private static OpenHeap taped(OpenHeap heap, CallTape tape) {
        return new OpenHeap(tape, heap.reset(), heap.close(), heap.purge(), heap.statistics(),
                heap.about(), heap.libraryBytes());
    }

    private static long result(Situation situation, Entrant entrant) {
        OpenHeap heap = entrant.open();
        Program program = (Program) situation.task(new Blocks(heap), 3, true);
        program.begin();
        program.slice();
        program.slice();
        program.clear();
        heap.close().run();
        return program.result();
    }

    @ParameterizedTest
    @EnumSource(value = Situation.class, mode = EnumSource.Mode.EXCLUDE,
            names = {"LONG_RUNNING", "THREADS"})
    void a_program_computes_the_same_on_malloc_and_in_an_arena(Situation situation) {
        long result = result(situation, Entrant.SYSTEM);
        assertNotEquals(0, result);
        assertEquals(result, result(situation, Entrant.BUMP));
    }

    @Test
    void a_thread_computes_the_same_on_malloc_and_on_size_classes() {
        assertEquals(result(Situation.THREADS, Entrant.SYSTEM),
                result(Situation.THREADS, Entrant.SIZE_CLASSES));
    }

    @ParameterizedTest
    @EnumSource(value = Situation.class, mode = EnumSource.Mode.EXCLUDE,
            names = {"LONG_RUNNING", "ONE_SHOT"})
    void a_slice_frees_all_that_it_takes(Situation situation) {
        OpenHeap heap = Entrant.SIZE_CLASSES.open();
        Blocks blocks = new Blocks(heap);
        Task task = situation.task(blocks, 0, true);
        task.begin();
        task.slice();
        assertEquals(0, blocks.liveBytes());
        task.clear();
        heap.close().run();
    }

    @Test
    void a_tape_asks_for_as_many_blocks_as_the_program_and_leaves_none() {
        OpenHeap heap = Entrant.SIZE_CLASSES.open();
        CallTape tape = new CallTape(heap.heap());
        Task parser = Situation.PARSER.task(new Blocks(taped(heap, tape)), 0, true);
        parser.slice();
        long idle = live(heap);
        tape.rewind();
        parser.slice();
        int calls = tape.calls();
        Task player = tape.play();
        player.begin();
        player.slice();
        player.clear();
        // 1024 numbers and 1023 operators, as many again for the folded tree; each is freed.
        assertEquals(4 * (1024 + 1023), calls);
        assertEquals(calls, player.blocksPerSlice());
        assertEquals(idle, live(heap));
        heap.close().run();
    }

    @Test
    void a_tape_makes_first_what_was_there_before_it_and_ends_what_stays() {
        OpenHeap heap = Entrant.SIZE_CLASSES.open();
        CallTape tape = new CallTape(heap.heap());
        Blocks blocks = new Blocks(taped(heap, tape));
        long before = blocks.alloc(100);
        tape.rewind();
        long stays = blocks.alloc(50);
        blocks.free(before, 100);
        Task player = tape.play();
        player.begin();
        player.slice();
        player.clear();
        assertEquals(2, tape.calls());
        blocks.free(stays, 50);
        assertEquals(0, live(heap));
        heap.close().run();
    }

    private static long live(OpenHeap heap) {
        return heap.heap() instanceof heapcraft.alloc.Walkable walked ? walked.blocks().stream()
                .filter(block -> block.use() == heapcraft.alloc.Walkable.Use.LIVE).count() : -1;
    }

    @Test
    void a_case_that_there_is_not_names_those_that_there_are() {
        assertEquals("there is no case pasrer; there are cli, one-shot, io, server, threads, long,"
                        + " parser, game", assertThrows(IllegalArgumentException.class,
                () -> Situation.named("pasrer")).getMessage());
        assertEquals(List.copyOf(Care.names().keySet()), Situation.keys());
    }
}
