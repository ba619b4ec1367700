package heapcraft.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PipedReader;
import java.io.PipedWriter;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Scanner;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What is saved here does not compile: it has a verdict without a worker.
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class WatchCommandTest {

    @TempDir
    private Path root;
    private Desk desk;
    private InputStream keyboard;
    private PipedOutputStream keys;
    private Scanner screen;
    private CompletableFuture<Integer> watching;

    @BeforeEach
    void sit_down() throws IOException {
        desk = new Desk(root);
        keyboard = System.in;
        keys = new PipedOutputStream();
        System.setIn(new PipedInputStream(keys));
    }

    @AfterEach
    void give_the_keyboard_back() {
        System.setIn(keyboard);
    }

    @Test
    void grades_the_named_exercise_at_once_and_again_when_it_is_saved() throws Exception {
        watch("watch", "LayoutMath");
        await("checking LayoutMath…");
        await("[ ] not started");
        desk.write(desk.file("LayoutMath"), "package ch02; no java");
        await("checking LayoutMath…");
        await("[!] does not compile");
        assertEquals(0, quit());
        assertTrue(desk.state("LayoutMath").getFirst().contains("state=does-not-compile"));
    }

    @Test
    void grades_whatever_is_saved_where_none_is_named() throws Exception {
        watch("watch");
        await("Watching all exercises");
        desk.write(desk.file("Peek"), "package ch00; no java");
        await("checking Peek…");
        await("[!] does not compile");
        assertEquals(0, quit());
    }

    @Test
    void passes_over_exercises_that_it_does_not_watch() throws Exception {
        watch("watch", "LayoutMath");
        await("not started");
        desk.write(desk.file("Peek"), "package ch00; no java");
        desk.write(desk.file("LayoutMath"), "package ch02; no java");
        assertFalse(await("does not compile").contains("Peek"));
        assertEquals(0, quit());
    }

    @Test
    void looks_at_the_files_when_told_to_and_says_so() throws Exception {
        watch("watch", "LayoutMath", "--poll");
        await("looking twice a second (as told)");
        await("not started");
        desk.write(desk.file("LayoutMath"), "package ch02; no java");
        await("does not compile");
        assertEquals(0, quit());
    }

    private void watch(String... words) throws IOException {
        PipedWriter out = new PipedWriter();
        screen = new Scanner(new PipedReader(out, 1 << 16));
        watching = CompletableFuture.supplyAsync(() -> desk.run(new PrintWriter(out), words),
                task -> Thread.ofPlatform().start(task));
    }

    /// Reads on until a line says this.
    ///
    /// @return all that was read
    private String await(String words) {
        StringBuilder read = new StringBuilder();
        while (!read.toString().contains(words)) {
            read.append(screen.nextLine()).append('\n');
        }
        return read.toString();
    }

    private int quit() throws Exception {
        keys.write("q\n".getBytes());
        keys.flush();
        return watching.get(60, TimeUnit.SECONDS);
    }
}
