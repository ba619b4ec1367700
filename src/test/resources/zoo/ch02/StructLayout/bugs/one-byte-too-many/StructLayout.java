// Which is the last byte of a field of 4 bytes at offset 4?
// killed by: names_the_field_that_a_byte_belongs_to, calls_the_gaps_padding
package ch02;

import heapcraft.alloc.Layout;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

public record StructLayout(List<Field> fields) {

    public record Field(String name, Layout layout) { }

    public List<Long> offsets() {
        List<Long> offsets = new ArrayList<>();
        Layout before = new Layout(0, 1);
        for (Field field : fields) {
            Layout.Extended next = before.extend(field.layout);
            offsets.add(next.offset());
            before = next.layout();
        }
        return offsets;
    }

    public Layout layout() {
        Layout whole = new Layout(0, 1);
        for (Field field : fields) {
            whole = whole.extend(field.layout).layout();
        }
        return whole.padToAlign();
    }

    public long padding() {
        long used = 0;
        for (Field field : fields) {
            used += field.layout.byteSize();
        }
        return layout().byteSize() - used;
    }

    public String ownerOf(long offset) {
        if (offset < 0 || offset >= layout().byteSize()) {
            throw new IndexOutOfBoundsException(offset + " is not in " + layout());
        }
        List<Long> offsets = offsets();
        for (int i = 0; i < fields.size(); i++) {
            long from = offsets.get(i);
            if (from <= offset && offset <= from + fields.get(i).layout.byteSize()) {
                return fields.get(i).name;
            }
        }
        return "padding";
    }

    public StructLayout reordered() {
        List<Field> sorted = new ArrayList<>(fields);
        sorted.sort(Comparator.comparing(
                field -> field.layout.byteAlignment(), Comparator.reverseOrder()));
        return new StructLayout(sorted);
    }

    public Field asField(String name) {
        return new Field(name, layout());
    }
}
