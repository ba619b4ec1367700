// Is every struct aligned to 8?
// killed by: aligns_the_whole_like_its_strictest_field, a_struct_within_a_struct_keeps_its_padding, a_struct_without_fields_has_no_bytes, agrees_with_the_compiler_about_any_fields, counts_the_bytes_that_nobody_owns, pads_the_end_so_that_structs_can_stand_in_a_row, refuses_a_byte_outside_the_struct
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
        return whole.alignTo(8).padToAlign();
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
            if (from <= offset && offset < from + fields.get(i).layout.byteSize()) {
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
