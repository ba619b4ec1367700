package heapcraft.exercise;

import static heapcraft.alloc.GlobalAlloc.isNull;

import heapcraft.alloc.Layout;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/// A C library that writes down what it is asked, and promises no more than the standards do.
///
/// `malloc` aligns a small block to no more than its size, as jemalloc does, and has an answer for
/// 0 bytes; `realloc` always moves; `posix_memalign` refuses an alignment below 8 and leaves garbage behind when it fails.
/// Memory is dirty, and runs out at a chosen call.
///
/// ```java
/// var c = new WitnessLibrary();
/// c.free(c.malloc(100));
/// c.log();   // "malloc(100) = #1; free(#1)"
/// ```
///
/// Blocks stay readable, as dirt, after their end. For one thread.
public final class WitnessLibrary implements CLibrary {

    private static final int ENOMEM = 12;
    private static final int EINVAL = 22;
    private static final long MALLOC_ALIGNMENT = 16;
    private static final long POINTER = 8;

    /// Where the blocks lie: aligned to what was asked for and to nothing more.
    private final WitnessHeap memory = new WitnessHeap();
    private final List<MemorySegment> blocks = new ArrayList<>();
    private final List<Layout> layouts = new ArrayList<>();
    private final List<String> log = new ArrayList<>();
    private int callsBeforeFailure;

    /// A library that runs out of memory only when its 64 KiB are used up.
    public WitnessLibrary() {
        this(0);
    }

    /// A library that has no memory for one of its callers.
    ///
    /// @param failingCall which call that wants memory gets none, from 1 on; 0 for none
    public WitnessLibrary(int failingCall) {
        callsBeforeFailure = failingCall;
    }

    @Override
    public MemorySegment malloc(long byteSize) {
        return logged("malloc(" + byteSize + ")", taken(byteSize, mallocAlignment(byteSize)));
    }

    @Override
    public MemorySegment calloc(long count, long byteSize) {
        long whole = Math.multiplyExact(count, byteSize);
        MemorySegment block = taken(whole, mallocAlignment(whole));
        return logged("calloc(" + count + ", " + byteSize + ")",
                isNull(block) ? block : block.fill((byte) 0));
    }

    @Override
    public MemorySegment realloc(MemorySegment block, long byteSize) {
        String call = "realloc(" + name(block) + ", " + byteSize + ")";
        MemorySegment moved = taken(byteSize, mallocAlignment(byteSize));
        if (!isNull(moved)) {
            MemorySegment.copy(block, 0, moved, 0, Math.min(block.byteSize(), byteSize));
            released(block);
        }
        return logged(call, moved);
    }

    @Override
    public int posixMemalign(MemorySegment[] out, long byteAlignment, long byteSize) {
        String call = "posix_memalign(" + byteAlignment + ", " + byteSize + ")";
        boolean wrong = byteAlignment < POINTER || Long.bitCount(byteAlignment) != 1;
        MemorySegment block = wrong ? MemorySegment.NULL : taken(byteSize, byteAlignment);
        if (isNull(block)) {
            // POSIX leaves open what stands there now; an address that looks good is the worst.
            out[0] = MemorySegment.ofAddress(0xA5A5_A5A5_A5A0L);
            log.add(call + " = error " + (wrong ? EINVAL : ENOMEM));
            return wrong ? EINVAL : ENOMEM;
        }
        out[0] = logged(call, block);
        return 0;
    }

    @Override
    public void free(MemorySegment block) {
        log.add("free(" + name(block) + ")");
        released(block);
    }

    /// What happened, in order, separated by `; `, or `nothing`.
    public String log() {
        return log.isEmpty() ? "nothing" : String.join("; ", log);
    }

    /// Runs code for what this library sees of it; what it throws, unless it is a gap, is swallowed.
    ///
    /// @return the [#log()] by then
    public String logAfter(Runnable code) {
        memory.logAfter(code);
        return log();
    }

    /// The blocks that were not given back, such as `#1, #3`.
    public String live() {
        return memory.live();
    }

    private static long mallocAlignment(long byteSize) {
        return Math.clamp(Long.highestOneBit(byteSize), 1, MALLOC_ALIGNMENT);
    }

    private MemorySegment taken(long byteSize, long byteAlignment) {
        if (--callsBeforeFailure == 0) {
            return MemorySegment.NULL;
        }
        Layout layout = new Layout(Math.max(1, byteSize), byteAlignment);
        MemorySegment block = memory.alloc(layout);
        if (isNull(block)) {
            return block;
        }
        blocks.add(block);
        layouts.add(layout);
        return block.asSlice(0, byteSize);
    }

    private void released(MemorySegment block) {
        int index = index(block);
        memory.dealloc(block, index < 0 ? new Layout(block.byteSize(), 1) : layouts.get(index));
    }

    private MemorySegment logged(String call, MemorySegment block) {
        log.add(call + " = " + name(block));
        return block;
    }

    private String name(MemorySegment block) {
        int index = index(block);
        return isNull(block) ? "NULL" : index < 0 ? "a block from elsewhere" : "#" + (index + 1);
    }

    private int index(MemorySegment block) {
        for (int i = 0; i < blocks.size(); i++) {
            if (blocks.get(i).address() == block.address()) {
                return i;
            }
        }
        return -1;
    }
}
