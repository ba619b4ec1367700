package heapcraft.exercise;

import heapcraft.alloc.GlobalAlloc;
import heapcraft.alloc.Layout;
import heapcraft.trace.HeapEvent;
import heapcraft.trace.Trace;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.concurrent.atomic.AtomicReference;

/// A heap that writes down what it is asked, in order, and is no kinder than a heap has to be.
///
/// Its blocks are aligned to what was asked for and to nothing more, full of dirt when they are
/// handed out, and full of other dirt once they are given back. It can run out of memory at a
/// chosen call. Mistakes, such as a second `dealloc`, are written down and otherwise ignored.
///
/// ```java
/// var heap = new WitnessHeap();
/// Layout layout = new Layout(24, 8);
/// heap.dealloc(heap.alloc(layout), layout);
/// heap.log();   // "alloc(24, 8) = #1; dealloc(#1, 24, 8)"
/// ```
///
/// Blocks stay readable, as dirt, after their `dealloc`, and addresses are not used twice. For one
/// thread.
public final class WitnessHeap implements GlobalAlloc {

    private static final long CAPACITY = 64 * 1024; // 64 KiB
    private static final long NEVER_WRITTEN = 0xA5A5_A5A5_A5A5_A5A5L;
    private static final long GIVEN_BACK = 0xDDDD_DDDD_DDDD_DDDDL;

    /// The heap that was used last in this process, for whoever tells of a failure.
    private static final AtomicReference<WitnessHeap> LAST_USED = new AtomicReference<>();

    /// At a page of its own, so that two runs differ in nothing but the page.
    private final MemorySegment memory = Arena.ofAuto().allocate(CAPACITY, 4096);
    private final Map<Long, Block> blocks = new LinkedHashMap<>();
    private final List<String> log = new ArrayList<>();
    private final List<String> mistakes = new ArrayList<>();
    private final List<HeapEvent> events = new ArrayList<>();
    /// Everything from here to the end of `memory` was never handed out.
    private long top;
    private int callsBeforeFailure;

    /// A heap that runs out of memory only when its 64 KiB are used up.
    public WitnessHeap() {
        this(0);
    }

    /// A heap that has no memory for one of its callers.
    ///
    /// @param failingCall which call of `alloc` gets `NULL`, from 1 on; 0 for none
    public WitnessHeap(int failingCall) {
        callsBeforeFailure = failingCall;
    }

    @Override
    public MemorySegment alloc(Layout layout) {
        if (layout.byteSize() == 0) {
            throw new IllegalArgumentException("size 0: a heap block has at least 1 byte");
        }
        LAST_USED.set(this);
        String call = "alloc(" + sizes(layout) + ") = ";
        long offset = awkwardOffset(layout.byteAlignment());
        boolean refused = --callsBeforeFailure == 0;
        if (refused || offset > CAPACITY || layout.byteSize() > CAPACITY - offset) {
            log.add(call + "NULL");
            return MemorySegment.NULL;
        }
        top = offset + layout.byteSize();
        MemorySegment bytes = memory.asSlice(offset, layout.byteSize()).fill((byte) NEVER_WRITTEN);
        Block block = new Block(blocks.size() + 1, layout, bytes);
        blocks.put(bytes.address(), block);
        log.add(call + block.name());
        events.add(new HeapEvent.Alloc(block.number, layout, false, bytes.address()));
        return bytes;
    }

    @Override
    public void dealloc(MemorySegment bytes, Layout layout) {
        LAST_USED.set(this);
        Block block = blocks.get(bytes.address());
        String name = block != null ? block.name()
                : GlobalAlloc.isNull(bytes) ? "NULL" : "a block from elsewhere";
        String objection = block == null ? "" : block.objection(layout);
        String call = "dealloc(" + name + ", " + sizes(layout) + ")" + objection;
        log.add(call);
        if (block == null || !objection.isEmpty()) {
            mistakes.add(call);
        }
        if (block != null && block.live) {
            events.add(new HeapEvent.Free(block.number));
            block.giveBack();
        }
    }

    /// Writes something down between the calls, such as that a constructor ran.
    public void note(String event) {
        log.add(event);
    }

    /// Runs code for what this heap sees of it; what it throws, unless it is a gap, is swallowed.
    ///
    /// @return the [#log()] by then
    public String logAfter(Runnable code) {
        try {
            code.run();
        } catch (Todo gap) {
            throw gap;
        } catch (Throwable expected) {
            // A claim about the exception is another test's business.
        }
        return log();
    }

    /// What happened, in order, separated by `; `, or `nothing`.
    public String log() {
        return log.isEmpty() ? "nothing" : String.join("; ", log);
    }

    /// What happened to the memory: blocks by their numbers in the log, and nothing of what was
    /// refused or asked by mistake.
    public Trace trace() {
        return new Trace(events);
    }

    /// What happened to the memory of the heap that was used last since the last call, if one was;
    /// forgets it.
    public static Trace takeLastTrace() {
        WitnessHeap last = LAST_USED.getAndSet(null);
        return last == null ? new Trace(List.of()) : last.trace();
    }

    /// The blocks that were not given back, in the order of their allocation, such as `#1, #3`.
    public String live() {
        StringJoiner names = new StringJoiner(", ");
        blocks.values().stream().filter(block -> block.live)
                .forEach(block -> names.add(block.name()));
        return names.length() == 0 ? "no block" : names.toString();
    }

    /// How many blocks were not given back.
    public long liveBlocks() {
        return blocks.values().stream().filter(block -> block.live).count();
    }

    /// What should not have been asked, in order, separated by `; `; empty if nothing was.
    public String mistakes() {
        return String.join("; ", mistakes);
    }

    /// A number that was read from one of these blocks, or whose bytes these are.
    public static String spelled(long read) {
        if (read == NEVER_WRITTEN) {
            return "the bytes of a new block";
        }
        return read == GIVEN_BACK ? "the bytes of a freed block" : Long.toString(read);
    }

    /// Bytes in hexadecimal, and what they are if there is dirt of these blocks among them.
    public static String spelled(MemorySegment read) {
        return explained(HexFormat.ofDelimiter(" ").withUpperCase()
                .formatHex(read.toArray(ValueLayout.JAVA_BYTE)));
    }

    /// A text with bytes in hexadecimal, and what they are if there is dirt of these blocks among
    /// them.
    public static String explained(String hex) {
        return hex + (hex.contains("A5") ? "  (A5: never written)" : "")
                + (hex.contains("DD") ? "  (DD: given back before)" : "");
    }

    /// The next offset whose address is a multiple of the alignment, but of no greater one.
    private long awkwardOffset(long byteAlignment) {
        long address = memory.address() + top;
        long aligned = address + (-address & (byteAlignment - 1));
        long awkward = (aligned & byteAlignment) == 0 ? aligned + byteAlignment : aligned;
        return awkward - memory.address();
    }

    private static String sizes(Layout layout) {
        return layout.byteSize() + ", " + layout.byteAlignment();
    }

    private static final class Block {
        private final int number;
        private final Layout layout;
        private final MemorySegment bytes;
        private boolean live = true;

        Block(int number, Layout layout, MemorySegment bytes) {
            this.number = number;
            this.layout = layout;
            this.bytes = bytes;
        }

        String name() {
            return "#" + number;
        }

        /// What is wrong with giving this block back with a layout; empty if nothing is.
        String objection(Layout claimed) {
            if (!live) {
                return " a second time";
            }
            return claimed.equals(layout) ? "" : " though it has " + sizes(layout);
        }

        void giveBack() {
            live = false;
            bytes.fill((byte) GIVEN_BACK);
        }
    }
}
