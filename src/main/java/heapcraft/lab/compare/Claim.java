package heapcraft.lab.compare;

import static heapcraft.lab.compare.Entrant.BUMP;
import static heapcraft.lab.compare.Entrant.JEMALLOC;
import static heapcraft.lab.compare.Entrant.MIMALLOC;
import static heapcraft.lab.compare.Entrant.ONE_ARENA;
import static heapcraft.lab.compare.Entrant.SIZE_CLASSES;
import static heapcraft.lab.compare.Entrant.SYSTEM;
import static heapcraft.lab.compare.Entrant.TCMALLOC;

import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What is said of an allocator wherever allocators are compared, and what a run says to it.
///
/// @param about   the allocator
/// @param words   what is said
/// @param finding what a run has to say: the figure, and whether it supports the claim
record Claim(String about, String words, Function<Evidence, Finding> finding) {

    /// How a claim stands after a run.
    enum Verdict {
        HOLDS("holds"), FAILS("does not hold here"), PARTLY("holds in part"),
        NOT_MEASURED("not measured"), UNTRIED("untried");

        final String words;

        Verdict(String words) {
            this.words = words;
        }
    }

    /// @param figure what was measured, in words with numbers
    record Finding(String figure, Verdict verdict) { }

    /// More sleeps than these for a million blocks are a queue at a lock; below, they are the JVM's
    /// own and the scheduler's.
    private static final double QUEUE = 100;
    /// The hour by which every heap has found its size.
    private static final int SETTLED = 6;
    /// Two figures that differ by less are the same.
    private static final double SAME = 1.1;

    /// Where blocks are large, a slice has too few of them for a rate, and it is the kernel that one
    /// waits for.
    private static final List<Work> SMALL_BLOCKS =
            List.of(Work.SMALL, Work.MIXED, Work.HANDOVER, Work.CHURN);

    private static final Finding NOT_MEASURED = new Finding("-", Verdict.NOT_MEASURED);

    /// All claims, in the order of the allocators: System, jemalloc, mimalloc, bump, and those about
    /// fragmentation as such.
    static List<Claim> all() {
        return List.of(
                new Claim("System", "needs no set-up and is always there", Claim::isThere),
                new Claim("System", "serves everything, and is stable", Claim::serves),
                new Claim("System", "its locks are contended when there are many threads",
                        Claim::contended),
                new Claim("System", "keeps an arena for each thread, but their number is limited",
                        Claim::arenas),
                new Claim("System", "its fragmentation is middling", Claim::middling),
                new Claim("jemalloc", "caches for each thread, hardly any lock",
                        evidence -> seldomSleeps(evidence, JEMALLOC)),
                new Claim("jemalloc", "fragments little, thanks to size classes", Claim::fragments),
                new Claim("jemalloc", "has a profiler built in", Claim::profiles),
                new Claim("jemalloc", "makes the program larger", Claim::larger),
                new Claim("mimalloc", "very fast at small blocks", Claim::fastAtSmall),
                new Claim("mimalloc", "made for many threads",
                        evidence -> seldomSleeps(evidence, MIMALLOC)),
                new Claim("mimalloc", "at home on Windows", _ -> new Finding(
                        "no run on Windows yet", Verdict.UNTRIED)),
                new Claim("mimalloc", "can be slower than jemalloc at large blocks",
                        Claim::slowerAtLarge),
                new Claim("bump", "an allocation is one addition", Claim::oneAddition),
                new Claim("bump", "nothing is freed singly, all at once", Claim::allAtOnce),
                new Claim("bump", "no single block can be freed",
                        evidence -> runsFull(evidence, Work.CHURN)),
                new Claim("bump", "all blocks must live equally long",
                        Claim::keepsAll),
                new Claim("all", "memory that grows for hours is fragmentation", Claim::creeps),
                new Claim("all", "size classes ease it", Claim::easedByClasses));
    }

    private static Finding isThere(Evidence evidence) {
        List<Entrant> missing = evidence.missing();
        return new Finding(evidence.about(SYSTEM) + "; not installed here: "
                + (missing.isEmpty() ? "none" : names(missing.stream())), Verdict.HOLDS);
    }

    private static String names(Stream<Entrant> entrants) {
        return entrants.map(Entrant::label).collect(Collectors.joining(", "));
    }

