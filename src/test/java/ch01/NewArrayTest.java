package ch01;

import ch01.NewArray.BadAlloc;
import ch01.NewArray.BadArrayNewLength;
import heapcraft.alloc.Layout;
import heapcraft.exercise.Claim;
import heapcraft.exercise.WitnessHeap;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.function.Consumer;
import java.util.function.ObjLongConsumer;
import org.junit.jupiter.api.Test;

class NewArrayTest {

    private static final Layout TEXT = new Layout(16, 8);
    private static final Layout SMALL = new Layout(6, 2);
    /// Its alignment is more than 8, so the cookie is wider than the count.
    private static final Layout WIDE = new Layout(32, 32);

    private final WitnessHeap heap = new WitnessHeap();
    private final NewArray cpp = new NewArray(heap);

    @Test
    void reads_the_count_right_before_the_first_element() {
        String next = "The count is the last 8 bytes of the cookie. At which offset do they begin?";
        Claim.that("count(block with 3 at offset 0, elements aligned to 8)",
                () -> NewArray.count(block(TEXT, 0), TEXT)).gives(3L, WitnessHeap::spelled, next);
        Claim.that("count(block with 3 at offset 0, elements aligned to 2)",
                () -> NewArray.count(block(SMALL, 0), SMALL)).gives(3L, WitnessHeap::spelled, next);
        Claim.that("count(block with 3 at offset 24, elements aligned to 32)",
                () -> NewArray.count(block(WIDE, 24), WIDE)).gives(3L, WitnessHeap::spelled, next);
    }

    @Test
    void writes_the_count_where_delete_will_look() {
        Claim.that("create(elements aligned to 8, 3, …), the long at offset 0",
                () -> cpp.create(TEXT, 3, this::construct, this::destroy)
                        .get(ValueLayout.JAVA_LONG, 0)).gives(3L, WitnessHeap::spelled,
                "delete[] finds the count right before element 0. Where do you write it?");
        Claim.that("create(elements aligned to 32, 3, …), the long at offset 24",
                () -> cpp.create(WIDE, 3, this::construct, this::destroy)
                        .get(ValueLayout.JAVA_LONG, 24)).gives(3L, WitnessHeap::spelled,
                "This cookie has 32 bytes, and the count is its last 8. Where do you write it?");
    }

    @Test
    void asks_for_one_block_for_cookie_and_elements() {
        Claim.that("create(elements of 16 bytes, 3, …), the heap's part of it", () -> {
            cpp.create(TEXT, 3, (_, _) -> { }, _ -> { });
            return heap.log();
        }).gives("alloc(56, 8) = #1",
                "8 bytes of cookie and 3 times 16. Which layout do you hand to the heap?");
    }

    @Test
    void makes_every_element_in_its_own_place() {
        Claim.that("create(elements of 16 bytes, 3, constructor that writes the index), seen from"
                + " the heap", () -> {
            cpp.create(TEXT, 3, this::construct, this::destroy);
            return heap.log();
        }).gives("alloc(56, 8) = #1; construct 0; construct 1; construct 2",
                "C++ makes element 0 first. In which order do yours come to life?");
        Claim.that("create(elements of 16 bytes, 3, constructor that writes the index): the long in"
                + " element 2",
                () -> NewArray.element(cpp.create(TEXT, 3, this::construct, this::destroy), TEXT, 2)
                        .get(ValueLayout.JAVA_LONG, 0)).gives(2L, WitnessHeap::spelled,
                "Constructor 2 writes a 2 into the memory it gets. Which memory was that?");
    }

    @Test
    void throws_bad_alloc_and_makes_nothing_without_memory() {
        var poor = new WitnessHeap(1);
        var onPoor = new NewArray(poor);
        Claim.that("create(…) on a heap without memory", () -> onPoor.create(TEXT, 3,
                (_, i) -> poor.note("construct " + i), _ -> poor.note("destroy")))
                .raises(BadAlloc.class,
                        "A heap without memory answers NULL. What do you do with it first?");
        Claim.that("create(…) on a heap without memory, seen from the heap", poor::log)
                .gives("alloc(56, 8) = NULL",
                "There is no memory to make or end anything in. What ran all the same?");
    }

    @Test
    void asks_for_nothing_if_no_block_can_hold_so_many() {
        for (long count : new long[] {-1, 1L << 60, Long.MAX_VALUE}) {
            Claim.that("create(elements of 16 bytes, " + count + ", …)",
                    () -> cpp.create(TEXT, count, this::construct, this::destroy))
                    .raises(BadArrayNewLength.class,
                            "One method of this class knows which counts are too many. Who asks it?");
        }
        Claim.that("create(…) of more elements than a block can hold, seen from the heap", heap::log)
                .gives("nothing",
                "Such a size has wrapped around. Why does the heap hear of it?");
    }

