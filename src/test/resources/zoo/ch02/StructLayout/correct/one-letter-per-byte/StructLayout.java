package ch02;

import heapcraft.alloc.Layout;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;

public record StructLayout(List<Field> fields) {

    public record Field(String name, Layout layout) { }

    public List<Long> offsets() {
        List<Long> offsets = new ArrayList<>();
        for (Field field : fields) {
            offsets.add((long) owners().indexOf(field.name));
        }
        return offsets;
    }

    private List<String> owners() {
        List<String> owners = new ArrayList<>();
        for (Field field : fields) {
            pad(owners, field.layout.byteAlignment());
            owners.addAll(Collections.nCopies((int) field.layout.byteSize(), field.name));
        }
        pad(owners, strictest());
        return owners;
    }

    private static void pad(List<String> owners, long alignment) {
        while (owners.size() % alignment != 0) {
            owners.add("padding");
        }
    }

    private long strictest() {
        return fields.stream().mapToLong(field -> field.layout.byteAlignment()).max().orElse(1);
    }

    public Layout layout() {
        return new Layout(owners().size(), strictest());
    }

    public long padding() {
        return Collections.frequency(owners(), "padding");
    }

    public String ownerOf(long offset) {
        return owners().get(Math.toIntExact(Objects.checkIndex(offset, (long) owners().size())));
    }

    public StructLayout reordered() {
        List<Field> sorted = new ArrayList<>();
        for (long alignment = strictest(); alignment > 0; alignment /= 2) {
            for (Field field : fields) {
                if (field.layout.byteAlignment() == alignment) {
                    sorted.add(field);
                }
            }
        }
        return new StructLayout(sorted);
    }

    public Field asField(String name) {
        return new Field(name, new Layout(owners().size(), strictest()));
    }
}
