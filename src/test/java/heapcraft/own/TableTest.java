package heapcraft.own;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import heapcraft.alloc.Bump;
import heapcraft.alloc.FailingAlloc;
import heapcraft.alloc.Layout;
import heapcraft.alloc.SystemAlloc;
import heapcraft.trace.CheckedAlloc;
import heapcraft.trace.HeapEvent.Alloc;
import heapcraft.trace.HeapEvent.Free;
import heapcraft.trace.Recorder;
import java.lang.foreign.ValueLayout;
import java.util.ConcurrentModificationException;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TableTest {

    record Nothing() { }

    /// A key of which `kinds` have the same hash code each.
    record Key(int id, int kinds) {

        @Override public int hashCode() {
            return id % kinds;
        }
    }

    private final CheckedAlloc heap = new CheckedAlloc(new SystemAlloc());
    private final Drop keys = new Drop();
    private final Drop values = new Drop();

    @AfterEach
    void nothingLeaks() {
        heap.close();
    }

    private static <K, V> Map<K, V> map(Table<K, V> table) {
        return map(table, "a table");
    }

    private static <K, V> Map<K, V> map(Table<K, V> table, String where) {
        Map<K, V> map = new HashMap<>();
        table.forEach(entry -> assertNull(map.put(entry.getKey(), entry.getValue()),
                () -> where + " has " + entry.getKey() + " twice"));
        return map;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 50, 1000})
    void a_table_does_what_a_hash_map_does(int kinds) {
        for (long seed = 1; seed <= 15; seed++) {
            run(seed, kinds, 0);
        }
    }

    @Test
    void whichever_call_finds_no_memory_the_entries_stay() {
        int refused = 1;
        while (run(3, 50, refused) >= refused) {
            refused++;
        }
        assertTrue(refused > 20, "refused up to " + refused);
    }

    /// @return how many calls the heap got
    private long run(long seed, int kinds, int refused) {
        var refusing = new FailingAlloc(heap, call -> call == refused);
        Counted<Key> keys = new Counted<>(Type.struct(Key.class));
        Counted<String> values = new Counted<>(Type.string(refusing.asAllocator()));
        String where = "seed " + seed + ", refused " + refused;
        Map<Key, String> model = new HashMap<>();
        Random random = new Random(seed);
        try (Table<Key, String> table = Table.in(refusing, keys, values)) {
            for (int step = 0; step < 150; step++) {
                try {
                    step(random, new Key(random.nextInt(40), kinds), table, model, where);
                } catch (OutOfMemoryError e) {
                    assertTrue(refused > 0, where);
                }
                assertEquals(model, map(table, where), where + ", step " + step);
                assertEquals(model.size(), table.len(), where);
                assertEquals(model.size(), keys.alive(), where);
                assertEquals(model.size(), values.alive(), where);
            }
        } catch (RuntimeException e) {
            throw new AssertionError(where + ": " + e, e);
        }
        assertEquals(0, keys.alive() + values.alive(), where);
        assertEquals(List.of(), heap.live(), where);
        return refusing.calls();
    }

    private static void step(Random random, Key key, Table<Key, String> table,
                             Map<Key, String> model, String where) {
        switch (random.nextInt(20)) {
            case 0 -> {
                if (random.nextInt(5) == 0) {
                    table.clear();
                    model.clear();
                }
            }
            case 1, 2, 3, 4, 5, 6 -> assertEquals(model.remove(key), table.remove(key), where);
            case 7, 8 -> assertEquals(model.get(key), table.get(key), where);
            case 9 -> assertEquals(model.containsKey(key), table.containsKey(key), where);
            default -> {
                table.put(key, "v" + random.nextInt(9));
                // Only what was really put is put here: the line above may have thrown.
                model.put(key, table.get(key));
            }
        }
    }

    @Test
    void putting_again_replaces_the_value_and_keeps_the_key() {
        try (Table<Integer, Integer> table = Table.in(heap, keys.type, values.type)) {
            table.put(1, 10);
            table.put(1, 11);
            assertEquals(Map.of(1, 11), map(table));
            assertEquals(List.of(10), values.dropped);
            assertEquals(List.of(), keys.dropped);
        }
        assertEquals(List.of(10, 11), values.dropped);
        assertEquals(List.of(1), keys.dropped);
    }

    @Test
    void putting_a_key_again_needs_no_room() {
        try (Table<Integer, Integer> table = Table.in(heap, Type.INT, Type.INT)) {
            for (int i = 0; i < 3; i++) {
                table.put(i, i);
            }
            assertEquals(table.len(), table.capacity());
            table.put(0, 9);
            assertEquals(3, table.capacity());
        }
    }

    @Test
    void removing_drops_key_and_value_once() {
        try (Table<Integer, Integer> table = Table.in(heap, keys.type, values.type)) {
            table.put(1, 10);
            assertEquals(10, table.remove(1));
            assertNull(table.remove(1));
            assertNull(table.get(1));
            assertTrue(table.isEmpty());
        }
        assertEquals(List.of(1), keys.dropped);
        assertEquals(List.of(10), values.dropped);
    }

    @Test
    void destructors_that_throw_save_nobody() {
        keys.throwing.addAll(List.of(1, 3));
        values.throwing.addAll(List.of(20, 30));
        Table<Integer, Integer> table = Table.in(heap, keys.type, values.type);
        for (int i = 1; i <= 4; i++) {
            table.put(i, 10 * i);
        }
        assertThrows(Drop.Burst.class, () -> table.remove(1));
        assertThrows(Drop.Burst.class, () -> table.remove(2));
        assertEquals(Map.of(3, 30, 4, 40), map(table));
        assertThrows(Drop.Burst.class, table::close);
        assertEquals(List.of(), heap.live());
        table.close();
        assertEquals(List.of(1, 2, 3, 4), keys.dropped.stream().sorted().toList());
        assertEquals(List.of(10, 20, 30, 40), values.dropped.stream().sorted().toList());
    }

    @Test
    void growing_drops_nothing_and_leaves_one_block() {
        var recorder = new Recorder();
        try (Table<Integer, Integer> table = Table.in(recorder.on(heap), keys.type, values.type)) {
            assertEquals(0, table.capacity());
            for (int i = 0; i < 4; i++) {
                table.put(i, i);
            }
            assertEquals(6, table.capacity());
            assertEquals(List.of(), keys.dropped);
        }
        // 4 buckets of a tag and two ints each, then 8.
        assertEquals(List.of(new Alloc(0, new Layout(48, 4)), new Alloc(1, new Layout(96, 4)),
                new Free(0), new Free(1)), recorder.trace().planned().events());
    }

    @Test
    void entries_are_aligned_for_key_and_value() {
        Type<Byte> wide = Type.of(new Layout(32, 32), (at, value) -> {
            assertEquals(0, at.address() % 32);
            at.set(ValueLayout.JAVA_BYTE, 0, value);
        }, at -> at.get(ValueLayout.JAVA_BYTE, 0));
        try (Table<Byte, Byte> table = Table.in(heap, Type.BYTE, wide)) {
            for (byte i = 0; i < 20; i++) {
                table.put(i, i);
            }
            assertEquals((byte) 19, table.get((byte) 19));
        }
    }

    @Test
    void a_value_that_cannot_be_written_leaves_no_key_behind() {
        Type<String> noText = Type.string(FailingAlloc.onlyNth(1, heap).asAllocator());
        try (Table<Integer, String> table = Table.in(heap, keys.type, noText)) {
            assertThrows(OutOfMemoryError.class, () -> table.put(1, "one"));
            assertFalse(table.containsKey(1));
            assertEquals(List.of(1), keys.dropped);
        }
        assertEquals(List.of(1), keys.dropped);
    }

    @Test
    void a_table_of_owners_hands_them_over_or_closes_them() {
        Table<String, Vec<Integer>> table = Table.in(heap, Type.string(heap.asAllocator()),
                Type.owned());
        for (String name : List.of("a", "b")) {
            Vec<Integer> vec = Vec.in(heap, values.type);
            vec.push((int) name.charAt(0));
            table.put(name, vec);
        }
        Vec<Integer> a = table.remove("a");
        table.close();
        assertEquals(List.of((int) 'b'), values.dropped);
        a.close();
    }

    @Test
    void keys_and_values_without_size_are_fine() {
        try (Table<Nothing, Nothing> table = Table.in(heap, Type.struct(Nothing.class),
                Type.struct(Nothing.class))) {
            table.put(new Nothing(), new Nothing());
            table.put(new Nothing(), new Nothing());
            assertEquals(1, table.len());
        }
    }

    @Test
    void a_table_lives_on_an_arena_or_on_the_global_heap_as_well() {
        try (Bump arena = new Bump(heap);
                Table<String, Integer> onArena = Table.in(arena, Type.string(arena.asAllocator()),
                        Type.INT);
                Table<String, Integer> onGlobal = Table.of(Type.STRING, Type.INT)) {
            onArena.put("apple", 3);
            onGlobal.put("apple", 3);
            assertEquals("{apple=3}", onArena.toString());
            assertEquals("{apple=3}", onGlobal.toString());
        }
    }

    @Test
    void walking_a_table_that_changes_is_refused() {
        try (Table<Integer, Integer> table = Table.in(heap, Type.INT, Type.INT)) {
            table.put(1, 1);
            for (Runnable change : List.<Runnable>of(() -> table.put(2, 2), () -> table.remove(2),
                    table::clear)) {
                Iterator<Map.Entry<Integer, Integer>> walk = table.iterator();
                change.run();
                assertThrows(ConcurrentModificationException.class, walk::next);
            }
            assertThrows(NoSuchElementException.class, table.iterator()::next);
        }
    }

    @Test
    void a_closed_table_says_so() {
        Table<Integer, Integer> table = Table.in(heap, Type.INT, Type.INT);
        table.close();
        for (Runnable use : List.<Runnable>of(() -> table.put(1, 1), () -> table.get(1),
                () -> table.containsKey(1), () -> table.remove(1), table::clear, table::iterator)) {
            assertThrows(IllegalStateException.class, use::run);
        }
        assertEquals("a closed Table", table.toString());
    }
}
