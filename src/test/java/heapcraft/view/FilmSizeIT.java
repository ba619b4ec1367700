package heapcraft.view;

import static org.junit.jupiter.api.Assertions.assertTrue;

import heapcraft.alloc.BuddyAlloc;
import heapcraft.alloc.Fit;
import heapcraft.alloc.FreeListAlloc;
import heapcraft.trace.Trace;
import heapcraft.trace.Workload;
import java.lang.foreign.Arena;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FilmSizeIT {

    private static final int MOST_BYTES = 1_000_000;

    @ParameterizedTest
    @EnumSource(Workload.class)
    void ten_thousand_events_on_two_heaps_stay_below_a_megabyte(Workload workload) {
        try (Arena arena = Arena.ofConfined()) {
            Trace plan = workload.trace(42, 10_000);
            int bytes = Film.of(plan,
                    new FreeListAlloc(arena.allocate(8 << 20, 4096), Fit.FIRST),
                    new BuddyAlloc(arena.allocate(8 << 20, 4096)))
                    .page().getBytes(StandardCharsets.UTF_8).length;
            assertTrue(bytes < MOST_BYTES, () -> workload + ": " + bytes + " bytes");
        }
    }
}
