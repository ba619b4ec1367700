package ch11;

import static heapcraft.exercise.Todo.todo;

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
    /// A swap has its price: for less than a tenth it is not worth it.
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
    /// @param busy    for how long it ran on a processor, all its threads added up: with several
    ///                threads it may be more than `seconds`, and then it has not waited
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
        throw todo("say whether this is one of the allocator's functions");
    }

    /// The part of the time that allocation took, from 0 to 1. A stack is the allocator's if one
    /// of its functions is anywhere in it. Samples are only taken while the program runs on a
    /// processor; time that it has waited is time too, and not the allocator's.
    ///
    /// @return nothing where there are no samples
    public static OptionalDouble share(Run run) {
        throw todo("give the part of the time that allocation took, if there is evidence");
    }

    /// How many times as fast the program gets (Amdahl's law).
    ///
    /// @param share the part of the time that allocation takes now, from 0 to 1
    /// @param times how many times as fast the other allocator is; below 1 it is slower
    public static double speedUp(double share, double times) {
        throw todo("say how many times as fast the program gets");
    }

    /// How many times as fast the program gets if allocation takes no time at all: infinitely, if
    /// it did nothing else.
    public static double best(double share) {
        throw todo("say what an allocator that takes no time would bring");
    }

    /// How many times as fast an allocator must be to make the program `wanted` times as fast.
    ///
    /// @param wanted at least 1; for 1 nothing has to change, and the answer is 1
    /// @return nothing if no allocator is fast enough: none takes no time at all
    public static OptionalDouble timesFor(double share, double wanted) {
        throw todo("say how fast an allocator must be, or that none is fast enough");
    }

    /// What the memory has done from half way (`hours.get(hours.size() / 2)`) to the end: what
    /// grows before that may be a cache that fills. Live bytes that grow are a leak. If they do not
    /// and the resident bytes do, it is fragmentation. Without hours, all is steady.
    public static Trend trend(List<Memory> hours) {
        throw todo("tell a leak, fragmentation and a full cache apart");
    }

    /// Whether to change to an allocator that is `times` as fast. A leak is repaired first: no
    /// allocator takes back what is not freed. Fragmentation is worth a change, whatever the time.
    /// Otherwise it takes samples, and a program that gets at least [#ENOUGH] times as fast.
    public static Verdict verdict(Run run, double times) {
        throw todo("decide, by the evidence and by nothing else");
    }
}
