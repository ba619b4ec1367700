package ch11;

import ch11.WorthIt.Memory;
import ch11.WorthIt.Run;
import ch11.WorthIt.Stack;
import ch11.WorthIt.Trend;
import ch11.WorthIt.Verdict;
import heapcraft.exercise.Claim;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class WorthItTest {

    private static final List<Memory> NO_HOURS = List.of();

    @Test
    void knows_functions_by_their_whole_name() {
        for (String name : List.of("malloc", "free", "cfree", "calloc", "realloc",
                "clear_page_erms")) {
            allocation(name, true, "NAMES has it. Where do you look?");
        }
        for (String name : List.of("freeze", "malloc_report", "my_realloc", "parser_free", "main",
                "Malloc", "")) {
            allocation(name, false, "The program has functions of its own with such names. What is"
                    + " the whole name of the allocator's?");
        }
    }

    @Test
    void knows_families_by_how_their_names_begin() {
        for (String name : List.of("operator new(unsigned long)", "operator new[](unsigned long)",
                "operator delete(void*)", "operator new", "je_mallocx", "mi_malloc_small")) {
            allocation(name, true, "FAMILIES has how its name begins. What comes behind may differ:"
                    + " do you compare the whole?");
        }
        for (String name : List.of("semi_join", "the_je_table", "operator==(Node const&)",
                "friend_operator new", "mi", "new")) {
            allocation(name, false, "A family's names begin with one of FAMILIES, all of it. Where"
                    + " in this name does one stand?");
        }
    }

    @Test
    void leaves_out_what_hangs_on_a_name() {
        for (String name : List.of("malloc+0x1a", "cfree@GLIBC_2.2.5", "calloc@plt",
                "realloc@@GLIBC_2.2.5+0x93")) {
            allocation(name, true, "The name ends before the first + or @. What is left of it?");
        }
        allocation("freeze+0x10", false, "The name ends before the first +. What is left of it?");
    }

    @Test
    void counts_an_allocator_anywhere_in_the_stack() {
        share(0.25, "The kernel works there on behalf of malloc. Which functions of a stack do you"
                + " look at?", run(stack(1, "do_brk_flags", "brk", "sysmalloc", "malloc", "main"),
                stack(1, "sum", "main"), stack(1, "sum", "main"), stack(1, "main")));
        share(0.5, "What _int_free does, it does for cfree. Which functions of a stack do you look"
                + " at?", run(stack(1, "_int_free", "cfree@GLIBC_2.2.5", "drop", "main"),
                stack(1, "sum", "main")));
    }

    @Test
    void counts_a_stack_once_with_all_its_samples() {
        share(0.4, "The time has passed once, whoever called whom. How often do you count this"
                + " stack?", run(stack(2, "malloc", "operator new(unsigned long)", "realloc",
                "main"), stack(3, "main")));
        share(0.75, "A stack says how many samples were taken there. What do you add up?",
                run(stack(6, "malloc", "main"), stack(1, "main"), stack(1, "sum", "main")));
        share(0.6, "So many samples do not fit into an int. In what do you count them?",
                run(stack(3_000_000_000L, "free", "main"), stack(2_000_000_000L, "main")));
    }

    @Test
    void has_no_share_without_samples() {
        for (Run none : List.of(run(), run(stack(0, "malloc", "main"), stack(0, "main")))) {
            Claim.that("share(" + java(none) + ")", () -> WorthIt.share(none)).gives(
                    OptionalDouble.empty(), "Nobody has looked, so nobody knows. Is that the same"
                            + " as a share of 0?");
        }
        share(0, "Somebody has looked, and malloc was never there. Of what is that evidence?",
                run(stack(7, "sum", "main")));
    }

    @Test
    void counts_waiting_as_time() {
        List<Stack> half = List.of(stack(1, "malloc", "main"), stack(1, "main"));
        share(0.05, "Somebody waits for 10 seconds, and in 1 of them the program runs. For how many"
                + " does malloc?", new Run(half, 10, 1, NO_HOURS));
        share(0.5, "Four threads that are busy all the time wait for nothing. Which part of the"
                + " time does the program run?", new Run(half, 2, 8, NO_HOURS));
    }

    @Test
    void speeds_up_its_share_and_no_more() {
        String next = "Take a program of 1 second. How long does the rest take, how long does"
                + " allocation take then, and both together?";
        for (double[] one : new double[][] {{0.05, 10, 1 / 0.955}, {0.5, 2, 4 / 3.0},
                {0.4, 4, 1 / 0.7}, {0.25, 1, 1}, {0, 100, 1}, {1, 8, 8}, {0.5, 0.5, 2 / 3.0}}) {
            about("speedUp(" + one[0] + ", " + one[1] + ")", one[2], next,
                    () -> WorthIt.speedUp(one[0], one[1]));
        }
    }

    @Test
    void bounds_what_any_allocator_can_bring() {
        String next = "Allocation takes no time at all then. What is left of 1 second?";
        for (double[] one : new double[][] {{0, 1}, {0.05, 1 / 0.95}, {0.5, 2}, {0.7, 1 / 0.3},
                {0.75, 4}}) {
            about("best(" + one[0] + ")", one[1], next, () -> WorthIt.best(one[0]));
        }
        Claim.that("best(1.0)", () -> WorthIt.best(1)).gives(Double.POSITIVE_INFINITY,
                "Nothing is left of its time. What does Java say to 1.0 / 0?");
    }

    @Test
    void says_how_much_faster_an_allocator_must_be() {
        for (double[] one : new double[][] {{0.5, 1.25, 5 / 3.0}, {0.75, 2, 3}, {1, 8, 8}}) {
            timesFor(one[0], one[1], one[2]);
        }
        timesFor(0.3, 1, 1);
        timesFor(0, 1, 1);
        for (int percent = 5; percent < 100; percent += 5) {
            double share = percent / 100.0;
            double wanted = 1 + percent / 200.0;   // half of what is possible, or less
            about("speedUp(" + share + ", timesFor(" + share + ", " + wanted + ").getAsDouble())",
                    wanted, "The one undoes the other. Try both with your numbers from above.",
                    () -> WorthIt.speedUp(share, WorthIt.timesFor(share, wanted).getAsDouble()));
        }
    }

    @Test
    void says_when_no_allocator_is_fast_enough() {
        for (double[] one : new double[][] {{0.5, 2}, {0.5, 3}, {0.05, 1.1}, {0, 1.01},
                {0.75, 4}}) {
            Claim.that("timesFor(" + one[0] + ", " + one[1] + ")",
                    () -> WorthIt.timesFor(one[0], one[1])).gives(OptionalDouble.empty(),
                            "best(" + one[0] + ") is what an allocator brings that takes no time at"
                            + " all, and there is none such. What if so much is wanted, or more?");
        }
    }

    @Test
    void tells_a_leak_from_fragmentation() {
        trend(Trend.LEAK, "Compare the live bytes half way and at the end. Which of the two grows"
                + " in a leak?", hours(100, 120, 200, 220, 300, 330, 400, 450));
        trend(Trend.FRAGMENTATION, "Half way and at the end: live 99 and 100, resident 300 and 420."
                + " Which of the two is more than GROWTH times as large, and what is that?",
                hours(100, 120, 101, 200, 99, 300, 100, 420));
        trend(Trend.STEADY, "Nothing grows. Which two numbers do you compare?",
                hours(100, 300, 110, 310, 95, 305, 100, 310));
        trend(Trend.STEADY, "Nobody has looked at its memory. What has grown?", NO_HOURS);
    }

    @Test
    void takes_a_full_cache_for_what_it_is() {
        String next = "A cache fills in the first half, and then it is full. Which hours do you"
                + " compare, and how much more is growth?";
        trend(Trend.STEADY, next, hours(10, 20, 200, 260, 500, 600, 510, 610, 505, 605));
        trend(Trend.STEADY, next, hours(500, 520, 500, 900, 500, 910, 500, 905));
        trend(Trend.LEAK, "It was full for a while, and goes on growing. Which hour is half way?",
                hours(10, 20, 500, 600, 500, 600, 700, 800));
    }

    @Test
    void asks_for_evidence_and_repairs_a_leak_first() {
        verdict(Verdict.PROFILE_FIRST, "No samples, and nobody has looked at its memory: what is"
                + " known about this program?", run(), 100);
        verdict(Verdict.REPAIR_FIRST, "What is never freed stays, in any allocator. What has to"
                + " happen first?", new Run(List.of(stack(9, "malloc", "main"), stack(1, "main")),
                10, 10, hours(100, 120, 200, 220, 300, 330, 400, 450)), 100);
    }

    @Test
    void changes_for_memory_alone() {
        String next = "Its memory grows though it frees all it should. Is time the only reason to"
                + " change?";
        List<Memory> growing = hours(100, 120, 100, 200, 100, 300, 100, 420);
        verdict(Verdict.WORTH_IT, next, new Run(List.of(stack(1, "malloc", "main"),
                stack(99, "main")), 10, 10, growing), 2);
        verdict(Verdict.WORTH_IT, next, new Run(List.of(), 10, 10, growing), 2);
    }

    @Test
    void decides_eight_programs_by_their_figures() {
        Stack alloc = stack(40, "_int_malloc", "malloc", "operator new(unsigned long)", "main");
        Stack frees = stack(20, "cfree@GLIBC_2.2.5", "drop", "main");
        Stack work = stack(40, "sum", "main");
        no("a command-line tool, for which nobody waits because of malloc", 10,
                run(stack(1, "malloc", "main"), stack(400, "count", "main")));
        no("a program that runs once and ends", 10,
                run(stack(2, "malloc", "main"), stack(98, "sort", "main")));
        no("an import that waits for its disk: it runs for 3 of 60 seconds", 10,
                new Run(List.of(alloc, work), 60, 3, NO_HOURS));
        no("a server, and an allocator that is hardly faster", 1.05,
                run(alloc, frees, work));
        yes("a server, and an allocator that is three times as fast", 3,
                run(alloc, frees, work));
        yes("32 threads that allocate at once, on two processors", 3,
                new Run(List.of(alloc, frees, work), 10, 12, NO_HOURS));
        yes("a server whose memory grows for hours, and nothing leaks", 1,
                new Run(List.of(stack(1, "malloc", "main"), work), 10, 10,
                        hours(100, 120, 100, 200, 100, 300, 100, 420)));
        yes("a parser, and an arena", 10, run(stack(60, "mi_heap_malloc_small",
                "operator new(unsigned long)", "atom", "main"), stack(10, "atom", "main")));
        no("a game whose frames are mostly drawing", 10,
                run(stack(5, "malloc", "main"), stack(95, "draw", "main")));
    }

    private static void yes(String program, double times, Run run) {
        verdict(Verdict.WORTH_IT, "This is " + program + ". How many times as fast does it get, and"
                + " what does its memory do?", run, times);
    }

    private static void no(String program, double times, Run run) {
        verdict(Verdict.NOT_WORTH_IT, "This is " + program + ". How many times as fast does it get"
                + " with this allocator, not with the best there could be?", run, times);
    }

    private static void verdict(Verdict wanted, String next, Run run, double times) {
        Claim.that("verdict(" + java(run) + ", " + times + ")", () -> WorthIt.verdict(run, times))
                .gives(wanted, next);
    }

    private static void trend(Trend wanted, String next, List<Memory> hours) {
        Claim.that("trend(" + javaHours(hours) + ")", () -> WorthIt.trend(hours))
                .gives(wanted, next);
    }

    private static void timesFor(double share, double wanted, double times) {
        String next = wanted == 1 ? "Nothing has to change. How fast is the allocator then?"
                : "The whole may take 1 / " + wanted + " of its time, and all but allocation takes"
                + " what it took. What is left for allocation?";
        Claim.that("timesFor(" + share + ", " + wanted + ")",
                () -> WorthIt.timesFor(share, wanted)).gives("about " + times,
                        got -> got.isPresent() && near(got.getAsDouble(), times), next);
    }

    private static void allocation(String function, boolean wanted, String next) {
        Claim.that("isAllocation(\"" + function + "\")", () -> WorthIt.isAllocation(function))
                .gives(wanted, next);
    }

    private static void share(double wanted, String next, Run run) {
        Claim.that("share(" + java(run) + ")", () -> WorthIt.share(run)).gives(
                "OptionalDouble[" + wanted + "]",
                got -> got.isPresent() && near(got.getAsDouble(), wanted), next);
    }

    private static void about(String call, double wanted, String next,
                              Supplier<Double> code) {
        Claim.that(call, code).gives("about " + wanted, got -> near(got, wanted), next);
    }

    private static boolean near(double got, double wanted) {
        return Math.abs(got - wanted) < 1e-9 * Math.max(1, Math.abs(wanted));
    }

    /// A run of ten seconds that has never waited.
    private static Run run(Stack... stacks) {
        return new Run(List.of(stacks), 10, 10, NO_HOURS);
    }

    private static Stack stack(long samples, String... functions) {
        return new Stack(List.of(functions), samples);
    }

    /// Hours, each by its live and its resident bytes.
    private static List<Memory> hours(long... bytes) {
        List<Memory> hours = new ArrayList<>();
        for (int i = 0; i < bytes.length; i += 2) {
            hours.add(new Memory(bytes[i], bytes[i + 1]));
        }
        return List.copyOf(hours);
    }

    /// A run as Java, to be pasted.
    private static String java(Run run) {
        return "new Run(" + run.stacks().stream().map(stack -> "new Stack("
                + stack.functions().stream().map(name -> "\"" + name + "\"")
                .collect(Collectors.joining(", ", "List.of(", ")")) + ", " + stack.samples()
                + (stack.samples() > Integer.MAX_VALUE ? "L)" : ")"))
                .collect(Collectors.joining(", ", "List.of(", ")")) + ", " + run.seconds() + ", "
                + run.busy() + ", " + javaHours(run.hours()) + ")";
    }

    private static String javaHours(List<Memory> hours) {
        return hours.stream()
                .map(hour -> "new Memory(" + hour.live() + ", " + hour.resident() + ")")
                .collect(Collectors.joining(", ", "List.of(", ")"));
    }
}