    private static Finding serves(Evidence evidence) {
        long runs = evidence.runs(SYSTEM);
        long ended = evidence.finished(SYSTEM);
        return new Finding(ended + " of " + runs + " runs came to their end; a short run cannot"
                + " show more", ended == runs ? Verdict.HOLDS : Verdict.FAILS);
    }

    /// Locks are only felt where threads meet, and where they sleep.
    private static Finding contended(Evidence evidence) {
        int most = evidence.mostThreads();
        OptionalDouble sleeps = worst(evidence, SYSTEM, most);
        OptionalDouble oneArena = worst(evidence, ONE_ARENA, most);
        if (sleeps.isEmpty() || oneArena.isEmpty()) {
            return NOT_MEASURED;
        }
        return new Finding(sleeps(most, sleeps) + "; with one arena "
                + Figures.of(oneArena),
                sleeps.getAsDouble() > QUEUE ? Verdict.HOLDS
                        : oneArena.getAsDouble() > QUEUE ? Verdict.PARTLY : Verdict.FAILS);
    }

    private static String sleeps(int threads, OptionalDouble worst) {
        return "sleeps for a million blocks, " + threads + " threads, worst workload of small"
                + " blocks: " + Figures.of(worst);
    }

    private static OptionalDouble worst(Evidence evidence, Entrant entrant, int threads) {
        return SMALL_BLOCKS.stream()
                .map(work -> evidence.figure(entrant, work, threads, Cell::sleeps))
                .filter(OptionalDouble::isPresent).mapToDouble(OptionalDouble::getAsDouble).max();
    }

    private static Finding arenas(Evidence evidence) {
        int most = evidence.mostThreads();
        String said = evidence.statistics(SYSTEM, Work.CHURN, most);
        OptionalDouble many = evidence.nanos(SYSTEM, Work.CHURN, most);
        OptionalDouble one = evidence.nanos(ONE_ARENA, Work.CHURN, most);
        if (!said.contains("arenas") || many.isEmpty() || one.isEmpty()) {
            return NOT_MEASURED;
        }
        double price = one.getAsDouble() / many.getAsDouble();
        return new Finding(said.substring(0, said.indexOf(" arenas")) + " arenas with " + most
                + " threads (at most 8 for each core); one arena for all makes churn "
                + Figures.of(price) + " times as slow", price > SAME ? Verdict.HOLDS
                : Verdict.PARTLY);
    }

    private static Finding middling(Evidence evidence) {
        return rank(evidence, SYSTEM, (better, worse) -> better > 0 && worse > 0 ? Verdict.HOLDS
                : Verdict.FAILS);
    }

    private static Finding fragments(Evidence evidence) {
        return rank(evidence, JEMALLOC, (better, worse) -> better > 0 && worse == 0 ? Verdict.FAILS
                : better > 0 || worse == 0 ? Verdict.PARTLY : Verdict.HOLDS);
    }

    /// How many of the real libraries do better and worse.
    private interface Judge {
        Verdict of(long better, long worse);
    }

    private static Finding rank(Evidence evidence, Entrant entrant, Judge judge) {
        OptionalDouble own = evidence.leftOver(entrant);
        if (own.isEmpty()) {
            return NOT_MEASURED;
        }
        List<Entrant> others = Entrant.LIBRARIES.stream().filter(each -> each != entrant
                && evidence.leftOver(each).isPresent()).toList();
        long better = others.stream().filter(each ->
                evidence.leftOver(each).getAsDouble() * SAME < own.getAsDouble()).count();
        long worse = others.stream().filter(each ->
                evidence.leftOver(each).getAsDouble() > own.getAsDouble() * SAME).count();
        String figures = Stream.concat(Stream.of(entrant), others.stream())
                .map(each -> each + " " + Figures.of(evidence.leftOver(each)))
                .collect(Collectors.joining(", "));
        return new Finding("resident bytes for each live one after the churn: " + figures,
                judge.of(better, worse));
    }

