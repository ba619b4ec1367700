package heapcraft.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import heapcraft.view.Simulator.Action;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What is true of all simulators.
class SimulatorsTest {

    static Stream<Supplier<Simulator>> all() {
        return Stream.of(FragmentationSimulator::new, BumpVersusMalloc::new, LayoutExplorer::new,
                BoxLife::new, ReallocWalk::new, SizeClassStaircase::new, CollectionArenas::new,
                TrackingCounters::new, () -> new PredictionForm(new WhatIsFree(
                        HeapSetup.of(Policy.FIRST_FIT, 12).alloc(2, 3, 4).free(0), 1), o -> ""));
    }

    @ParameterizedTest
    @MethodSource("all")
    void what_no_control_is_called_is_refused_and_changes_nothing(Supplier<Simulator> simulator) {
        Simulator fresh = simulator.get();
        Scene before = fresh.scene();
        assertThrows(IllegalArgumentException.class, () -> fresh.on(new Action("nothing", "")));
        assertEquals(before, fresh.scene());
    }

    @ParameterizedTest
    @MethodSource("all")
    void looking_changes_nothing(Supplier<Simulator> simulator) {
        Simulator fresh = simulator.get();
        assertEquals(fresh.scene(), fresh.scene());
    }

    @ParameterizedTest
    @MethodSource("all")
    void every_scene_has_a_title_a_sentence_and_a_way_on(Supplier<Simulator> simulator) {
        Scene scene = simulator.get().scene();
        assertFalse(scene.title().isBlank());
        assertTrue(scene.say().endsWith("."), scene.say());
        assertTrue(scene.controls().stream().anyMatch(Scene.Control::enabled));
    }

    @ParameterizedTest
    @MethodSource("all")
    void whatever_is_clicked_the_scene_can_be_shown(Supplier<Simulator> simulator) {
        Click.hold(5, simulator, (clicked, action) -> {
            clicked.on(action);
            Scene scene = clicked.scene();
            assertTrue(scene.text(72).contains(scene.say()));
            assertEquals(scene.strips().size(), scene.json().path("strips").size());
            for (String words : List.of(scene.say(), scene.alert())) {
                assertTrue(words.isEmpty() || words.matches("(?s)\\S.*[.:?]"), words);
            }
        });
    }
}
