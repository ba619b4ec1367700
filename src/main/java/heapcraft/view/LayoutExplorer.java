package heapcraft.view;

import heapcraft.alloc.CStruct;
import heapcraft.alloc.CStruct.Field;
import heapcraft.view.HeapPicture.Block;
import heapcraft.view.HeapPicture.Piece;
import heapcraft.view.HeapPicture.State;
import heapcraft.view.Scene.Control;
import heapcraft.view.Scene.Fact;
import heapcraft.view.Scene.Strip;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// A C struct whose fields a reader moves about, to see how the padding comes and goes.
///
/// ```java
/// record Order(byte side, long price, short lots) { }
///
/// Simulator order = new LayoutExplorer(CStruct.of(Order.class));
/// ```
public final class LayoutExplorer implements Simulator {

    private record Trade(byte side, long price, short lots, int account, boolean open) { }

    /// The fields as they were declared, by what a reader calls them.
    private final Map<String, MemoryLayout> types = new LinkedHashMap<>();
    private List<String> order;
    private CStruct struct;

    /// An order at an exchange: five fields, in an order that wastes a third of it.
    public LayoutExplorer() {
        this(CStruct.of(Trade.class));
    }

    /// Explores a struct.
    ///
    /// @param struct the fields, in the order to begin with
    /// @throws IllegalArgumentException if two fields have one name
    public LayoutExplorer(CStruct struct) {
        for (Field field : struct.fields()) {
            types.put(field.type().name().orElse("field " + types.size()) + ": "
                    + cType(field.type()), field.type());
        }
        if (types.size() < struct.fields().size()) {
            throw new IllegalArgumentException("two fields have one name: " + struct.fields());
        }
        arrange(List.copyOf(types.keySet()));
    }

    private static String cType(MemoryLayout type) {
        if (!(type instanceof ValueLayout value)) {
            return "struct";
        }
        return value.carrier() == MemorySegment.class ? "pointer"
                : value.carrier().getSimpleName();
    }

    private void arrange(List<String> order) {
        if (order.size() != types.size() || !types.keySet().equals(Set.copyOf(order))) {
            throw new IllegalArgumentException("the fields are " + types.keySet() + ", not "
                    + order);
        }
        this.order = order;
        struct = CStruct.of(order.stream().map(types::get).toArray(MemoryLayout[]::new));
    }

    @Override
    public void on(Action action) {
        switch (action.control()) {
            case "fields" -> arrange(action.items());
            case "declared" -> arrange(List.copyOf(types.keySet()));
            case "aligned" -> arrange(byAlignment());
            default -> throw new IllegalArgumentException("there is no " + action.control());
        }
    }

    private List<String> byAlignment() {
        List<MemoryLayout> wanted = struct.reordered().fields().stream().map(Field::type).toList();
        return types.keySet().stream()
                .sorted((a, b) -> wanted.indexOf(types.get(a)) - wanted.indexOf(types.get(b)))
                .toList();
    }

    @Override
    public Scene scene() {
        long size = struct.layout().byteSize();
        List<Block> two = new ArrayList<>(blocks(0));
        two.addAll(blocks(size));
        return new Scene("Layout explorer", List.of(
                new Control.Order("fields", "Fields", order),
                new Control.Button("declared", "As declared", true),
                new Control.Button("aligned", "Largest alignment first", true)),
                List.of(new Strip("struct", "One struct", picture(blocks(0), size), false),
                        new Strip("array", "Two in a row", picture(two, 2 * size), false)),
                facts(), say(), "", toJava());
    }

    private static HeapPicture picture(List<Block> blocks, long byteSize) {
        return new HeapPicture(blocks.isEmpty() ? List.of()
                : List.of(new Piece(0, byteSize, blocks)));
    }

    private List<Block> blocks(long start) {
        List<Block> blocks = new ArrayList<>();
        long end = start;
        for (int i = 0; i < order.size(); i++) {
            Field field = struct.fields().get(i);
            addPadding(blocks, end, start + field.offset());
            end = start + field.offset() + field.layout().byteSize();
            if (field.layout().byteSize() > 0) {
                blocks.add(new Block(start + field.offset(), field.layout().byteSize(), State.LIVE,
                        name(i), ""));
            }
        }
        addPadding(blocks, end, start + struct.layout().byteSize());
        return blocks;
    }

    private static void addPadding(List<Block> blocks, long start, long end) {
        if (start < end) {
            blocks.add(new Block(start, end - start, State.PADDING, "", ""));
        }
    }

    private String name(int index) {
        return order.get(index).replaceFirst(": \\w+$", "");
    }

    private List<Fact> facts() {
        return List.of(new Fact("size", Plural.of(struct.layout().byteSize(), "byte")),
                new Fact("alignment", struct.layout().byteAlignment() + ""),
                new Fact("padding", Plural.of(struct.padding(), "byte")),
                new Fact("least padding of any order", 
                        Plural.of(struct.reordered().padding(), "byte")),
                new Fact("an array of 1000", 1000 * struct.layout().byteSize() + " bytes"));
    }

    /// The first padding, and whose fault it is.
    private String say() {
        long end = 0;
        for (int i = 0; i < order.size(); i++) {
            Field field = struct.fields().get(i);
            if (field.offset() > end) {
                return name(i) + " must stand at a multiple of " + field.layout().byteAlignment()
                        + ": " + Plural.of(field.offset() - end, "byte") + " of padding before it.";
            }
            end = field.offset() + field.layout().byteSize();
        }
        long rest = struct.layout().byteSize() - end;
        return rest == 0 ? "No byte is lost." : "Only the end is padded, by "
                + Plural.of(rest, "byte") + ": the next struct in a row must be aligned, too.";
    }

    /// The struct as Java, if all its fields have a name there.
    private String toJava() {
        if (types.values().stream().anyMatch(type -> !(type instanceof ValueLayout))) {
            return "";
        }
        return struct.fields().stream().map(Field::type).map(LayoutExplorer::toJava)
                .collect(Collectors.joining(", ", "var struct = CStruct.of(", ");\n"));
    }

    private static String toJava(MemoryLayout type) {
        Class<?> carrier = ((ValueLayout) type).carrier();
        String constant = carrier == MemorySegment.class ? "ADDRESS"
                : "JAVA_" + carrier.getSimpleName().toUpperCase();
        return constant + type.name().map(name -> ".withName(\"" + name + "\")").orElse("");
    }
}
