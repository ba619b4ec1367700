package heapcraft.trace;

import heapcraft.alloc.Layout;
import heapcraft.trace.HeapEvent.Alloc;
import heapcraft.trace.HeapEvent.Realloc;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/// Looks for the shortest trace that still fails: what is left is what matters.
///
/// ```java
/// Trace found = Workload.ANYTHING.trace(7, 500);
/// Trace shortest = Shrinker.shrink(found, trace -> trace.toString().contains("zeroed"));
/// // heapcraft-trace 1
/// // alloc 0 1 1 zeroed
/// ```
///
/// It leaves out events, first many at once, then fewer, then single ones (Zeller's
/// [delta debugging](https://doi.org/10.1109/32.988498)), and makes sizes and alignments smaller,
/// until nothing more can go. Nothing in it is random: the same failure shrinks to the same trace.
public final class Shrinker {

    /// A failure that takes long to happen must not take for ever to shrink.
    private static final int MOST_TRIES = 5000;

    private final Predicate<Trace> fails;
    private Trace shortest;
    private int tries;

    private Shrinker(Trace failing, Predicate<Trace> fails) {
        this.shortest = failing;
        this.fails = fails;
    }

    /// {@return the shortest failing trace that was found, its blocks numbered from 0}
    ///
    /// @param failing a trace that fails
    /// @param fails   whether a trace fails; asked at most 5000 times
    public static Trace shrink(Trace failing, Predicate<Trace> fails) {
        Shrinker shrinker = new Shrinker(failing.planned(), fails);
        do {
            shrinker.leaveOutEvents();
        } while (shrinker.makeSmaller());
        return shrinker.shortest;
    }

    private void leaveOutEvents() {
        for (int count = Math.max(1, shortest.size() / 2); count > 0; count /= 2) {
            int from = 0;
            while (from < shortest.size()) {
                // What stands behind the gap moves into it, so the next try begins there again.
                if (!accept(without(from, Math.min(from + count, shortest.size())))) {
                    from += count;
                }
            }
        }
    }

    private List<HeapEvent> without(int from, int end) {
        List<HeapEvent> events = new ArrayList<>(shortest.events());
        events.subList(from, end).clear();
        return events;
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
        for (HeapEvent smaller : smaller(shortest.events().get(index))) {
            List<HeapEvent> events = new ArrayList<>(shortest.events());
            events.set(index, smaller);
            if (accept(events)) {
                return true;
            }
        }
        return false;
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

    /// 1, a half, three quarters, seven eighths and so on: one of them is near the size that it
    /// takes to fail.
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

    private boolean accept(List<HeapEvent> events) {
        if (tries == MOST_TRIES) {
            return false;
        }
        tries++;
        Trace candidate = Trace.ofSensible(events).renumbered();
        if (!fails.test(candidate)) {
            return false;
        }
        shortest = candidate;
        return true;
    }
}
