// A linked list that is swept for neighbours after each free.
package ch07;

import heapcraft.alloc.GlobalAlloc;
import heapcraft.alloc.Layout;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

public final class FreeList implements GlobalAlloc {

    public static final long NOWHERE = -1;

    public record Hole(long start, long end) {
        @Override
        public String toString() {
            return start + "-" + (end - 1);
        }
    }

    private static final class Node {
        long start;
        long end;
        Node next;

        Node(long start, long end, Node next) {
            this.start = start;
            this.end = end;
            this.next = next;
        }
    }

    private final MemorySegment memory;
    /// Stands before the first hole and is none.
    private final Node head = new Node(-1, -1, null);

    public FreeList(MemorySegment memory) {
        this.memory = memory;
        head.next = new Node(0, memory.byteSize(), null);
    }

    public List<Hole> holes() {
        List<Hole> holes = new ArrayList<>();
        for (Node node = head.next; node != null; node = node.next) {
            holes.add(new Hole(node.start, node.end));
        }
        return holes;
    }

    public long placeIn(Hole hole, Layout layout) {
        long address = memory.address() + hole.start();
        long rest = address % layout.byteAlignment();
        long start = rest == 0 ? hole.start() : hole.start() + (layout.byteAlignment() - rest);
        return hole.end() - start < layout.byteSize() ? NOWHERE : start;
    }

    @Override
    public MemorySegment alloc(Layout layout) {
        Node before = head;
        while (before.next != null) {
            Node node = before.next;
            long start = placeIn(new Hole(node.start, node.end), layout);
            if (start != NOWHERE) {
                node.next = new Node(start + layout.byteSize(), node.end, node.next);
                node.end = start;
                sweep();
                return memory.asSlice(start, layout.byteSize());
            }
            before = node;
        }
        return MemorySegment.NULL;
    }

    @Override
    public void dealloc(MemorySegment block, Layout layout) {
        long start = block.address() - memory.address();
        Node before = head;
        while (before.next != null && before.next.start < start) {
            before = before.next;
        }
        before.next = new Node(start, start + layout.byteSize(), before.next);
        sweep();
    }

    /// Leaves out empty holes, and joins those that touch.
    private void sweep() {
        Node node = head;
        while (node.next != null) {
            Node next = node.next;
            if (next.start == next.end) {
                node.next = next.next;
            } else if (node.end == next.start) {
                node.end = next.end;
                node.next = next.next;
            } else {
                node = next;
            }
        }
    }
}
