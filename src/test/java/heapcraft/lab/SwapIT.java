package heapcraft.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import heapcraft.alloc.Jemalloc;
import heapcraft.alloc.LibraryAlloc;
import heapcraft.alloc.Mimalloc;
import heapcraft.alloc.MissingLibrary;
import heapcraft.alloc.Tcmalloc;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.SymbolLookup;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Each swap is in effect, and only where it is said to be.
@EnabledOnOs(OS.LINUX)
class SwapIT {

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

    private static void isTheCLibrarys(String malloc) {
        assertTrue(malloc.matches(".*/libc\\..*"), malloc);
    }

    @Test
    void without_a_swap_all_is_the_c_librarys() {
        HeapInForce found = Swap.none().found();
        assertEquals(HeapInForce.C, found.global());
        assertEquals(HeapInForce.C, found.arena());
        isTheCLibrarys(found.process());
        isTheCLibrarys(found.linker());
    }

    @ParameterizedTest
    @MethodSource("heaps")
    void a_line_or_a_property_moves_the_global_heap_and_nothing_else(Supplier<LibraryAlloc> each) {
        LibraryAlloc heap = open(each);
        for (Swap swap : List.of(Swap.line(heap), Swap.property(heap))) {
            assertEquals(heap.name(), swap.found().global(), swap.how());
            assertEquals(HeapInForce.C, swap.found().arena(), swap.how());
            isTheCLibrarys(swap.found().process());
            isTheCLibrarys(swap.found().linker());
        }
    }

    @ParameterizedTest
    @MethodSource("heaps")
    void preloading_moves_the_process_and_its_arenas_but_not_javas_linker(
            Supplier<LibraryAlloc> each) throws IOException {
        LibraryAlloc heap = open(each);
        assumeFalse(SymbolLookup.libraryLookup(heap.path(), Arena.global()).find("je_malloc")
                .isPresent(), heap + " has a je_malloc and no malloc: nothing to preload");
        HeapInForce found = Swap.preload(heap).found();
        assertTrue(Files.isSameFile(Path.of(heap.path()), Path.of(found.process())),
                found.toString());
        assertEquals(heap.name(), found.arena());
        isTheCLibrarys(found.linker());
        assertEquals(HeapInForce.C, found.global(), "SystemAlloc asks the linker");
    }

    @Test
    void the_table_has_a_line_for_each_swap_and_the_proof_in_it() {
        LibraryAlloc heap = open(Mimalloc::new);
        List<String> lines = Swap.table(List.of(Swap.none(), Swap.property(heap))).lines().toList();
        assertEquals(3, lines.size());
        assertTrue(lines.get(2).startsWith("-Dheapcraft.global=mimalloc"), lines.get(2));
        assertNotEquals(lines.get(1).substring(40), lines.get(2).substring(40));
    }
}
