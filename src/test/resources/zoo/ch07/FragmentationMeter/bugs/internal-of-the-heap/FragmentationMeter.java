// Is internal fragmentation a share of the heap, of its live blocks, or of what was asked for?
// killed by: internal_is_a_share_of_the_live_bytes, counts_further_than_an_int, agrees_with_a_count_byte_by_byte
package ch07;

import java.util.ArrayList;
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

    private final List<Stretch> heap;

    public FragmentationMeter(List<Stretch> heap) {
        this.heap = List.copyOf(heap);
    }

    public List<Long> holes() {
        List<Long> holes = new ArrayList<>();
        long hole = 0;
        for (Stretch stretch : heap) {
            if (!stretch.isLive()) {
                hole += stretch.taken();
            } else if (hole > 0) {
                holes.add(hole);
                hole = 0;
            }
        }
        if (hole > 0) {
            holes.add(hole);
        }
        return holes;
    }

    public long free() {
        return holes().stream().mapToLong(hole -> hole).sum();
    }

    public long largestHole() {
        return holes().stream().mapToLong(hole -> hole).max().orElse(0);
    }

    public double external() {
        return share(free() - largestHole(), free());
    }

    public double internal() {
        long live = taken() - free();
        return share(live - asked(), taken());
    }

    public double utilisation() {
        return share(asked(), taken());
    }

    public boolean canServe(long byteSize) {
        return byteSize <= largestHole();
    }

    public boolean failsThoughFree(long byteSize) {
        return !canServe(byteSize) && byteSize <= free();
    }

    private long asked() {
        return heap.stream().mapToLong(Stretch::asked).sum();
    }

    private long taken() {
        return heap.stream().mapToLong(Stretch::taken).sum();
    }

    private static double share(long part, long whole) {
        return whole == 0 ? 0 : (double) part / whole;
    }
}