    @Test
    void ends_the_last_life_first_and_then_frees() {
        Claim.that("create(3 elements), then delete, seen from the heap", () -> {
            MemorySegment block = made(3);
            cpp.delete(block, TEXT, this::destroy);
            return heap.log();
        }).gives("alloc(56, 8) = #1; destroy 2; destroy 1; destroy 0; dealloc(#1, 56, 8)",
                "Elements may rely on those made before them. So in which order do they end?");
    }

    @Test
    void gives_back_the_very_block_it_asked_for() {
        Claim.that("delete of 2 elements aligned to 32, the heap's part of it", () -> {
            MemorySegment block = heap.alloc(NewArray.blockLayout(WIDE, 2));
            block.set(ValueLayout.JAVA_LONG, 24, 2);
            cpp.delete(block, WIDE, _ -> { });
            return heap.log();
        }).gives("alloc(96, 32) = #1; dealloc(#1, 96, 32)",
                "The cookie belongs to the block, and its layout too. What do you give back?");
    }

    @Test
    void ends_the_finished_lives_when_a_constructor_throws() {
        Claim.that("create(4 elements, constructor 2 throws), seen from the heap",
                () -> heap.logAfter(() -> cpp.create(TEXT, 4, throwingAt(2), this::destroy)))
                .gives("alloc(72, 8) = #1; construct 0; construct 1; construct 2; destroy 1;"
                        + " destroy 0; dealloc(#1, 72, 8)",
                        "Elements 0 and 1 are alive, nobody will get the block. Who cleans up?");
    }

    @Test
    void ends_no_life_that_never_began() {
        Claim.that("create(4 elements, constructor 0 throws), seen from the heap",
                () -> heap.logAfter(() -> cpp.create(TEXT, 4, throwingAt(0), this::destroy)))
                .gives("alloc(72, 8) = #1; construct 0; dealloc(#1, 72, 8)",
                        "An element whose constructor threw was never finished. What has it to end?");
    }

    @Test
    void frees_the_block_after_an_error_too() {
        Claim.that("create(2 elements, a constructor throws an Error), then the live blocks", () -> {
            heap.logAfter(() -> cpp.create(TEXT, 2, (_, _) -> {
                throw new Error();
            }, _ -> { }));
            return heap.live();
        }).gives("no block",
                "Not everything that is thrown is an Exception. What is above both in Java?");
    }

    @Test
    void lets_the_exception_of_the_constructor_through() {
        Claim.that("create(4 elements, constructor 2 throws Refused)",
                () -> cpp.create(TEXT, 4, throwingAt(2), _ -> { })).raises(Refused.class,
                "The caller wants to know why there is no array. What does it get from you?");
    }

    @Test
    void frees_even_if_a_destructor_throws() {
        Claim.that("delete of 2 elements, the destructor throws, then the live blocks", () -> {
            MemorySegment block = made(2);
            heap.logAfter(() -> cpp.delete(block, TEXT, refusing()));
            return heap.live();
        }).gives("no block", "The memory is needed again, however the lives end. What runs anyway?");
        Claim.that("delete of 2 elements, the destructor throws Refused",
                () -> cpp.delete(made(2), TEXT, refusing())).raises(Refused.class,
                "The caller must hear that a destructor failed. Where does it get lost?");
    }

    @Test
    void an_array_of_none_is_a_block_all_the_same() {
        Claim.that("create(0 elements), then delete, seen from the heap", () -> {
            cpp.delete(cpp.create(TEXT, 0, this::construct, this::destroy), TEXT, this::destroy);
            return heap.log();
        }).gives("alloc(8, 8) = #1; dealloc(#1, 8, 8)",
                "C++ gives new T[0] an address of its own. What has its block to remember?");
    }

    private static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    private void construct(MemorySegment at, long index) {
        at.set(ValueLayout.JAVA_LONG, 0, index);
        heap.note("construct " + index);
    }

    private void destroy(MemorySegment at) {
        heap.note("destroy " + WitnessHeap.spelled(at.get(ValueLayout.JAVA_LONG, 0)));
    }

    private ObjLongConsumer<MemorySegment> throwingAt(long bad) {
        return (at, index) -> {
            construct(at, index);
            if (index == bad) {
                throw new Refused();
            }
        };
    }

    private static Consumer<MemorySegment> refusing() {
        return _ -> {
            throw new Refused();
        };
    }

    /// A block whose cookie holds 3, at this offset and nowhere else.
    private MemorySegment block(Layout element, long offset) {
        MemorySegment block = heap.alloc(NewArray.blockLayout(element, 3));
        block.set(ValueLayout.JAVA_LONG, offset, 3);
        return block;
    }

    /// An array that `create` has not made, so that a test of `delete` needs nothing else.
    private MemorySegment made(long count) {
        MemorySegment block = heap.alloc(NewArray.blockLayout(TEXT, count));
        block.set(ValueLayout.JAVA_LONG, 0, count);
        for (long i = 0; i < count; i++) {
            NewArray.element(block, TEXT, i).set(ValueLayout.JAVA_LONG, 0, i);
        }
        return block;
    }
}
