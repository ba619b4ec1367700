package heapcraft.own;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import heapcraft.alloc.Allocator;
import heapcraft.alloc.FailingAlloc;
import heapcraft.alloc.Layout;
import heapcraft.alloc.SystemAlloc;
import heapcraft.trace.CheckedAlloc;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Random programs on a Vec and on an `ArrayList`, which must always agree.
class VecModelTest {

    private static final int STEPS = 120;
    private static final int PROGRAMS = 30;

    record Nothing() { }

    record Wide(int id, String text, double weight) { }

    /// A type, and the value of it that stands for a number.
    record Kind<T>(String name, Function<Allocator, Type<T>> type, IntFunction<T> value) {

        @Override public String toString() {
            return name;
        }
    }

    static Stream<Kind<?>> kinds() {
        return Stream.of(
                new Kind<>("int", heap -> Type.INT, i -> i),
                new Kind<>("byte", heap -> Type.BYTE, i -> (byte) i),
                new Kind<>("6 bytes, aligned to 4", heap -> Type.of(new Layout(6, 4),
                        (at, value) -> at.set(ValueLayout.JAVA_SHORT_UNALIGNED, 4, value),
                        at -> at.get(ValueLayout.JAVA_SHORT_UNALIGNED, 4)), i -> (short) i),
                new Kind<>("2000 bytes", heap -> Type.of(new Layout(2000, 16),
                        (at, value) -> at.fill(value),
                        at -> at.get(ValueLayout.JAVA_BYTE, 1999)), i -> (byte) i),
                new Kind<>("nothing", heap -> Type.struct(Nothing.class), i -> new Nothing()),
                new Kind<>("string", Type::string, i -> "n" + i),
                new Kind<>("struct with a string", heap -> Type.struct(Wide.class,
                        Type.INT, Type.string(heap), Type.DOUBLE), i -> new Wide(i, "t" + i, i)));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    <T> void a_vec_does_what_a_list_does(Kind<T> kind) {
        for (long seed = 1; seed <= PROGRAMS; seed++) {
            run(kind, seed, 0);
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    <T> void whichever_call_finds_no_memory_the_elements_stay(Kind<T> kind) {
        int refused = 1;
        while (run(kind, 7, refused) >= refused) {
            refused++;
        }
        assertTrue(kind.name.equals("nothing") || refused > 4, "refused up to " + refused);
    }

    /// @return how many calls the heap got
    private static <T> long run(Kind<T> kind, long seed, int refused) {
        String where = kind + ", seed " + seed + ", refused " + refused;
        try (var checked = new CheckedAlloc(new SystemAlloc())) {
            var heap = new FailingAlloc(checked, call -> call == refused);
            Counted<T> type = new Counted<>(kind.type.apply(heap.asAllocator()));
            try (Vec<T> vec = Vec.in(heap, type)) {
                new Program<>(vec, kind.value, new Random(seed), where).run();
            }
            assertEquals(0, type.alive(), where);
            return heap.calls();
        } catch (RuntimeException e) {
            throw new AssertionError(where + ": " + e, e);
        }
    }

    private static final class Program<T> {
        private final Vec<T> vec;
        private final List<T> list = new ArrayList<>();
        private final IntFunction<T> value;
        private final Random random;
        private final String where;

        Program(Vec<T> vec, IntFunction<T> value, Random random, String where) {
            this.vec = vec;
            this.value = value;
            this.random = random;
            this.where = where;
        }

        void run() {
            for (int step = 0; step < STEPS; step++) {
                try {
                    step();
                } catch (OutOfMemoryError refused) {
                    assertFalse(where.endsWith("refused 0"), where);
                }
                List<T> elements = new ArrayList<>();
                vec.forEach(elements::add);
                assertEquals(list, elements, where + ", step " + step);
                assertTrue(vec.len() <= vec.capacity(), where + ", step " + step);
            }
        }

        private void step() {
            int index = random.nextInt(list.size() + 1);
            T next = value.apply(random.nextInt(100));
            switch (list.isEmpty() ? random.nextInt(5) : random.nextInt(13)) {
                case 0, 1 -> {
                    vec.push(next);
                    list.add(next);
                }
                case 2 -> {
                    vec.insert(index, next);
                    list.add(index, next);
                }
                case 3 -> extend();
                case 4 -> vec.reserve(random.nextInt(20));
                case 5 -> vec.shrinkToFit();
                case 6 -> assertEquals(list.removeLast(), vec.pop(), where);
                case 7 -> {
                    vec.truncate(index);
                    list.subList(index, list.size()).clear();
                }
                case 8 -> sort();
                default -> atAnElement(index % list.size(), next);
            }
        }

        private void extend() {
            List<T> more = IntStream.range(0, random.nextInt(5)).mapToObj(value).toList();
            long before = vec.len();
            try {
                vec.extend(more);
            } finally {
                list.addAll(more.subList(0, (int) (vec.len() - before)));
            }
        }

        private void sort() {
            Comparator<T> byLastDigit = Comparator.comparing(
                    each -> each.toString().charAt(each.toString().length() - 1));
            vec.sort(byLastDigit);
            list.sort(byLastDigit);
        }

        private void atAnElement(int index, T next) {
            switch (random.nextInt(4)) {
                case 0 -> {
                    vec.set(index, next);
                    list.set(index, next);
                }
                case 1 -> assertEquals(list.remove(index), vec.remove(index), where);
                case 2 -> {
                    Collections.swap(list, index, list.size() - 1);
                    assertEquals(list.removeLast(), vec.swapRemove(index), where);
                }
                default -> assertEquals(list.get(index), vec.get(index), where);
            }
        }
    }
}
