package heapcraft.alloc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Linker;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs({OS.LINUX, OS.MAC})
class SymbolOwnerTest {

    @Test
    void the_linkers_malloc_is_the_one_that_the_linker_finds() {
        SymbolOwner owner = SymbolOwner.ofLinker("malloc");
        assertEquals(Linker.nativeLinker().defaultLookup().findOrThrow("malloc").address(),
                owner.address());
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void a_name_is_traced_to_its_file() {
        assertTrue(SymbolOwner.ofLinker("malloc").library().contains("libc."));
        assertTrue(SymbolOwner.ofProcess("JNI_CreateJavaVM").library().endsWith(".so"));
    }

    @Test
    void a_name_that_nobody_has_is_refused() {
        assertThrows(IllegalArgumentException.class, () -> SymbolOwner.ofProcess("no_such_name"));
        assertThrows(IllegalArgumentException.class, () -> SymbolOwner.ofLinker("no_such_name"));
    }
}
