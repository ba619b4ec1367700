package heapcraft.alloc;

import java.util.List;

/// A heap that can be looked through, block by block: what a picture of it is drawn from.
public interface Walkable {

    /// What a stretch of a heap is used for.
    enum Use {
        /// Handed out and not given back.
        LIVE,
        /// Ready to be handed out.
        FREE,
        /// What the heap has written down about a block, beside it.
        HEADER,
        /// None of these: padding, remains too small to hand out.
        OVERHEAD
    }

    /// A stretch of a heap. It says where memory is and gives no access to it.
    ///
    /// @param address  the first byte's address
    /// @param byteSize the length in bytes
    /// @param use      what it is used for
    record Block(long address, long byteSize, Use use) {

        /// {@return the address of the first byte behind the block}
        public long end() {
            return address + byteSize;
        }
    }

    /// {@return the heap's blocks in the order of their addresses, or, where the heap is made of
    /// several pieces, piece by piece}
    ///
    /// @implSpec Within a piece each block begins where the one before ends.
    List<Block> blocks();
}
