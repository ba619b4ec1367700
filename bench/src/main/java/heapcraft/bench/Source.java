package heapcraft.bench;

/// Where a subject's times come from: a JMH benchmark, or a peer outside Java.
///
/// All use one method: warm up, then time slices of at least [#SLICE_MILLIS], each long enough that
/// reading the clock costs nothing.
interface Source {

    int SLICE_MILLIS = 10;

    /// Something that is not on this machine.
    Source NONE = (warm, slices) -> new double[0];

    /// Measures in a new process.
    ///
    /// @param warm   slices to run first and forget
    /// @param slices slices to keep
    /// @return nanoseconds per operation, slice by slice; none at all where a tool is missing
    double[] measure(int warm, int slices);
}
