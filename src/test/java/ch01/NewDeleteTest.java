package ch01;

import ch01.NewDelete.BadAlloc;
import heapcraft.alloc.Layout;
import heapcraft.exercise.Claim;
import heapcraft.exercise.WitnessHeap;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class NewDeleteTest {

    private static final Layout POINT = new Layout(24, 8);

    private final WitnessHeap heap = new WitnessHeap();
    private final NewDelete cpp = new NewDelete(heap);

    @Test
    void gets_raw_memory_or_throws_bad_alloc() {
        Claim.that("operatorNew(layout of 24 bytes), seen from the heap",
                () -> heap.logAfter(() -> cpp.operatorNew(POINT))).gives("alloc(24, 8) = #1",
                "operator new only asks the heap. How often, and for how much, do you ask?");
        var poor = new NewDelete(new WitnessHeap(1));
        Claim.that("operatorNew(layout) on a heap without memory",
                () -> poor.operatorNew(POINT)).raises(BadAlloc.class,
                "A heap without memory answers MemorySegment.NULL. Where do you look at it?");
    }

    @Test
    void constructs_in_the_memory_that_it_returns() {
        Claim.that("create(layout, constructor that writes 42), then the long at p",
                () -> cpp.create(POINT, this::construct).get(ValueLayout.JAVA_LONG, 0))
                .gives(42L, WitnessHeap::spelled,
                        "The constructor makes the object where p points. What did it get?");
        Claim.that("create(layout, constructor), seen from the heap", heap::log)
                .gives("alloc(24, 8) = #1; constructor",
                        "One block, then one object in it. What else does your code ask for?");
    }

    @Test
    void throws_bad_alloc_when_memory_runs_out() {
        for (int objects = 1; objects <= 3; objects++) {
            int last = objects;
            var poor = new NewDelete(new WitnessHeap(last));
            Claim.that("create(layout, constructor), the heap's alloc no. " + last + " gives NULL",
                    () -> {
                        for (int i = 1; i <= last; i++) {
                            poor.create(POINT, memory -> { });
                        }
                    }).raises(BadAlloc.class,
                    "In C++, new never returns null. Where do you look at what alloc answered?");
        }
    }

    @Test
    void runs_no_constructor_without_memory() {
        var poor = new WitnessHeap(1);
        Claim.that("create(layout, constructor) on a heap without memory, seen from the heap",
                () -> poor.logAfter(() -> new NewDelete(poor)
                        .create(POINT, memory -> poor.note("constructor")))).gives(
                "alloc(24, 8) = NULL",
                "An object needs memory to be made in. What must you know before you make it?");
    }

    @Test
    void frees_the_memory_of_a_constructor_that_throws() {
        Claim.that("create(layout, constructor that throws), seen from the heap",
                () -> heap.logAfter(() -> cpp.create(POINT, throwing("constructor")))).gives(
                "alloc(24, 8) = #1; constructor; dealloc(#1, 24, 8)",
                "The caller never gets p, so it cannot free it. Who does, and when?");
    }

    @Test
    void frees_it_after_an_error_too() {
        Claim.that("create(layout, constructor that throws an Error), then the live blocks", () -> {
            heap.logAfter(() -> cpp.create(POINT, memory -> {
                throw new Error();
            }));
            return heap.live();
        }).gives("no block",
                "Not everything that is thrown is an Exception. What is above both in Java?");
    }

    @Test
    void lets_the_exception_of_the_constructor_through() {
        Claim.that("create(layout, constructor that throws Refused)",
                () -> cpp.create(POINT, throwing("constructor"))).raises(Refused.class,
                "The caller wants to know why there is no object. What does it get from you?");
    }

    @Test
    void destroys_before_it_frees() {
        MemorySegment p = object();
        Claim.that("delete(p, layout, destructor), seen from the heap", () -> {
            cpp.delete(p, POINT, memory -> heap.note("destructor reads "
                    + WitnessHeap.spelled(memory.get(ValueLayout.JAVA_LONG, 0))));
            return heap.log();
        }).gives("alloc(24, 8) = #1; destructor reads 42; dealloc(#1, 24, 8)",
                "The destructor still needs the object. In which order do the two steps run?");
    }

    @Test
    void leaves_null_alone() {
        Claim.that("delete(NULL, layout, destructor), seen from the heap", () -> {
            cpp.delete(MemorySegment.NULL, POINT, memory -> heap.note("destructor"));
            return heap.log();
        }).gives("nothing",
                "Deleting null is allowed in C++ and does nothing. Where do you ask for it?");
    }

    @Test
    void frees_even_if_the_destructor_throws() {
        MemorySegment p = object();
        Claim.that("delete(p, layout, destructor that throws), seen from the heap",
                () -> heap.logAfter(() -> cpp.delete(p, POINT, throwing("destructor")))).gives(
                "alloc(24, 8) = #1; destructor; dealloc(#1, 24, 8)",
                "The memory is needed again, however the destructor ends. What runs in any case?");
    }

    @Test
    void lets_the_exception_of_the_destructor_through() {
        MemorySegment p = object();
        Claim.that("delete(p, layout, destructor that throws Refused)",
                () -> cpp.delete(p, POINT, throwing("destructor")))
                .raises(Refused.class,
                        "The caller must hear that the destructor failed. Where does it get lost?");
    }

    private static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    private void construct(MemorySegment memory) {
        memory.set(ValueLayout.JAVA_LONG, 0, 42);
        heap.note("constructor");
    }

    /// An object that `new` has not made, so that a test of `delete` needs nothing else.
    private MemorySegment object() {
        MemorySegment p = heap.alloc(POINT);
        p.set(ValueLayout.JAVA_LONG, 0, 42);
        return p;
    }

    private Consumer<MemorySegment> throwing(String who) {
        return memory -> {
            heap.note(who);
            throw new Refused();
        };
    }
}
