package heapcraft.view;

import static heapcraft.view.Click.fact;
import static heapcraft.view.Click.press;
import static heapcraft.view.Click.set;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import heapcraft.trace.Fragmentation;
import heapcraft.trace.HeapEvent;
import heapcraft.trace.HeapEvent.Alloc;
import heapcraft.trace.LiveBlocks;
import heapcraft.view.HeapPicture.Block;
import heapcraft.view.HeapPicture.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// Private parts used: the heaps behind the pictures, to compare them with what is shown.
class FragmentationSimulatorTest {

    /// What changes the heap, and can be undone.
    private static final Set<String> DEEDS = Set.of("allocRandom", "alloc", "freeRandom",
            "freeEveryOther", "policy", "coalesces", "beside", "reset");

    private final FragmentationSimulator simulator = new FragmentationSimulator();

    @Test
    void allocating_random_asks_the_heap_for_one_block_of_1_to_10_units() {
        for (int i = 0; i < 10; i++) {
            press(simulator, "allocRandom");
        }
        List<HeapEvent> events = simulator.heap().trace().events();
        assertEquals(10, events.size());
        for (HeapEvent event : events) {
            long units = HeapSetup.units(((Alloc) event).layout().byteSize());
            assertTrue(units >= 1 && units <= 10, event.toString());
        }
    }

    @Test
    void random_sizes_differ_and_come_again_with_the_same_seed() {
        press(simulator, "allocRandom", "allocRandom", "allocRandom", "allocRandom");
        var again = new FragmentationSimulator();
        press(again, "allocRandom", "allocRandom", "allocRandom", "allocRandom");
        assertEquals(simulator.heap().trace().planned(), again.heap().trace().planned());
        assertTrue(simulator.heap().trace().events().stream()
                .map(event -> ((Alloc) event).layout()).distinct().count() > 1);
    }

    @Test
    void allocating_exactly_asks_for_as_many_units_as_the_number_says() {
        set(simulator, "size", 7);
        press(simulator, "alloc");
        assertEquals("7 units", label("alloc").replace("Allocate ", ""));
        assertEquals(List.of("alloc 0 7160 8"), lines());
        assertEquals(7 * 1024, used());
    }

    private String label(String id) {
        return simulator.scene().controls().stream().filter(c -> c.id().equals(id)).findFirst()
                .orElseThrow().label();
    }

    /// What the heap was asked, without addresses.
    private List<String> lines() {
        return simulator.heap().trace().planned().toString().lines().skip(1).toList();
    }

    private long used() {
        return 100 * 1024 - simulator.heap().now().free();
    }

    @Test
    void freeing_random_gives_one_live_block_back() {
        fill(10);
        press(simulator, "freeRandom");
        assertEquals(9, simulator.heap().liveNumbers().size());
        assertTrue(lines().getLast().startsWith("free "), lines().getLast());
    }

    @Test
    void freeing_every_other_gives_back_each_second_block_by_address() {
        fill(10);
        press(simulator, "freeEveryOther");
        assertEquals(".....11111.....33333.....55555.....77777.....99999",
                units(simulator.heap()).substring(0, 50));
        assertEquals(List.of(1L, 3L, 5L, 7L, 9L), simulator.heap().liveNumbers());
    }

    /// So many blocks of 5 units.
    private void fill(int blocks) {
        for (int i = 0; i < blocks; i++) {
            press(simulator, "alloc");
        }
    }

    @ParameterizedTest
    @EnumSource(Policy.class)
    void clicking_any_part_of_a_block_frees_it(Policy policy) {
        set(simulator, "policy", policy);
        set(simulator, "size", 3);
        fill(4);
        for (Block part : blocks(simulator.scene())) {
            if (part.state() != State.FREE && part.state() != State.HOLE) {
                set(simulator, "heap", "0x" + Long.toHexString(part.address()));
                assertEquals(3, simulator.heap().liveNumbers().size(), part.toString());
                press(simulator, "undo");
            }
        }
    }

    private static List<Block> blocks(Scene scene) {
        return scene.strips().getFirst().picture().pieces().stream()
                .flatMap(piece -> piece.blocks().stream()).toList();
    }

    @Test
    void clicking_a_hole_changes_nothing_and_says_so() {
        fill(1);
        Block hole = blocks(simulator.scene()).getLast();
        Scene scene = set(simulator, "heap", "0x" + Long.toHexString(hole.address()));
        assertTrue(scene.alert().contains("free already"), scene.alert());
        assertEquals(1, lines().size());
    }

    @Test
    void reset_empties_the_heap_and_keeps_the_policy() {
        set(simulator, "policy", Policy.WORST_FIT);
        set(simulator, "coalesces", false);
        fill(3);
        press(simulator, "reset");
        assertEquals(List.of(), lines());
        assertEquals(0, used());
        assertTrue(simulator.heap().heap().toString().contains("WORST"));
        assertTrue(simulator.scene().code().contains("Fit.WORST, 16, false"));
    }

