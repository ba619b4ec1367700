package heapcraft.alloc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What the three libraries know besides the laws of every heap. One that is not here is skipped,
/// with the reason.
class LibraryAllocTest {

    private static final Layout LAYOUT = new Layout(100, 8);

    static Stream<Named<Supplier<LibraryAlloc>>> heaps() {
        return Stream.of(Named.of("jemalloc", Jemalloc::new), Named.of("mimalloc", Mimalloc::new),
                Named.of("tcmalloc", Tcmalloc::new));
    }

    private static LibraryAlloc open(Supplier<LibraryAlloc> heap) {
        try {
            return heap.get();
        } catch (MissingLibrary missing) {
            assumeTrue(false, missing.getMessage());
            throw missing;
        }
    }

    @Test
    void what_is_missing_is_fetched_and_what_finds_no_room_is_given_some() {
        assertTrue(missing("no such file").endsWith("Run: apt install it"));
        assertTrue(missing("cannot allocate memory in static TLS block")
                .contains("Run: export GLIBC_TUNABLES=glibc.rtld.optional_static_tls="));
    }

    private static String missing(String reason) {
        LibrarySearch search = LibrarySearch.of("anymalloc", List.of("malloc"), Stream.of(() -> {
            throw new IllegalArgumentException(reason);
        }), _ -> true);
        return assertThrows(MissingLibrary.class, () -> search.orThrow("apt install it"))
                .getMessage();
    }

    @ParameterizedTest
    @MethodSource("heaps")
    void knows_what_it_serves_and_what_others_do(Supplier<LibraryAlloc> opened) {
        LibraryAlloc heap = open(opened);
        Layout large = new Layout(1 << 20, 8);
        try (Arena arena = Arena.ofConfined()) {
            assertTrue(heap.serves(() -> heap.alloc(large)));
            assertTrue(heap.serves(() -> heap.alloc(new Layout(1 << 20, 4096))));
            assertFalse(heap.serves(() -> new SystemAlloc().alloc(large)), "the C library");
            assertFalse(heap.serves(() -> arena.allocate(1 << 20)), "an arena");
        }
    }

    @ParameterizedTest
    @MethodSource("heaps")
    void says_how_large_a_block_really_is_and_that_was_foreseen(Supplier<LibraryAlloc> opened) {
        LibraryAlloc heap = open(opened);
        for (long byteSize = 1; byteSize < 5000; byteSize += 37) {
            Layout layout = new Layout(byteSize, 1);
            MemorySegment block = heap.alloc(layout);
            long usable = heap.usableSize(block);
            assertTrue(usable >= heap.goodSize(layout) && heap.goodSize(layout) >= byteSize,
                    byteSize + " bytes: good size " + heap.goodSize(layout) + ", usable " + usable);
            heap.dealloc(block, layout);
        }
    }

    @ParameterizedTest
    @MethodSource("heaps")
    void names_its_version_and_its_file(Supplier<LibraryAlloc> opened) {
        LibraryAlloc heap = open(opened);
        assertTrue(heap.version().matches("\\d+\\.\\d+(\\.\\d+)?|of unknown version"), heap.version());
        assertTrue(Files.isRegularFile(Path.of(heap.path())), heap.path());
        assertTrue(heap.path().contains(heap.name()), heap.path());
        assertEquals(heap.name() + " " + heap.version() + " (" + heap.path() + ")",
                heap.toString());
    }

    @ParameterizedTest
    @MethodSource("heaps")
    void counts_bytes_or_says_why_it_does_not(Supplier<LibraryAlloc> opened) {
        LibraryAlloc heap = open(opened);
        Layout large = new Layout(32 << 20, 16);
        String first = switch (heap) {
            case Jemalloc _ -> "stats.allocated";
            case Mimalloc _ -> "current_commit";
            case Tcmalloc _ -> "generic.current_allocated_bytes";
        };
        LibraryStatistics before = heap.statistics();
        assertEquals(before.bytes().isEmpty(), !before.missing().isEmpty(), before.toString());
        assumeTrue(!before.bytes().isEmpty(), before.missing());
        MemorySegment block = heap.alloc(large).fill((byte) 1);
        long more = heap.statistics().bytes().get(first) - before.bytes().get(first);
        heap.dealloc(block, large);
        assertTrue(more >= large.byteSize() / 2, first + " rose by " + more);
    }

    @ParameterizedTest
    @MethodSource("heaps")
    void all_instances_are_the_same_heap(Supplier<LibraryAlloc> opened) {
        MemorySegment block = open(opened).alloc(LAYOUT);
        opened.get().dealloc(block, LAYOUT);
        assertEquals(opened.get(), opened.get());
        assertEquals(opened.get().hashCode(), opened.get().hashCode());
    }
}