    /// Whether resident memory goes on growing, on one day or the other.
    private static Finding creeps(Evidence evidence) {
        if (evidence.creeping().isEmpty()) {
            return NOT_MEASURED;
        }
        Creeping days = evidence.creeping().get();
        List<Entrant> here = Entrant.LIBRARIES.stream().filter(each ->
                Creeping.atNight(days.steady(), each).isPresent()
                        && Creeping.atNight(days.drift(), each).isPresent()).toList();
        if (here.isEmpty()) {
            return NOT_MEASURED;
        }
        long steady = here.stream().filter(each -> grows(days.steady(), each)).count();
        long drift = here.stream().filter(each -> grows(days.drift(), each)).count();
        return new Finding("MB after the 6th and the last hour, sizes of blocks stay: "
                + hours(days.steady(), here) + "; they grow: " + hours(days.drift(), here),
                steady == here.size() && drift == here.size() ? Verdict.HOLDS
                        : steady + drift == 0 ? Verdict.FAILS : Verdict.PARTLY);
    }

    private static boolean grows(Comparison day, Entrant entrant) {
        return Creeping.atNight(day, entrant).orElse(0)
                > SAME * Creeping.resident(day, entrant, SETTLED).orElse(Double.MAX_VALUE);
    }

    private static String hours(Comparison day, List<Entrant> entrants) {
        return entrants.stream().map(each -> each + " "
                + Figures.megabytes(Creeping.resident(day, each, SETTLED)) + " → "
                + Figures.megabytes(Creeping.atNight(day, each)))
                .collect(Collectors.joining(", "));
    }

    private static Finding easedByClasses(Evidence evidence) {
        OptionalDouble system = evidence.driftAtNight(SYSTEM);
        List<Entrant> classes = Stream.of(JEMALLOC, MIMALLOC, TCMALLOC, SIZE_CLASSES)
                .filter(each -> evidence.driftAtNight(each).isPresent()).toList();
        if (system.isEmpty() || classes.isEmpty()) {
            return NOT_MEASURED;
        }
        long eased = classes.stream().filter(each ->
                evidence.driftAtNight(each).getAsDouble() < system.getAsDouble()).count();
        return new Finding("MB at the end of the day on which blocks grow: System, without"
                + " classes, " + Figures.megabytes(system) + "; with classes " + classes.stream()
                .map(each -> each + " " + Figures.megabytes(evidence.driftAtNight(each)))
                .collect(Collectors.joining(", ")), eased == classes.size() ? Verdict.HOLDS
                : eased == 0 ? Verdict.FAILS : Verdict.PARTLY);
    }

    private static Finding seldomSleeps(Evidence evidence, Entrant entrant) {
        int most = evidence.mostThreads();
        OptionalDouble sleeps = worst(evidence, entrant, most);
        OptionalDouble system = worst(evidence, SYSTEM, most);
        OptionalDouble nanos = evidence.nanos(entrant, Work.HANDOVER, most);
        OptionalDouble systemNanos = evidence.nanos(SYSTEM, Work.HANDOVER, most);
        if (sleeps.isEmpty() || system.isEmpty() || nanos.isEmpty() || systemNanos.isEmpty()) {
            return NOT_MEASURED;
        }
        return new Finding(sleeps(most, sleeps) + ", System " + Figures.of(system) + "; handover "
                + Figures.of(nanos) + " ns a block, System " + Figures.of(systemNanos),
                sleeps.getAsDouble() <= QUEUE ? Verdict.HOLDS
                        : sleeps.getAsDouble() < system.getAsDouble() ? Verdict.PARTLY
                        : Verdict.FAILS);
    }

    private static Finding profiles(Evidence evidence) {
        String about = evidence.about(JEMALLOC);
        return about.isEmpty() ? NOT_MEASURED : new Finding(about,
                about.contains(RealLibrary.PROFILER) ? Verdict.HOLDS : Verdict.FAILS);
    }

    private static Finding larger(Evidence evidence) {
        String sizes = Entrant.LIBRARIES.stream()
                .filter(each -> evidence.libraryBytes(each) > 0)
                .map(each -> each + " %.0f KB".formatted(evidence.libraryBytes(each) / 1e3))
                .collect(Collectors.joining(", "));
        return evidence.libraryBytes(JEMALLOC) <= 0 ? NOT_MEASURED : new Finding(
                "size of the library: " + sizes + "; System is part of libc", Verdict.HOLDS);
    }

