package heapcraft.view;

import heapcraft.alloc.BuddyAlloc;
import heapcraft.alloc.BumpAllocator;
import heapcraft.alloc.Fit;
import heapcraft.alloc.FreeListAlloc;
import heapcraft.alloc.GlobalAlloc;
import heapcraft.alloc.Layout;
import heapcraft.alloc.Walkable;
import heapcraft.alloc.Walkable.Block;
import heapcraft.trace.HeapEvent;
import heapcraft.trace.HeapEvent.Alloc;
import heapcraft.trace.HeapEvent.Free;
import heapcraft.trace.HeapEvent.Realloc;
import heapcraft.view.Scene.Control;
import heapcraft.view.Scene.Fact;
import heapcraft.view.Scene.Strip;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;

/// One block that grows and shrinks, in place or by moving, and the reason for it each time.
///
/// ```java
/// Simulator walk = new ReallocWalk();
/// walk.on(new Simulator.Action("wall", ""));   // a block right behind
/// walk.on(new Simulator.Action("grow", ""));   // so now it has to move
/// walk.scene().say();
/// ```
public final class ReallocWalk implements Simulator {

    private static final long BYTES = 1024;
    private static final long HEADER = 8;
    private static final String FREE_LIST = "free list";
    private static final String BUDDY = "buddy";
    private static final String ARENA = "bump arena";
    /// The block that is resized.
    private static final long HERO = 0;
    private static final long FIRST_SIZE = 24;
    private static final long WALL = 40;

    private String design = FREE_LIST;
    private RecordedHeap heap;
    private CountedAlloc cost;
    private int inPlace;
    private int moves;
    private String say;
    private String alert;

    /// A block of 24 bytes on a free list.
    public ReallocWalk() {
        restart();
    }

    private void restart() {
        MemorySegment memory = Arena.ofAuto().allocate(HEADER + BYTES, BYTES);
        heap = switch (design) {
            case BUDDY -> counted(new BuddyAlloc(memory.asSlice(0, BYTES)));
            case ARENA -> counted(new BumpAllocator(memory.asSlice(0, BYTES)));
            default -> counted(new FreeListAlloc(memory.asSlice(HEADER, BYTES), Fit.FIRST));
        };
        inPlace = 0;
        moves = 0;
        alert = "";
        heap.ask(new Alloc(HERO, new Layout(FIRST_SIZE, HEADER)));
        say = "Block 0 has " + FIRST_SIZE + " bytes. Let it grow.";
    }

    private <H extends GlobalAlloc & Walkable> RecordedHeap counted(H real) {
        cost = new CountedAlloc(real, () -> 0);
        return new RecordedHeap(cost, real, null);
    }

    @Override
    public void on(Action action) {
        alert = "";
        switch (action.control()) {
            case "grow" -> resize(2 * size());
            case "shrink" -> resize(Math.max(1, size() / 2));
            case "wall" -> wall();
            case "heap" -> free(heap.liveAt(action.address()));
            case "design" -> {
                design = action.value();
                restart();
            }
            case "restart" -> restart();
            default -> throw new IllegalArgumentException("there is no " + action.control());
        }
    }

    private long size() {
        return heap.layout(HERO).byteSize();
    }

    private void wall() {
        long number = heap.nextNumber();
        heap.ask(new Alloc(number, new Layout(WALL, HEADER)));
        if (heap.block(number) == null) {
            say = "Block " + number + " got nothing.";
            alert = "The heap has no place for " + WALL + " bytes more.";
        } else {
            say = "Block " + number + " has " + WALL + " bytes, at offset " + offset(number) + ".";
        }
    }

    private long offset(long number) {
        return heap.block(number).address() - heap.start();
    }

    private void free(long number) {
        if (number <= HERO) {
            alert = "Click a block in use other than block 0: block 0 is the one that is resized.";
        } else {
            heap.ask(new Free(number));
            say = design.equals(ARENA)
                    ? "Block " + number + " was given back, but an arena takes nothing back alone."
                    : "Block " + number + " was given back.";
        }
    }

    private void resize(long newSize) {
        long oldSize = size();
        long from = heap.block(HERO).address();
        String behind = behind(from, newSize);
        heap.ask(new Realloc(HERO, newSize));
        String change = oldSize + " → " + newSize + " bytes: ";
        if (((Realloc) heap.last()).address() == HeapEvent.REFUSED) {
            say = change + "refused. The old block is as it was.";
            alert = "No place for " + newSize + " bytes was found while the old block stands.";
        } else if (heap.block(HERO).address() == from) {
            inPlace++;
            say = change + "in place. " + (newSize < oldSize ? "Shrinking needs no new place."
                    : behind);
        } else {
            moves++;
            say = change + "moved, and " + Math.min(oldSize, newSize) + " bytes copied. " + behind;
        }
    }

    /// What decides: what stands behind the block, or how the design rounds.
    private String behind(long from, long newSize) {
        return switch (design) {
            case BUDDY -> "Its block has " + heap.heap().goodSize(heap.layout(HERO)) + " bytes; "
                    + newSize + " need one of "
                    + heap.heap().goodSize(new Layout(newSize, HEADER)) + ".";
            case ARENA -> "This arena never resizes: each change takes new bytes, the old ones stay"
                    + " taken until the reset.";
            default -> behindInList(from);
        };
    }

    private String behindInList(long from) {
        long end = from - HEADER + (size() + HEADER + 15 & -16);
        Block hole = heap.holeAt(end);
        return hole == null ? "A block in use, or the heap's end, stands right behind it."
                : "The hole right behind it had " + hole.byteSize() + " bytes.";
    }

    /// The heap of this walk; a restart makes another one.
    RecordedHeap heap() {
        return heap;
    }

    @Override
    public Scene scene() {
        return new Scene("Realloc: in place or moved", List.of(
                new Control.Button("grow", "Grow block 0 to " + 2 * size(), true),
                new Control.Button("shrink", "Shrink block 0 to " + Math.max(1, size() / 2),
                        size() > 1),
                new Control.Button("wall", "Allocate another " + WALL, true),
                new Control.Choice("design", "Heap", List.of(FREE_LIST, BUDDY, ARENA), design),
                new Control.Button("restart", "Start again", true)),
                List.of(new Strip("heap", design + ", 1024 bytes; click a block to free it",
                        heap.picture(), true)),
                List.of(new Fact("block 0", size() + " bytes at offset " + offset(HERO)),
                        new Fact("in place", Plural.of(inPlace, "time")),
                        new Fact("moved", Plural.of(moves, "time")),
                        new Fact("refused", Plural.of(heap.refused(), "time")),
                        new Fact("copied", cost.bytesMoved() + " bytes")),
                say, alert, "");
    }
}
