package heapcraft.alloc;

/// Which of the holes that are large enough a [FreeListAlloc] takes.
public enum Fit {
    /// The one with the lowest address.
    FIRST,
    /// The next one behind the place where the last search ended.
    NEXT,
    /// The smallest.
    BEST,
    /// The largest.
    WORST;

    static final long NONE = -1;

    /// Searches a part of the list.
    ///
    /// @param before the hole before the first one to look at
    /// @param until  the first one not to look at, or 0
    /// @return the hole before the one to take, or `NONE`
    long search(Holes holes, long before, long until, long byteSize, long byteAlignment) {
        long found = NONE;
        long foundSize = 0;
        for (long hole = holes.next(before); hole != until; hole = holes.next(hole)) {
            long size = holes.sizeOf(hole);
            if (byteSize <= size - Holes.front(hole, byteAlignment)
                    && (found == NONE || prefers(size, foundSize))) {
                found = before;
                foundSize = size;
                if (this == FIRST || this == NEXT) {
                    break;
                }
            }
            before = hole;
        }
        return found;
    }

    private boolean prefers(long size, long other) {
        return this == BEST ? size < other : this == WORST && size > other;
    }
}
