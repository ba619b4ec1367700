// One walk in the constructor; the methods only look up.
package ch07;

import java.util.ArrayList;
import java.util.Collections;
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

    private final List<Long> holes = new ArrayList<>();
    private long free;
    private long live;
    private long asked;
    private long largest;

    public FragmentationMeter(List<Stretch> heap) {
        boolean wasFree = false;
        for (Stretch stretch : heap) {
            if (stretch.isLive()) {
                live += stretch.taken();
                asked += stretch.asked();
            } else {
                long before = wasFree ? holes.removeLast() : 0;
                holes.add(before + stretch.taken());
                free += stretch.taken();
                largest = Math.max(largest, holes.getLast());
            }
            wasFree = !stretch.isLive();
        }
    }

    public List<Long> holes() {
        return Collections.unmodifiableList(holes);
    }

    public long free() {
        return free;
    }

    public long largestHole() {
        return largest;
    }

    public double external() {
        return free == 0 ? 0 : 1 - 1.0 * largest / free;
    }

    public double internal() {
        return live == 0 ? 0 : 1 - 1.0 * asked / live;
    }

    public double utilisation() {
        return live + free == 0 ? 0 : 1.0 * asked / (live + free);
    }

    public boolean canServe(long byteSize) {
        return largest - byteSize >= 0;
    }

    public boolean failsThoughFree(long byteSize) {
        return largest < byteSize && byteSize <= free;
    }
}
