package ch02;

import heapcraft.alloc.Layout;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.stream.LongStream;

public record StructLayout(List<Field> fields) {

    public record Field(String name, Layout layout) { }

    public List<Long> offsets() {
        long[] end = {0};
        return fields.stream().map(Field::layout).map(layout -> {
            long offset = up(end[0], layout.byteAlignment());
            end[0] = offset + layout.byteSize();
            return offset;
        }).toList();
    }

    private static long up(long offset, long alignment) {
        return (offset + alignment - 1) / alignment * alignment;
    }

    public Layout layout() {
        long alignment = fields.stream().mapToLong(f -> f.layout().byteAlignment()).max().orElse(1);
        return new Layout(up(fields.isEmpty() ? 0 : end(fields.size() - 1), alignment), alignment);
    }

    private long end(int index) {
        return offsets().get(index) + fields.get(index).layout().byteSize();
    }

    public long padding() {
        return LongStream.range(0, layout().byteSize())
                .filter(offset -> ownerOf(offset).equals("padding")).count();
    }

    public String ownerOf(long offset) {
        if (offset < 0 || layout().byteSize() <= offset) {
            throw new IndexOutOfBoundsException(offset);
        }
        int next = Collections.binarySearch(offsets(), offset);
        int index = next >= 0 ? next : -next - 2;
        return offset < end(index) ? fields.get(index).name() : "padding";
    }

    public StructLayout reordered() {
        return new StructLayout(fields.stream()
                .sorted(Comparator.comparingLong(f -> -f.layout().byteAlignment())).toList());
    }

    public Field asField(String name) {
        return new Field(name, layout());
    }
}