    @Test
    void switching_the_policy_asks_the_new_heap_the_same() {
        fill(6);
        press(simulator, "freeEveryOther");
        List<String> asked = lines();
        for (Policy policy : Policy.values()) {
            set(simulator, "policy", policy);
            assertEquals(asked, lines(), policy.toString());
        }
    }

    @Test
    void without_coalescing_neighbouring_holes_stay_two() {
        fill(2);
        press(simulator, "freeRandom", "freeRandom");
        assertEquals(1, simulator.heap().holes().size());
        set(simulator, "coalesces", false);
        assertEquals(3, simulator.heap().holes().size());
    }

    @Test
    void only_a_free_list_can_do_without_coalescing() {
        for (Policy policy : Policy.values()) {
            Scene scene = set(simulator, "policy", policy);
            assertEquals(policy.hasFreeList(), scene.controls().stream()
                    .anyMatch(control -> control.id().equals("coalesces")));
        }
    }

    @Test
    void the_heap_beside_is_asked_the_same_from_the_beginning_and_from_then_on() {
        fill(6);
        press(simulator, "freeEveryOther");
        set(simulator, "beside", Policy.WORST_FIT);
        press(simulator, "alloc");
        assertEquals(simulator.heap().trace().planned(), simulator.beside().trace().planned());
        assertNotEquals(units(simulator.heap()), units(simulator.beside()));
        assertEquals(2, simulator.scene().strips().size());
        assertEquals(1, set(simulator, "beside", "no other").strips().size());
    }

    /// One character a unit: the last digit of its block's number, `.` for free.
    private static String units(RecordedHeap heap) {
        StringBuilder units = new StringBuilder(".".repeat(
                (int) HeapSetup.units(heap.now().heap())));
        for (long number : heap.liveNumbers()) {
            int start = (int) ((heap.block(number).address() - heap.start()) / HeapSetup.UNIT);
            int end = start + (int) HeapSetup.units(heap.layout(number).byteSize());
            units.replace(start, end, Long.toString(number % 10).repeat(end - start));
        }
        return units.toString();
    }

    @ParameterizedTest
    @CsvSource({
        "FIRST_FIT,    777001..8888399999999.5556666622222.....",
        "BEST_FIT,     888800..7771399999999.5556666622222.....",
        "NEXT_FIT,     22222.......399999999.555666667778888001",
        "WORST_FIT,    122222......38888.....5556666677700.....",
        "SIZE_CLASSES, 777.8888..00................31......555.",
        "BUDDY,        ..31777.555.888800......22222...99999999"})
    void the_same_requests_lie_where_each_policy_puts_them(Policy policy, String golden) {
        HeapSetup setup = HeapSetup.of(policy, 40).alloc(6, 2, 4, 1, 9, 3, 5).free(0, 2, 4)
                .alloc(3, 4, 8, 2).free(1).alloc(1, 5);
        assertEquals(golden, units(new FragmentationSimulator(setup, 1).heap()));
    }

    @Test
    void a_request_that_fails_although_enough_is_free_is_told_in_words() {
        set(simulator, "size", 10);
        fill(10);
        press(simulator, "freeEveryOther");
        set(simulator, "size", 11);
        Scene scene = press(simulator, "alloc");
        assertEquals("No block of 11 units: 50 units are free, but the largest hole has 10.",
                scene.alert());
        assertEquals("1, of these 1 although enough was free", fact(simulator, "refused"));
    }

    @Test
    void exactly_as_much_as_is_free_in_all_would_have_been_enough() {
        set(simulator, "size", 10);
        fill(10);
        press(simulator, "freeEveryOther");
        set(simulator, "size", 50);
        assertEquals("No block of 50 units: 50 units are free, but the largest hole has 10.",
                press(simulator, "alloc").alert());
        assertEquals("1, of these 1 although enough was free", fact(simulator, "refused"));
    }

    @Test
    void a_request_that_fails_because_too_little_is_free_says_no_more() {
        set(simulator, "size", 90);
        fill(1);
        set(simulator, "size", 11);
        assertEquals("No block of 11 units: only 10 units are free.",
                press(simulator, "alloc").alert());
        assertEquals("1, of these 0 although enough was free", fact(simulator, "refused"));
    }

    @Test
    void neighbouring_holes_that_would_do_are_mentioned() {
        set(simulator, "coalesces", false);
        set(simulator, "size", 50);
        fill(2);
        press(simulator, "freeRandom", "freeRandom");
        set(simulator, "size", 60);
        assertEquals("No block of 60 units: 100 units are free, but the largest hole has 50;"
                + " neighbouring holes make 100 in a row, but nobody joins them.",
                press(simulator, "alloc").alert());
    }

    @Test
    void a_buddy_heap_and_size_classes_have_reasons_of_their_own() {
        set(simulator, "policy", Policy.BUDDY);
        set(simulator, "size", 65);
        assertEquals("No block of 65 units: 100 units are free, but a buddy heap needs one block of"
                + " 128, and the largest free one has 64.", press(simulator, "alloc").alert());
        press(simulator, "reset");
        set(simulator, "policy", Policy.SIZE_CLASSES);
        set(simulator, "size", 1);
        press(simulator, "alloc");
        set(simulator, "size", 98);
        assertEquals("No block of 98 units: 99 units are free, but no 25 free pages stand in a"
                + " row.", press(simulator, "alloc").alert());
    }

