package heapcraft.own;

import heapcraft.alloc.CStruct;
import heapcraft.alloc.Layout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.UndeclaredThrowableException;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Records as C structs.
///
/// @param constructor makes a record of its components
/// @param fields      the components, in the order of their declaration
/// @param layout      size and alignment of the whole
record StructType<R extends Record>(MethodHandle constructor, List<Field> fields, Layout layout)
        implements Type<R> {

    /// One component and its place.
    ///
    /// @param offset distance from the start of the struct, in bytes
    private record Field(MethodHandle accessor, Type<Object> type, long offset) {

        MemorySegment in(MemorySegment struct) {
            return struct.asSlice(offset, type.layout().byteSize());
        }
    }

    private static final Map<Class<?>, Type<?>> OBVIOUS = Map.of(
            boolean.class, BOOLEAN, byte.class, BYTE, short.class, SHORT, char.class, CHAR,
            int.class, INT, long.class, LONG, float.class, FLOAT, double.class, DOUBLE,
            String.class, STRING);

    static <R extends Record> Type<R> of(Class<R> shape) {
        return of(shape, Stream.of(shape.getRecordComponents()).map(StructType::obvious).toList());
    }

    private static Type<?> obvious(RecordComponent component) {
        Class<?> kind = component.getType();
        if (kind.isRecord()) {
            return of(kind.asSubclass(Record.class));
        }
        Type<?> type = OBVIOUS.get(kind);
        if (type == null) {
            throw new IllegalArgumentException("component '" + component + "' of "
                    + component.getDeclaringRecord().getSimpleName() + " has no obvious type in"
                    + " memory; pass one Type for each component");
        }
        return type;
    }

    static <R extends Record> Type<R> of(Class<R> shape, List<? extends Type<?>> types) {
        RecordComponent[] components = shape.getRecordComponents();
        if (types.size() != components.length) {
            throw new IllegalArgumentException(shape.getSimpleName() + " has " + components.length
                    + " components, not " + types.size() + "; pass one Type for each");
        }
        requireVisible(shape);
        CStruct struct = CStruct.of(types.stream().map(Type::layout).toArray(Layout[]::new));
        List<Field> fields = IntStream.range(0, components.length)
                .mapToObj(i -> new Field(handle(components[i].getAccessor()),
                        untyped(types.get(i)), struct.fields().get(i).offset()))
                .toList();
        return new StructType<>(constructor(shape, components), fields, struct.layout());
    }

    /// Reflection may do with this module's own records what its users may not.
    private static void requireVisible(Class<?> shape) {
        Module module = shape.getModule();
        if (module == StructType.class.getModule() && !module.isExported(shape.getPackageName())) {
            throw new IllegalArgumentException(shape.getName() + " is not exported by " + module);
        }
    }

    /// Whether a component's class suits its type is found out when the first value is written.
    @SuppressWarnings("unchecked")
    private static Type<Object> untyped(Type<?> type) {
        return (Type<Object>) type;
    }

    private static MethodHandle handle(Method accessor) {
        try {
            accessor.setAccessible(true);
            return MethodHandles.lookup().unreflect(accessor);
        } catch (IllegalAccessException e) {
            throw new AssertionError("it was made accessible", e);
        }
    }

    private static MethodHandle constructor(Class<?> shape, RecordComponent[] components) {
        try {
            Constructor<?> canonical = shape.getDeclaredConstructor(
                    Stream.of(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
            canonical.setAccessible(true);
            return MethodHandles.lookup().unreflectConstructor(canonical);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError("every record has a canonical constructor", e);
        }
    }

    /// Writes field by field; if one cannot be written, those before it are dropped again.
    @Override
    public void write(MemorySegment at, R value) {
        int written = 0;
        try {
            for (Field field : fields) {
                field.type.write(field.in(at), invoke(field.accessor, value));
                written++;
            }
        } catch (Throwable e) {
            dropFirst(written, at);
            throw e;
        }
    }

    @Override
    public R read(MemorySegment at) {
        return make(fields.stream().map(field -> field.type.read(field.in(at))).toArray());
    }

    @Override
    public void drop(MemorySegment at) {
        dropFirst(fields.size(), at);
    }

    @Override
    public boolean needsDrop() {
        return fields.stream().anyMatch(field -> field.type.needsDrop());
    }

    private void dropFirst(int count, MemorySegment at) {
        Drops.each(0, count, i -> {
            Field field = fields.get((int) i);
            field.type.drop(field.in(at));
        });
    }

    @Override
    public R take(MemorySegment at) {
        Object[] values = new Object[fields.size()];
        Drops.each(0, values.length, i -> {
            Field field = fields.get((int) i);
            values[(int) i] = field.type.take(field.in(at));
        });
        return make(values);
    }

    @SuppressWarnings("unchecked")
    private R make(Object[] values) {
        return (R) invoke(constructor, values);
    }

    private static Object invoke(MethodHandle handle, Object... arguments) {
        try {
            return handle.invokeWithArguments(arguments);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new UndeclaredThrowableException(e);
        }
    }
}
