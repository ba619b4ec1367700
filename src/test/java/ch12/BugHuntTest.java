package ch12;

import heapcraft.exercise.Claim;
import heapcraft.exercise.Innocent;
import heapcraft.exercise.Story;
import heapcraft.exercise.Suspect;
import heapcraft.trace.Trace;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class BugHuntTest {

    private static final int MOST_EVENTS = 16;
    private static final String WELL = "all goes well";

    @Test
    void convicts_the_heap_that_says_no() {
        convicts(Suspect.MOSTLY_FREE, "Many free bytes, and no large hole: what was not done when a"
                + " block came back? Make two neighbours free, in both orders.");
    }

    @Test
    void convicts_the_heap_that_has_less_each_day() {
        convicts(Suspect.SHRINKING_STOCK, "Give everything back, then ask for nearly all. How many"
                + " bytes may be missing, and after how many cuts?");
    }

    @Test
    void convicts_the_heap_that_hurts_a_neighbour() {
        convicts(Suspect.SMALLER_ROOM, "A block gets smaller and moves. What stands behind its new"
                + " place, and who looks at that afterwards?");
    }

    @Test
    void convicts_the_heap_with_old_numbers() {
        convicts(Suspect.OLD_NUMBERS, "Memory that nobody has used is 0 anyway. Which memory is"
                + " not?");
    }

    @Test
    void convicts_the_heap_that_crashes_vectors() {
        convicts(Suspect.CRASHING_VECTORS, "The first block stands at a page. What has to stand in"
                + " front of the one that wants a large alignment?");
    }

    @Test
    void convicts_the_heap_that_leaves_a_hole() {
        convicts(Suspect.PERFECT_HOLE, "It has to be the only hole with room, and not a byte too"
                + " large. Which hole is there at the very beginning?");
    }

    @Test
    void convicts_the_heap_with_twin_keys() {
        convicts(Suspect.TWIN_KEYS, "Both got a used room. What must stand behind it, for it not to"
                + " become part of a larger hole?");
    }

    @Test
    void convicts_the_heap_that_takes_offence() {
        convicts(Suspect.TOO_MUCH_ONCE, "Which call asks for too much and has a block already? And"
                + " who gets that block next?");
    }

    @Test
    void acquits_best_fit() {
        acquits(Innocent.BEST_FIT, "Best fit takes another hole than first fit. Which of your"
                + " blocks must not care?");
    }

    @Test
    void acquits_buddies() {
        acquits(Innocent.BUDDY, "Buddies round each size up to a power of two. Do your blocks still"
                + " have room side by side in 64 KiB? Fewer or smaller ones prove as much.");
    }

    @Test
    void acquits_size_classes() {
        acquits(Innocent.SIZE_CLASSES, "Each class takes a stretch of memory for itself. How many"
                + " different sizes does your trace need?");
    }

    @Test
    void accuses_nobody_else() {
        traces().forEach((of, write) -> {
            Trace trace = written(of, write);
            for (Suspect other : Suspect.values()) {
                if (other != of) {
                    Claim.that(call(of, trace) + "\non the heap of \"" + other.symptom() + '"',
                            () -> spelled(other.says(trace))).gives(WELL, "Your trace"
                                    + " convicts that heap too. Which of its events goes wrong"
                                    + " there, and is it needed for yours, in that order and with"
                                    + " just that size?");
                }
            }
        });
    }

    /// Goes wrong on the suspect, and goes well on the same heap without the mistake.
    private static void convicts(Suspect suspect, String next) {
        Trace trace = written(suspect, traces().get(suspect));
        Claim.that(call(suspect, trace) + "\non the same heap without the mistake",
                () -> spelled(Innocent.FIRST_FIT.says(trace))).gives(WELL,
                        "No heap of 64 KiB can do that, so it proves nothing. How many bytes are"
                                + " alive there, and in how many pieces is the rest?");
        if (suspect.says(trace).isEmpty()) {
            throw new Story(call(suspect, trace) + "\non the suspect", WELL,
                    "a refusal, an overlap, or wrong bytes", next);
        }
    }

    private static void acquits(Innocent innocent, String next) {
        traces().forEach((suspect, write) -> {
            Trace trace = written(suspect, write);
            Claim.that(call(suspect, trace) + "\non a heap with nothing wrong, " + innocent,
                    () -> spelled(innocent.says(trace))).gives(WELL, next);
        });
    }

    private static Trace written(Suspect suspect, Supplier<Trace> write) {
        Trace trace = Claim.that(method(suspect), write).ifItThrows(IllegalArgumentException.class,
                "The message names the first line that makes no sense. Which block is used there"
                        + " before it is alive, or after?").gives("a trace", t -> t != null,
                                "A script becomes a trace by script.trace(). Who returns it?");
        if (trace.size() > MOST_EVENTS) {
            throw new Story(method(suspect), trace.size() + " events", "at most " + MOST_EVENTS,
                    "A trace that long is a search, not a proof. Which events can you leave out,"
                            + " and the heap still goes wrong?");
        }
        return trace;
    }

    private static Map<Suspect, Supplier<Trace>> traces() {
        Map<Suspect, Supplier<Trace>> traces = new LinkedHashMap<>();
        traces.put(Suspect.MOSTLY_FREE, BugHunt::mostlyFree);
        traces.put(Suspect.SHRINKING_STOCK, BugHunt::shrinkingStock);
        traces.put(Suspect.SMALLER_ROOM, BugHunt::smallerRoom);
        traces.put(Suspect.OLD_NUMBERS, BugHunt::oldNumbers);
        traces.put(Suspect.CRASHING_VECTORS, BugHunt::crashingVectors);
        traces.put(Suspect.PERFECT_HOLE, BugHunt::perfectHole);
        traces.put(Suspect.TWIN_KEYS, BugHunt::twinKeys);
        traces.put(Suspect.TOO_MUCH_ONCE, BugHunt::tooMuchOnce);
        return traces;
    }

    private static String method(Suspect suspect) {
        String[] words = suspect.name().toLowerCase(Locale.ROOT).split("_");
        StringBuilder name = new StringBuilder(words[0]);
        for (int i = 1; i < words.length; i++) {
            name.append(Character.toUpperCase(words[i].charAt(0))).append(words[i].substring(1));
        }
        return name + "()";
    }

    private static String call(Suspect suspect, Trace trace) {
        return method(suspect) + ": " + trace.toString().lines().skip(1)
                .collect(Collectors.joining("; "));
    }

    private static String spelled(String says) {
        return says.isEmpty() ? WELL : says;
    }
}
