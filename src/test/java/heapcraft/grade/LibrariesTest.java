package heapcraft.grade;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.module.ModuleDescriptor.Requires;
import java.lang.module.ModuleDescriptor.Requires.Modifier;
import java.lang.module.ModuleFinder;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// What a worker is given to load.
class LibrariesTest {

    @Test
    void a_worker_can_draw_no_chart() {
        assertTrue(Libraries.jars().stream().map(jar -> jar.getFileName().toString())
                        .noneMatch(name -> name.matches("(?i)xchart.*|vectorgraphics.*")),
                () -> Libraries.jars().toString());
    }

    @Test
    void the_module_brings_a_worker_nothing_but_the_base_of_java() {
        List<Requires> brought = ModuleFinder.of(Libraries.heapcraft()).find("heapcraft")
                .orElseThrow().descriptor().requires().stream()
                .filter(needs -> !needs.modifiers().contains(Modifier.STATIC)).toList();
        assertEquals(Set.of("java.base"),
                Set.copyOf(brought.stream().map(Requires::name).toList()));
    }
}
