// Looks for the end of each hole from its beginning.
package ch07;

import java.util.Collections;
import java.util.LinkedList;
import java.util.List;

public final class FragmentationMeter {

    public record Stretch(boolean isLive, long asked, long taken) {
        public static Stretch live(long asked, long taken) {
            return new Stretch(true, asked, taken);
        }

        public static Stretch free(long taken) {
            return new Stretch(false, 0, taken);
        }
    }

    private final Stretch[] heap;

    public FragmentationMeter(List<Stretch> heap) {
        this.heap = heap.toArray(Stretch[]::new);
    }

    public List<Long> holes() {
        List<Long> holes = new LinkedList<>();
        for (int from = 0; from < heap.length; from++) {
            long bytes = 0;
            int to = from;
            while (to < heap.length && !heap[to].isLive()) {
                bytes += heap[to++].taken();
            }
            if (to > from) {
                holes.add(bytes);
                from = to;
            }
        }
        return holes;
    }

    public long free() {
        long free = 0;
        for (Stretch stretch : heap) {
            free += stretch.isLive() ? 0 : stretch.taken();
        }
        return free;
    }

    public long largestHole() {
        List<Long> holes = holes();
        return holes.isEmpty() ? 0 : Collections.max(holes);
    }

    public double external() {
        double free = free();
        return free > 0 ? (free - largestHole()) / free : 0;
    }

    public double internal() {
        double taken = 0;
        double asked = 0;
        for (Stretch stretch : heap) {
            if (stretch.isLive()) {
                taken += stretch.taken();
                asked += stretch.asked();
            }
        }
        return taken == 0 ? 0 : (taken - asked) / taken;
    }

    public double utilisation() {
        double all = 0;
        double asked = 0;
        for (Stretch stretch : heap) {
            all += stretch.taken();
            asked += stretch.asked();
        }
        return all == 0 ? 0 : asked / all;
    }

    public boolean canServe(long byteSize) {
        for (long hole : holes()) {
            if (hole >= byteSize) {
                return true;
            }
        }
        return false;
    }

    public boolean failsThoughFree(long byteSize) {
        if (free() < byteSize) {
            return false;
        }
        return !canServe(byteSize);
    }
}
