package heapcraft.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import heapcraft.grade.Project;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResetCommandTest {

    @TempDir
    private Path root;
    private Desk desk;
    private String file;
    private String stub;

    @BeforeEach
    void sit_down() throws IOException {
        desk = new Desk(root);
        file = desk.file("LayoutMath");
        stub = desk.read(file);
    }

    @Test
    void brings_the_shipped_file_back_and_keeps_a_copy() throws IOException {
        desk.write(file, "my work");
        Desk.Said said = desk.run("reset", "LayoutMath");
        assertEquals(stub, desk.read(file));
        Map<String, String> kept = desk.all(".lab/undo");
        assertEquals(List.of("my work"), List.copyOf(kept.values()));
        String copy = kept.keySet().iterator().next();
        assertTrue(copy.matches("\\.lab/undo/[\\d-]+/ch02/LayoutMath\\.java"), copy);
        assertTrue(said.out().contains(copy) && said.out().contains("./lab undo"), said.out());
    }

    @Test
    void touches_no_other_exercise() throws IOException {
        desk.write(desk.file("Peek"), "other work");
        desk.write(file, "my work");
        Map<String, String> before = desk.all("exercises");
        desk.run("reset", "LayoutMath");
        before.put(file, stub);
        assertEquals(before, desk.all("exercises"));
    }

    @Test
    void leaves_a_file_as_shipped_alone_whatever_its_line_ends() throws IOException {
        desk.write(file, stub.replace("\n", "\r\n"));
        assertTrue(desk.run("reset", "LayoutMath").out().contains("nothing to reset"));
        assertEquals(stub.replace("\n", "\r\n"), desk.read(file));
        assertEquals(Map.of(), desk.all(".lab/undo"));
    }

    @Test
    void brings_a_lost_file_back() throws IOException {
        Files.delete(desk.path(file));
        desk.run("reset", "LayoutMath");
        assertEquals(stub, desk.read(file));
        assertEquals(Map.of(), desk.all(".lab/undo"));
    }

    @Test
    void the_exercise_counts_as_not_started_afterwards() throws IOException {
        desk.write(file, "my work");
        desk.write(".lab/progress.txt", "LayoutMath state=done points=18 passed=yes hints=2\n");
        desk.run("reset", "LayoutMath");
        String state = desk.state("LayoutMath").getFirst();
        assertTrue(state.contains("state=not-started") && state.contains("points=0"), state);
        assertTrue(state.contains("hints=2") && state.contains("passed=yes"), state);
    }

    @Test
    void undo_takes_the_last_reset_back() throws IOException {
        desk.write(file, "my work");
        desk.run("reset", "LayoutMath");
        desk.run("undo");
        assertEquals("my work", desk.read(file));
        assertEquals(Map.of(), desk.all(".lab/undo"));
    }

    @Test
    void undo_goes_back_reset_by_reset() throws IOException {
        desk.write(desk.file("Peek"), "first");
        desk.run("reset", "Peek");
        desk.write(file, "second");
        desk.run("reset", "LayoutMath");
        desk.run("undo");
        assertEquals("second", desk.read(file));
        desk.run("undo");
        assertEquals("first", desk.read(desk.file("Peek")));
        assertTrue(desk.run("undo").out().contains("nothing to undo"));
    }

    @Test
    void undo_loses_nothing_that_was_written_since() throws IOException {
        desk.write(file, "before");
        desk.run("reset", "LayoutMath");
        desk.write(file, "after");
        desk.run("undo");
        assertEquals("before", desk.read(file));
        desk.run("undo");
        assertEquals("after", desk.read(file));
    }

    @Test
    void copies_made_in_the_same_moment_do_not_replace_each_other() throws IOException {
        Copies copies = new Copies(new Project(root, root.resolve("exercises")),
                Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));
        desk.write(file, "earlier");
        copies.keep(Desk.exercise("LayoutMath"));
        desk.write(file, "later");
        copies.keep(Desk.exercise("LayoutMath"));
        assertEquals(List.of("earlier", "later"), List.copyOf(desk.all(".lab/undo").values()));
    }
}
