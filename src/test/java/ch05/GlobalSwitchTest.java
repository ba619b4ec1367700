package ch05;

import heapcraft.alloc.GlobalAlloc;
import heapcraft.alloc.Layout;
import heapcraft.exercise.Claim;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class GlobalSwitchTest {

    /// A heap that has nothing but a name: here it matters who is asked, not what for.
    private record Named(String name) implements GlobalAlloc {
        @Override public MemorySegment alloc(Layout layout) {
            return MemorySegment.NULL;
        }

        @Override public void dealloc(MemorySegment block, Layout layout) { }

        @Override public String toString() {
            return name;
        }
    }

    private final List<String> made = new ArrayList<>();
    private String property;
    private final GlobalSwitch global = new GlobalSwitch(() -> property, known(), () -> make("usual"));

    private Map<String, Supplier<GlobalAlloc>> known() {
        Map<String, Supplier<GlobalAlloc>> known = new TreeMap<>();
        Stream.of("jemalloc", "mimalloc", "tracking")
                .forEach(name -> known.put(name, () -> make(name)));
        return known;
    }

    private GlobalAlloc make(String name) {
        made.add(name);
        return new Named(name);
    }

    @Test
    void uses_the_usual_heap_if_nobody_chooses() {
        heapIs("nothing installed, no property: heap()", "usual",
                "Nobody has chosen. What is the third thing to try?");
    }

    @Test
    void uses_the_heap_that_the_property_names() {
        var named = new GlobalSwitch(() -> "mimalloc", known(), () -> make("usual"));
        Claim.that("property \"mimalloc\": heap()", () -> named.heap().toString()).gives("mimalloc",
                "known makes heaps by their names. Whose name do you have?");
    }

    @Test
    void a_line_of_code_goes_before_the_property() {
        property = "mimalloc";
        global.install(new Named("mine"));
        heapIs("install(mine), property \"mimalloc\": heap()", "mine",
                "Both have chosen. Who comes first, by the text above the class?");
    }

    @Test
    void asks_for_the_property_at_the_first_use() {
        property = "tracking";
        heapIs("property set to \"tracking\" after the switch was made: heap()", "tracking",
                "Until the first use it may change. When do you ask for it?");
    }

    @Test
    void is_one_heap_from_the_first_use_on() {
        GlobalAlloc first = global.heap();
        property = "mimalloc";
        Claim.that("heap(), then property \"mimalloc\", then heap()", global::heap)
                .gives(first, "The first heap may have blocks alive. What do you keep?");
        Claim.that("heap(), then property \"mimalloc\", then heap(): the heaps that were made",
                made::toString)
                .gives("[usual]", "One heap is enough. Who asks for another?");
    }

    @Test
    void makes_no_heap_before_somebody_needs_one() {
        Claim.that("new GlobalSwitch(…): the heaps that were made", () -> {
            property = "mimalloc";
            new GlobalSwitch(() -> property, known(), () -> make("usual"));
            return made.toString();
        }).gives("[]", "A heap may take much memory. When is the first one needed?");
        Claim.that("install(mine), heap(): the heaps that were made", () -> {
            global.install(new Named("mine"));
            global.heap();
            return made.toString();
        }).gives("[]", "Somebody has brought a heap along. Who makes another one?");
    }

    @Test
    void refuses_to_change_the_heap_once_it_was_used() {
        global.heap();
        Claim.that("heap(), then install(mine)", () -> global.install(new Named("mine")))
                .raises(IllegalStateException.class,
                        "A block of the old heap may be alive. Which heap would get it back?");
    }

    @Test
    void keeps_the_heap_after_a_refusal() {
        GlobalAlloc first = global.heap();
        refused(() -> global.install(new Named("mine")));
        Claim.that("heap(), install(mine), heap()", global::heap)
                .gives(first, "The call was refused. What has it changed?");
    }

    @Test
    void gives_the_first_use_as_the_cause() {
        global.heap();
        Throwable refusal = Claim.that("heap(), then install(mine)",
                () -> global.install(new Named("mine"))).raises(IllegalStateException.class,
                "A block of the old heap may be alive. Which heap would get it back?");
        Claim.that("the cause of that exception", refusal::getCause).gives("an exception",
                (Throwable cause) -> cause != null,
                "Whoever is refused must find the line that was first. What leads there?");
    }

    @Test
    void shows_who_used_it_first() {
        somebody();
        Throwable refusal = Claim.that("heap() in a method somebody(), then install(mine)",
                () -> global.install(new Named("mine"))).raises(IllegalStateException.class,
                "A block of the old heap may be alive. Which heap would get it back?");
        Claim.that("the methods in the stack trace of its cause", () -> refusal.getCause() == null
                ? "no cause" : Stream.of(refusal.getCause().getStackTrace())
                        .map(StackTraceElement::getMethodName).limit(5).toList().toString())
                .gives("somebody among them", (String methods) -> methods.contains("somebody"),
                        "An exception remembers where it was made. When do you make this one?");
    }

    private void somebody() {
        global.heap();
    }

    @Test
    void refuses_a_second_heap() {
        global.install(new Named("mine"));
        Claim.that("install(mine), then install(yours)", () -> global.install(new Named("yours")))
                .raises(IllegalStateException.class,
                        "A program has one heap, and two have chosen it. Who finds out, and when?");
    }

    @Test
    void keeps_the_first_of_two_heaps() {
        global.install(new Named("mine"));
        refused(() -> global.install(new Named("yours")));
        heapIs("install(mine), install(yours), heap()", "mine",
                "The second call was refused. What has it changed?");
    }

    @Test
    void refuses_no_heap_at_all() {
        Claim.that("install(null)", () -> global.install(null)).raises(NullPointerException.class,
                "Nobody could allocate from that. When do they find out?");
        heapIs("install(null), refused; heap()", "usual", "Nothing was installed. What is chosen instead?");
    }

    @Test
    void names_all_heaps_if_it_does_not_know_one() {
        var misspelt = new GlobalSwitch(() -> "jemaloc", known(), () -> make("usual"));
        String message = Claim.that("property \"jemaloc\": heap()", misspelt::heap)
                .raises(IllegalArgumentException.class,
                        "Somebody misspelt it, and would rather know. Which heap would they get?")
                .getMessage();
        Claim.that("its message", () -> message).gives("has jemaloc, jemalloc, mimalloc, tracking",
                (String text) -> text != null && Stream.of("jemaloc", "jemalloc", "mimalloc", "tracking")
                        .allMatch(text::contains),
                "The reader wants to know what was wrong, and what would be right. Say both.");
    }

    @Test
    void settles_nothing_by_a_wrong_name() {
        property = "jemaloc";
        refused(global::heap);
        Claim.that("property \"jemaloc\": heap() throws; then install(mine) and heap()", () -> {
            global.install(new Named("mine"));
            return global.heap().toString();
        }).gives("mine", "No heap was used, so the choice is open. What does your switch remember?");
    }

    private void heapIs(String call, String wanted, String next) {
        Claim.that(call, () -> global.heap().toString()).gives(wanted, next);
    }

    /// Makes a call that another test is about.
    private static void refused(Runnable call) {
        try {
            call.run();
        } catch (IllegalStateException | IllegalArgumentException expected) {
            // As it should.
        }
    }
}
