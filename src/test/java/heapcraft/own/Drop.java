package heapcraft.own;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/// Numbers whose destructors are written down, and may be told to throw.
final class Drop {

    /// What was dropped, in order.
    final List<Integer> dropped = new ArrayList<>();
    /// The numbers whose destructors throw.
    final List<Integer> throwing = new ArrayList<>();
    final Type<Integer> type = Type.INT.onDrop(this::drop);

    private void drop(MemorySegment at) {
        int value = Type.INT.read(at);
        dropped.add(value);
        if (throwing.contains(value)) {
            throw new Burst(value);
        }
    }

    static final class Burst extends RuntimeException {
        private static final long serialVersionUID = 1;

        Burst(int value) {
            super("destructor of " + value);
        }
    }
}
