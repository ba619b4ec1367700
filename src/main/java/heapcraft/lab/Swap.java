package heapcraft.lab;

import heapcraft.alloc.LibraryAlloc;
import heapcraft.grade.Html;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Three ways to put another heap into a program, and what each of them really changed.
///
/// ```java
/// Swap.show();   // a table: each swap of each heap that is on this machine
/// ```
///
/// Each line of the table is a child JVM that was started with one swap, and then looked at itself:
/// whose memory is a block of `Global.heap()`, and one of `Arena.allocate`? The libraries answer
/// that. In which file lies `malloc`? `dladdr` answers that, for the two ways in which a Java
/// program can look for it.
///
/// | Swap | moves | leaves alone |
/// |---|---|---|
/// | `Global.install(…)` | `Box`, `Vec` and `Str`: all that asks `Global` | C code, the JVM, `Arena` |
/// | `-Dheapcraft.global=…` | the same, without a line of code | the same |
/// | `LD_PRELOAD` | what was linked to the name `malloc`: C code, the JVM itself, `Arena` | Java's default lookup, and so `SystemAlloc` |
///
/// The last of these is a trap: `Linker.nativeLinker().defaultLookup().find("malloc")` asks the C
/// library and nobody else. Under `LD_PRELOAD` it still gives glibc's `malloc`, and `SystemAlloc`
/// stays on glibc, `malloc` and `free` both. Whoever takes one of the two from there and the other
/// from `dlsym` hands one heap's block to another.
///
/// Only names that a library has can be moved: LWJGL's jemalloc has a `je_malloc` and no `malloc`, so
/// preloading it changes nothing, and the table says so.
///
/// On macOS the third way is `DYLD_INSERT_LIBRARIES`, which the system takes away from its own
/// programs, a shell among them (not tried). Windows has none: a program's imports name the library
/// together with the function, so mimalloc comes with a second DLL that patches the C runtime's
/// functions while the program starts (not tried).
///
/// @param how   what was done
/// @param found which heaps were in force afterwards
public record Swap(String how, HeapInForce found) {

    private static final boolean MAC = System.getProperty("os.name").startsWith("Mac");
    private static final String PRELOAD = MAC ? "DYLD_INSERT_LIBRARIES" : "LD_PRELOAD";

    private static final String FORMAT = "%-40s %-14s %-26s %-22s %s%n";

    /// The column heads of the table.
    private static final List<String> HEADS = List.of("swap", "Global.heap()",
            "malloc, asked of dlsym", "of Java's Linker", "Arena.allocate");

    /// Prints the table for all heaps that are on this machine.
    public static void show() {
        System.out.print(table(all(LibraryAlloc.present())));
    }

    /// Prints the table for one heap.
    public static void show(LibraryAlloc heap) {
        System.out.print(table(all(List.of(heap))));
    }

    /// Each swap of each heap, after a look at what there is without one.
    static List<Swap> all(List<LibraryAlloc> heaps) {
        List<Swap> swaps = new ArrayList<>(List.of(none()));
        heaps.forEach(heap -> swaps.addAll(List.of(line(heap), property(heap), preload(heap))));
        return swaps;
    }

    static String table(List<Swap> swaps) {
        return FORMAT.formatted(HEADS.toArray())
                + swaps.stream().map(swap -> FORMAT.formatted(swap.cells().toArray()))
                        .collect(Collectors.joining());
    }

    /// The table as HTML, for a notebook's output.
    static String html(List<Swap> swaps) {
        return "<table><tr>" + joined("<th scope=\"col\">", HEADS, "</th>") + "</tr>\n"
                + swaps.stream().map(swap -> "<tr>" + joined("<td>", swap.cells(), "</td>") + "</tr>\n")
                        .collect(Collectors.joining()) + "</table>\n";
    }

    private static String joined(String before, List<String> cells, String behind) {
        return cells.stream().map(cell -> before + Html.escape(cell) + behind)
                .collect(Collectors.joining());
    }

    private List<String> cells() {
        return List.of(how, found.global(), file(found.process()), file(found.linker()),
                found.arena());
    }

    private static String file(String path) {
        return Path.of(path).getFileName().toString();
    }

    /// No swap at all.
    static Swap none() {
        return new Swap("none", child(Map.of(), List.of()));
    }

    /// One line of code.
    static Swap line(LibraryAlloc heap) {
        String type = heap.getClass().getSimpleName();
        return new Swap("Global.install(new " + type + "())",
                child(Map.of(), List.of(chosen(heap)), heap.getClass().getName()));
    }

    /// No line of code.
    static Swap property(LibraryAlloc heap) {
        String property = "-Dheapcraft.global=" + heap.name();
        return new Swap(property, child(Map.of(), List.of(chosen(heap), property)));
    }

    /// The name `malloc` itself.
    static Swap preload(LibraryAlloc heap) {
        return new Swap(PRELOAD + "=" + file(heap.path()),
                child(Map.of(PRELOAD, heap.path()), List.of(chosen(heap))));
    }

    /// The child is to use the same file, so that the library that was preloaded is also the one
    /// that is asked.
    private static String chosen(LibraryAlloc heap) {
        return "-Dheapcraft." + heap.name() + "=" + heap.path();
    }

    private static HeapInForce child(Map<String, String> environment, List<String> options,
                                     String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED", "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC", "-Xmx64m", "-Dstdout.encoding=UTF-8"));
        command.addAll(options);
        command.addAll(List.of("-cp", ChildJvm.library(), HeapInForce.class.getName()));
        command.addAll(List.of(arguments));
        ProcessBuilder child = new ProcessBuilder(command).redirectErrorStream(true);
        child.environment().putAll(environment);
        try {
            Process process = child.start();
            String text = new String(process.getInputStream().readAllBytes(),
                    StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException("a child JVM with " + environment + " and "
                        + options + " failed:\n" + text);
            }
            return HeapInForce.parse(text.lines().toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a child JVM ran", e);
        }
    }
}
