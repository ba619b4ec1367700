package heapcraft.lab.compare;

/// A program of [Situation]: a [Task] that does something with its blocks. What it has computed must
/// be the same on every heap, and is the proof that it ran.
abstract class Program implements Task {

    private long result;

    /// Does a unit of work.
    ///
    /// @return what it has computed
    abstract long run();

    @Override
    public final void slice() {
        result = run();
    }

    long result() {
        return result;
    }

    /// Nobody asks: the tape counts.
    @Override
    public long blocksPerSlice() {
        return 0;
    }

    /// Nobody asks.
    @Override
    public long liveBytes() {
        return 0;
    }
}