    @Test
    void nothing_to_free_is_an_exception_with_the_next_step() {
        assertThrows(IllegalStateException.class, () -> press(simulator, "freeRandom"));
        assertEquals("A heap of 100 units, first fit. Fill it.", simulator.scene().say());
    }

    @Test
    void whatever_is_clicked_the_scene_is_true_to_the_heap() {
        Click.hold(20, FragmentationSimulator::new, (clicked, action) -> {
            clicked.on(action);
            requireTrue(clicked.scene(), 0, clicked.heap(), "");
            if (clicked.beside() != null) {
                requireTrue(clicked.scene(), 1, clicked.beside(), " beside");
            }
        });
    }

    private static void requireTrue(Scene scene, int strip, RecordedHeap heap, String where) {
        heap.heap().check();
        LiveBlocks live = new LiveBlocks();
        heap.trace().events().forEach(live::apply);
        List<Block> blocks = scene.strips().get(strip).picture().pieces().getFirst().blocks();
        assertEquals(live.layouts().keySet().stream().map(String::valueOf)
                .collect(Collectors.toSet()), labels(blocks));
        assertEquals(live.bytes(), bytes(blocks, State.LIVE));
        Fragmentation now = Fragmentation.of(heap.walk(), live.bytes());
        assertEquals(100 * 1024, now.heap());
        assertEquals(now.free(), bytes(blocks, State.FREE) + bytes(blocks, State.HOLE));
        String facts = scene.facts().toString();
        for (String fact : List.of(
                "free" + where + ", value=" + HeapSetup.counted(now.free() / 1024) + " in ",
                "largest hole" + where + ", value=" + HeapSetup.counted(now.largestFree() / 1024)
                        + "]",
                "external fragmentation" + where + ", value=" + Math.round(100 * now.external())
                        + " %]",
                "internal fragmentation" + where + ", value=" + Math.round(100 * now.internal())
                        + " %]")) {
            assertTrue(facts.contains("Fact[name=" + fact), fact + " is not in " + facts);
        }
    }

    private static Set<String> labels(List<Block> blocks) {
        return blocks.stream().filter(block -> block.state() == State.LIVE).map(Block::label)
                .collect(Collectors.toSet());
    }

    private static long bytes(List<Block> blocks, State state) {
        return blocks.stream().filter(b -> b.state() == state).mapToLong(Block::byteSize).sum();
    }

    @Test
    void undo_restores_everything_and_the_same_click_does_the_same_again() {
        Click.hold(20, FragmentationSimulator::new, (clicked, action) -> {
            Scene before = clicked.scene();
            clicked.on(action);
            Scene after = clicked.scene();
            if (DEEDS.contains(action.control())
                    || action.control().equals("heap") && after.alert().isEmpty()) {
                press(clicked, "undo");
                assertEquals(before, clicked.scene());
                clicked.on(action);
                assertEquals(after, clicked.scene());
            }
        });
    }

    @Test
    void the_sentence_with_but_stands_there_exactly_when_enough_was_free() {
        Click.hold(30, FragmentationSimulator::new, (clicked, action) -> {
            long free = clicked.heap().now().free();
            int before = clicked.heap().trace().size();
            clicked.on(action);
            if (!Set.of("alloc", "allocRandom").contains(action.control())) {
                return;
            }
            assertEquals(before + 1, clicked.heap().trace().size());
            Alloc asked = (Alloc) clicked.heap().last();
            boolean refused = asked.address() == HeapEvent.REFUSED;
            boolean enough = asked.layout().byteSize() + 8 <= free;
            String alert = clicked.scene().alert();
            assertEquals(refused, !alert.isEmpty(), alert);
            assertEquals(refused && enough, alert.contains("free, but "), alert);
        });
    }

    @Test
    void the_code_compiles_and_does_the_same_again() throws Exception {
        List<HeapSetup> setups = new ArrayList<>(Stream.of(Policy.values())
                .map(policy -> HeapSetup.of(policy, 100)).toList());
        setups.add(HeapSetup.of(Policy.FIRST_FIT, 100).coalescing(false));
        for (HeapSetup setup : setups) {
            var clicked = new FragmentationSimulator(setup, 7);
            for (int i = 0; i < 15; i++) {
                press(clicked, "allocRandom", "allocRandom", "allocRandom", "freeRandom");
            }
            RecordedHeap heap = clicked.heap();
            assertEquals(heap.trace().relativeTo(heap.start() - 1).events().stream()
                            .filter(Alloc.class::isInstance).map(e -> ((Alloc) e).address())
                            .toList(),
                    PastedCode.addresses(clicked.scene().code(), heap.nextNumber()),
                    clicked.scene().code());
        }
    }
}
