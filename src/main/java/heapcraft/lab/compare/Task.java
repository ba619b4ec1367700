package heapcraft.lab.compare;

/// One thread's share of a workload: the same calls in the same order, whoever the allocator is.
interface Task {

    /// Makes what is alive before the first slice.
    default void begin() { }

    /// A fixed amount of work.
    void slice();

    /// How many blocks a slice allocates, resizes and frees.
    long blocksPerSlice();

    /// The bytes that the program asked for in the blocks alive now.
    long liveBytes();

    /// What becomes of the blocks when the work is over; some may stay.
    default void end() { }

    /// Frees what is still there.
    default void clear() { }
}
