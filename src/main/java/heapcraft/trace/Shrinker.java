package heapcraft.trace;

import heapcraft.alloc.Layout;
import heapcraft.trace.HeapEvent.Alloc;
import heapcraft.trace.HeapEvent.Realloc;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/// Looks for the shortest sequence that still fails: what is left is what matters.
///
/// ```java
/// Trace found = Workload.ANYTHING.trace(7, 500);
/// Trace shortest = Shrinker.shrink(found, trace -> trace.toString().contains("zeroed"));
/// // heapcraft-trace 1
/// // alloc 0 1 1 zeroed
/// ```
///
/// It leaves out steps, first many at once, then fewer, then single ones (Zeller's
/// [delta debugging](https://doi.org/10.1109/32.988498)), and makes those of a trace smaller, in
/// size and alignment, until nothing more can go. Nothing in it is random: the same failure shrinks
/// to the same sequence.
///
/// @param <E> one step
public final class Shrinker<E> {

    /// A failure that takes long to happen must not take for ever to shrink.
    private static final int MOST_TRIES = 5000;

    private final Function<E, List<E>> smaller;
    private final Predicate<List<E>> fails;
    private List<E> shortest;
    private int tries;

    private Shrinker(List<E> failing, Function<E, List<E>> smaller, Predicate<List<E>> fails) {
        this.shortest = List.copyOf(failing);
        this.smaller = smaller;
        this.fails = fails;
    }

    /// The shortest failing trace that was found, its blocks numbered from 0.
    ///
    /// @param failing a trace that fails
    /// @param fails   whether a trace fails; asked at most 5000 times
    public static Trace shrink(Trace failing, Predicate<Trace> fails) {
        // An event may be left with a block that was never allocated: then it is left out, too.
        return sensible(new Shrinker<>(failing.planned().events(), Shrinker::smaller,
                events -> fails.test(sensible(events))).run());
    }

    /// The shortest failing list that was found: some of its steps, in their order.
    ///
    /// @param failing steps that fail
    /// @param fails   whether a list fails, whatever was left out; asked at most 5000 times
    public static <E> List<E> shrink(List<E> failing, Predicate<List<E>> fails) {
        return new Shrinker<>(failing, step -> List.of(), fails).run();
    }

    private List<E> run() {
        do {
            leaveOutSteps();
        } while (makeSmaller());
        return shortest;
    }

    private void leaveOutSteps() {
        for (int count = Math.max(1, shortest.size() / 2); count > 0; count /= 2) {
            int from = 0;
            while (from < shortest.size()) {
                // What stands behind the gap moves into it: the next try begins at the same place.
                if (!accept(without(from, Math.min(from + count, shortest.size())))) {
                    from += count;
                }
            }
        }
    }

    private List<E> without(int from, int end) {
        List<E> steps = new ArrayList<>(shortest);
        steps.subList(from, end).clear();
        return steps;
    }

    private boolean makeSmaller() {
        boolean any = false;
        for (int i = 0; i < shortest.size(); i++) {
            while (makeSmaller(i)) {
                any = true;
            }
        }
        return any;
    }

    private boolean makeSmaller(int index) {
        for (E less : smaller.apply(shortest.get(index))) {
            List<E> steps = new ArrayList<>(shortest);
            steps.set(index, less);
            if (accept(steps)) {
                return true;
            }
        }
        return false;
    }

    private boolean accept(List<E> candidate) {
        if (tries == MOST_TRIES) {
            return false;
        }
        tries++;
        if (!fails.test(candidate)) {
            return false;
        }
        shortest = List.copyOf(candidate);
        return true;
    }

    private static Trace sensible(List<HeapEvent> events) {
        return Trace.ofSensible(events).renumbered();
    }

    private static List<HeapEvent> smaller(HeapEvent event) {
        List<HeapEvent> smaller = new ArrayList<>();
        if (event instanceof Realloc(long block, long newSize, long _)) {
            smaller(newSize).forEach(size -> smaller.add(new Realloc(block, size)));
        }
        if (event instanceof Alloc(long block, Layout layout, boolean zeroed, long address)) {
            long size = layout.byteSize();
            long alignment = layout.byteAlignment();
            if (zeroed) {
                smaller.add(new Alloc(block, layout));
            }
            if (alignment > 1) {
                smaller.add(new Alloc(block, new Layout(size, 1), zeroed, address));
                smaller.add(new Alloc(block, new Layout(size, alignment / 2), zeroed, address));
            }
            smaller(size).forEach(less -> smaller.add(
                    new Alloc(block, new Layout(less, alignment), zeroed, address)));
        }
        return smaller;
    }

    /// 1, a half, three quarters, seven eighths and so on: one of them is near where failing ends.
    private static List<Long> smaller(long size) {
        List<Long> sizes = new ArrayList<>();
        if (size > 1) {
            sizes.add(1L);
        }
        for (long less = size / 2; less > 0; less /= 2) {
            sizes.add(size - less);
        }
        return sizes;
    }
}
