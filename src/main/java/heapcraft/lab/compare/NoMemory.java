package heapcraft.lab.compare;

/// An allocator had no block, and the workload cannot go on.
final class NoMemory extends RuntimeException {

    private static final long serialVersionUID = 1;

    NoMemory(long byteSize) {
        super("no memory for a block of " + byteSize + " bytes");
    }
}