    private static Finding fastAtSmall(Evidence evidence) {
        OptionalDouble own = evidence.nanos(MIMALLOC, Work.SMALL, 1);
        OptionalDouble others = Entrant.LIBRARIES.stream().filter(each -> each != MIMALLOC)
                .map(each -> evidence.nanos(each, Work.SMALL, 1)).filter(OptionalDouble::isPresent)
                .mapToDouble(OptionalDouble::getAsDouble).min();
        if (own.isEmpty() || others.isEmpty()) {
            return NOT_MEASURED;
        }
        return new Finding("64 bytes, one thread: " + nanos(evidence, Work.SMALL, 1),
                own.getAsDouble() <= others.getAsDouble() * SAME ? Verdict.HOLDS : Verdict.FAILS);
    }

    private static String nanos(Evidence evidence, Work work, int threads) {
        return Entrant.LIBRARIES.stream()
                .filter(each -> evidence.nanos(each, work, threads).isPresent())
                .map(each -> each + " " + Figures.of(evidence.nanos(each, work, threads)) + " ns")
                .collect(Collectors.joining(", "));
    }

    private static Finding slowerAtLarge(Evidence evidence) {
        OptionalDouble own = evidence.nanos(MIMALLOC, Work.LARGE, 1);
        OptionalDouble other = evidence.nanos(JEMALLOC, Work.LARGE, 1);
        if (own.isEmpty() || other.isEmpty()) {
            return NOT_MEASURED;
        }
        return new Finding("256 KiB to 4 MiB, one thread: " + nanos(evidence, Work.LARGE, 1),
                own.getAsDouble() > other.getAsDouble() * SAME ? Verdict.HOLDS : Verdict.FAILS);
    }

    private static Finding oneAddition(Evidence evidence) {
        OptionalDouble own = evidence.nanos(BUMP, Work.SMALL, 1);
        OptionalDouble system = evidence.nanos(SYSTEM, Work.SMALL, 1);
        if (own.isEmpty() || system.isEmpty()) {
            return NOT_MEASURED;
        }
        return new Finding("64 bytes: Bump " + Figures.of(own) + " ns, System " + Figures.of(system)
                + " ns", own.getAsDouble() * 2 < system.getAsDouble() ? Verdict.HOLDS
                : Verdict.FAILS);
    }

    private static Finding allAtOnce(Evidence evidence) {
        OptionalDouble own = evidence.nanos(BUMP, Work.MIXED, 1);
        OptionalDouble system = evidence.nanos(SYSTEM, Work.MIXED, 1);
        if (own.isEmpty() || system.isEmpty()) {
            return NOT_MEASURED;
        }
        return new Finding("1000 blocks of mixed sizes and one reset: " + Figures.of(own)
                + " ns a block; with a free for each, System " + Figures.of(system) + " ns",
                own.getAsDouble() < system.getAsDouble() ? Verdict.HOLDS : Verdict.FAILS);
    }

    private static Finding runsFull(Evidence evidence, Work work) {
        String trouble = evidence.trouble(BUMP, work);
        return trouble == null ? NOT_MEASURED : new Finding(work.label() + ": "
                + (trouble.isEmpty() ? "came to its end" : trouble),
                trouble.isEmpty() ? Verdict.FAILS : Verdict.HOLDS);
    }

    /// What one thread frees while others allocate does not come back, so all of it stays resident.
    private static Finding keepsAll(Evidence evidence) {
        OptionalDouble own = evidence.figure(BUMP, Work.HANDOVER, 1, Cell::resident);
        OptionalDouble system = evidence.figure(SYSTEM, Work.HANDOVER, 1, Cell::resident);
        if (own.isEmpty() || system.isEmpty()) {
            return runsFull(evidence, Work.HANDOVER);
        }
        return new Finding("handover, in which blocks end one by one: MB resident after it, Bump "
                + Figures.megabytes(own) + ", System " + Figures.megabytes(system),
                own.getAsDouble() > 10 * system.getAsDouble() ? Verdict.HOLDS : Verdict.FAILS);
    }

    /// All claims beside what a run says to them.
    static Table table(Evidence evidence) {
        return new Table("What is said of allocators, and what this run says to it",
                List.of("about", "claim", "figure", "verdict"),
                all().stream().map(claim -> {
                    Finding finding = claim.finding.apply(evidence);
                    return List.of(claim.about, claim.words, finding.figure,
                            finding.verdict.words);
                }).toList());
    }
}
