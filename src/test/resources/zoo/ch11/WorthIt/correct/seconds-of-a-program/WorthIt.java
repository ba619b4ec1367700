package ch11;

import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;

/// Is another allocator worth it? What a profile says, and what it does not.
///
/// The idea: nobody can save more time in the allocator than the program spends there. So first
/// count where the samples were taken, then see what a swap could bring, and only then decide.
///
/// ```text
///   stack, innermost first                samples
///   _int_free   free     fold  main            40   in the allocator
///   malloc      make     atom  main            30   in the allocator
///   atom        product  main                  30
///                                             ───
///   a share of 0.7: at best 1 / (1 - 0.7) = 3.33 times as fast
/// ```
///
/// Be graded: `./lab grade WorthIt`, `mvn test -Dexercise=WorthIt`, or `check("WorthIt")` in the
/// notebook. The library's `Amdahl` and its readers of profiles are not allowed here: you build
/// them.
public final class WorthIt {

    /// Functions of an allocator, by their whole names. `cfree` is an old name of glibc's `free`;
    /// `clear_page_erms` is the kernel's, which zeroes a page of new memory at its first touch.
    public static final Set<String> NAMES = Set.of("malloc", "free", "cfree", "calloc", "realloc",
            "clear_page_erms");
    /// And families of them, by how their names begin.
    public static final List<String> FAMILIES = List.of("operator new", "operator delete", "je_",
            "mi_");
    /// A swap has its price: below a tenth it is not worth it.
    public static final double ENOUGH = 1.1;
    /// Bytes grow if they end at more than this many times what they were half way.
    public static final double GROWTH = 1.1;

    private WorthIt() { }

    /// A place where samples were taken.
    ///
    /// @param functions who was running, and who had called it: innermost first
    /// @param samples   how many samples were taken just there
    public record Stack(List<String> functions, long samples) { }

    /// The memory of a program at one moment.
    ///
    /// @param live     bytes that it has and has not freed
    /// @param resident bytes that the machine holds for it
    public record Memory(long live, long resident) { }

    /// What was seen of one run of a program.
    ///
    /// @param stacks  samples that were taken while it ran on a processor
    /// @param seconds how long somebody waited for it
    /// @param busy    for how long it ran on a processor, all its threads added up
    /// @param hours   its memory, hour after hour; empty for a program that does not run for hours
    public record Run(List<Stack> stacks, double seconds, double busy, List<Memory> hours) { }

    /// What its memory did in the second half of the hours.
    public enum Trend { STEADY, LEAK, FRAGMENTATION }

    /// What to do.
    public enum Verdict { PROFILE_FIRST, REPAIR_FIRST, WORTH_IT, NOT_WORTH_IT }

    /// Whether a function is the allocator's: its whole name is one of [#NAMES], or it begins with
    /// one of [#FAMILIES]. What a profiler hangs on to a name, from a `+` or `@` on, does not
    /// count: `malloc+0x1a` is `malloc`.
    public static boolean isAllocation(String function) {
        int end = 0;
        while (end < function.length() && "+@".indexOf(function.charAt(end)) < 0) {
            end++;
        }
        String name = function.substring(0, end);
        for (String family : FAMILIES) {
            if (name.regionMatches(0, family, 0, family.length())) {
                return true;
            }
        }
        return NAMES.contains(name);
    }

    /// The part of the time that allocation took, from 0 to 1. A stack is the allocator's if one
    /// of its functions is anywhere in it. Samples are only taken while the program runs on a
    /// processor; time that it has waited is time too, and not the allocator's.
    ///
    /// @return nothing where there are no samples
    public static OptionalDouble share(Run run) {
        double allocation = 0;
        double rest = 0;
        for (Stack stack : run.stacks()) {
            boolean found = false;
            for (String function : stack.functions()) {
                found |= isAllocation(function);
            }
            if (found) {
                allocation += stack.samples();
            } else {
                rest += stack.samples();
            }
        }
        if (allocation + rest == 0) {
            return OptionalDouble.empty();
        }
        double processor = Math.min(run.busy(), run.seconds());
        return OptionalDouble.of(allocation / (allocation + rest) * processor / run.seconds());
    }

    /// How many times as fast the program gets (Amdahl's law).
    ///
    /// @param share the part of the time that allocation takes now, from 0 to 1
    /// @param times how many times as fast the other allocator is; below 1 it is slower
    public static double speedUp(double share, double times) {
        double before = 1;
        double after = (before - share) + share / times;
        return before / after;
    }

    /// How many times as fast the program gets if allocation takes no time at all: infinitely, if
    /// it did nothing else.
    public static double best(double share) {
        return 1 / (1 - share);
    }

    /// How many times as fast an allocator must be to make the program `wanted` times as fast.
    ///
    /// @param wanted at least 1; for 1 nothing has to change, and the answer is 1
    /// @return nothing if no allocator is fast enough, not even one that takes no time
    public static OptionalDouble timesFor(double share, double wanted) {
        // A program of `wanted` seconds shall take one.
        double rest = wanted * (1 - share);
        if (wanted <= 1) {
            return OptionalDouble.of(1);
        }
        if (rest >= 1) {
            return OptionalDouble.empty();
        }
        return OptionalDouble.of(wanted * share / (1 - rest));
    }

    /// What the memory has done from half way (`hours.get(hours.size() / 2)`) to the end: what
    /// grows before that may be a cache that fills. Live bytes that grow are a leak. If they do not
    /// and the resident bytes do, it is fragmentation. Without hours, all is steady.
    public static Trend trend(List<Memory> hours) {
        int size = hours.size();
        if (size < 2) {
            return Trend.STEADY;
        }
        Memory a = hours.get(size / 2);
        Memory b = hours.get(size - 1);
        if (b.live() > a.live() * GROWTH) {
            return Trend.LEAK;
        }
        return b.resident() > a.resident() * GROWTH ? Trend.FRAGMENTATION : Trend.STEADY;
    }

    /// Whether to change to an allocator that is `times` as fast. A leak is repaired first: no
    /// allocator takes back what is not freed. Fragmentation is worth a change, whatever the time.
    /// Otherwise it takes samples, and a program that gets at least [#ENOUGH] times as fast.
    public static Verdict verdict(Run run, double times) {
        Trend trend = trend(run.hours());
        if (trend == Trend.LEAK) {
            return Verdict.REPAIR_FIRST;
        }
        if (trend == Trend.FRAGMENTATION) {
            return Verdict.WORTH_IT;
        }
        if (share(run).isEmpty()) {
            return Verdict.PROFILE_FIRST;
        }
        double gain = speedUp(share(run).getAsDouble(), times);
        return gain < ENOUGH ? Verdict.NOT_WORTH_IT : Verdict.WORTH_IT;
    }
}
