package heapcraft.trace.profile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProfileTest {

    @TempDir
    private Path folder;

    private static byte[] recorded(String name) throws IOException {
        try (InputStream bytes = ProfileTest.class.getResourceAsStream(
                "/heapcraft/evidence/" + name)) {
            return bytes.readAllBytes();
        }
    }

    private static String text(String name) throws IOException {
        return new String(recorded(name), StandardCharsets.UTF_8);
    }

    private static String refusal(String text) {
        return assertThrows(IllegalArgumentException.class, () -> Profile.parse(text)).getMessage();
    }

    /// Counted by hand with grep and awk.
    @ParameterizedTest
    @CsvSource({"parser.perf.txt, 98, 140", "requests.perf.txt, 25, 76", "words.perf.txt, 1, 108"})
    void a_share_of_samples_is_read_from_recorded_stacks(String name, int allocators, int samples)
            throws IOException {
        Profile profile = Profile.parse(text(name));
        assertEquals((double) allocators / samples, profile.share().orElseThrow(), 1e-12);
        assertEquals(Integer.toString(samples), profile.figures().get("samples"));
    }

    @Test
    void every_recording_says_what_ran_by_which_command_version_and_when() {
        RecordedEvidence.all().forEach((name, profile) -> assertTrue(profile.head().keySet()
                .containsAll(List.of("program", "command", "version", "date")), () -> name + ": "
                + profile.head()));
    }

    @Test
    void a_stack_counts_where_the_allocator_is_innermost_and_where_it_is_further_out() {
        Profile profile = Profile.parse("""
                a b 7  1.000001: cpu-clock:
                \t           98a9a malloc (/usr/lib/libc.so.6)
                \t            1e37 atom (/tmp/a b)

                a b 7  1.000002: cpu-clock:
                \tffffffff8225a6c1 do_syscall_64 ([kernel.kallsyms])
                \t           98a9a __libc_malloc+0x1a (/usr/lib/libc.so.6)
                \t            1e37 main (/tmp/a b)

                a b 7  1.000003: cpu-clock:
                \t            1e37 main (/tmp/a b)

                a b 7  1.000004: cpu-clock:
                """);
        assertEquals(2.0 / 3, profile.share().orElseThrow(), 1e-12);
        assertEquals("33.3 % are in the allocator's own code", profile.figures().get("innermost"));
        assertEquals("4, 1 of them without a stack, which do not count",
                profile.figures().get("samples"));
    }

    @Test
    void the_head_that_perf_itself_prints_by_default_is_understood_too() {
        Profile profile = Profile.parse("""
                t 17608  4882.116406:     250000 cpu-clock:
                \tffffffff8157e81c perf_iterate_sb.constprop.0+0xbc ([kernel.kallsyms])
                t 17608/17609 [001]  4882.116643:     250000 cycles:u:
                \t           20ca3 _int_free+0x13 (/usr/lib/libc.so.6)
                """);
        assertEquals(0.5, profile.share().orElseThrow());
    }

    @Test
    void samples_without_any_stack_name_the_option_that_is_missing() {
        assertTrue(refusal("t 17608  4882.116406: cpu-clock:\n").contains("--call-graph dwarf"));
    }

    @Test
    void a_line_that_perf_does_not_write_is_named_by_its_number() {
        assertEquals("line 2 is neither a sample nor a frame of perf script: hello",
                refusal("t 17608  4882.116406: cpu-clock:\nhello\n"));
    }

    @Test
    void perf_stat_gives_no_share_but_a_bound_for_who_waits() throws IOException {
        Profile profile = Profile.parse(text("words.perf-stat.txt"));
        assertEquals(OptionalDouble.empty(), profile.share());
        assertEquals("0.067 s, 21 % of it", profile.figures().get("on a processor"));
        assertEquals("not counted on this machine", profile.figures().get("instructions a cycle"));
        assertTrue(profile.figures().get("at best").startsWith("1.26 times as fast"));
    }

    @Test
    void perf_stat_counts_instructions_a_cycle_where_the_machine_does() {
        Profile profile = Profile.parse("""
                 Performance counter stats for './a':
                          1,000.00 msec task-clock     #    1.000 CPUs utilized
                       2,000,000      cycles           #    0.002 GHz
                       3,000,000      instructions     #    1.50  insn per cycle

                       1.000000000 seconds time elapsed
                """);
        assertEquals("1.50", profile.figures().get("instructions a cycle"));
        assertEquals("./a", profile.head().get("command"));
        assertEquals("no bound: it never waited", profile.figures().get("at best"));
    }

    @Test
    void heaptracks_calls_imply_a_share_of_the_program_alone() throws IOException {
        Profile profile = Profile.parse(text("parser.heaptrack.txt"));
        assertEquals(1_228_202 * 12e-9 / 0.022, profile.share().orElseThrow(), 1e-12);
        assertEquals("138.50K", profile.figures().get("peak heap"));
    }

    @Test
    void without_that_time_heaptracks_own_runtime_has_to_do_and_it_says_so() {
        Profile profile = Profile.parse("""
                total runtime: 2.00s.
                calls to allocation functions: 1000000 (500000/s)
                temporary memory allocations: 250000 (125000/s)
                peak heap memory consumption: 72.70K
                """);
        assertEquals(0.006, profile.share().orElseThrow(), 1e-12);
        assertTrue(profile.basis().contains("heaptrack has made longer"), profile.basis());
        assertTrue(profile.figures().get("temporary").startsWith("25.0 %"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"parser.heaptrack.txt", "words.perf-stat.txt"})
    void a_text_that_is_cut_short_says_what_is_missing(String name) throws IOException {
        String whole = text(name);
        int end = name.contains("stat") ? whole.indexOf("seconds time elapsed")
                : whole.indexOf("temporary memory allocations: ");
        assertTrue(refusal(whole.substring(0, end)).endsWith("; is it cut short?"));
    }

    @Test
    void a_stack_that_is_cut_in_the_middle_of_a_line_is_refused_or_counted_as_it_stands()
            throws IOException {
        String whole = text("parser.perf.txt");
        assertTrue(refusal(whole + "\nparser 289").startsWith("line "));
    }

    @Test
    void nothing_is_nothing() throws IOException {
        assertEquals("there is nothing in it", refusal(" \n"));
        Path empty = Files.writeString(folder.resolve("empty.txt"), "");
        assertEquals("empty.txt: there is nothing in it", assertThrows(
                IllegalArgumentException.class, () -> Profile.read(empty)).getMessage());
    }

    @Test
    void a_foreign_file_is_refused_in_one_sentence() throws IOException {
        String sentence = "neither perf script, perf stat, heaptrack_print nor JFR has written this";
        assertEquals(sentence, refusal("#include <stdio.h>\n"));
        Path binary = Files.write(folder.resolve("a.out"), new byte[] {0x7f, 'E', 'L', (byte) 0xff});
        assertEquals("a.out: " + sentence, assertThrows(IllegalArgumentException.class,
                () -> Profile.read(binary)).getMessage());
    }

    @Test
    void jfr_gives_memory_and_says_that_it_is_blind_to_malloc() throws IOException {
        Profile profile = Profile.read(Files.write(folder.resolve("a.jfr"),
                recorded("parser.jfr")));
        assertEquals(OptionalDouble.empty(), profile.share());
        assertTrue(profile.blind().startsWith("malloc"), profile.blind());
        assertTrue(profile.figures().get("native memory").contains("Java Heap 134.2 MB"),
                profile.figures()::toString);
        assertTrue(profile.figures().get("Java objects").endsWith(" samples"));
    }

    @Test
    void a_recording_of_jfr_that_is_cut_short_is_refused() throws IOException {
        byte[] whole = recorded("parser.jfr");
        Path cut = Files.write(folder.resolve("cut.jfr"),
                java.util.Arrays.copyOf(whole, whole.length / 2));
        assertEquals("cut.jfr: this recording of JFR is cut short or broken", assertThrows(
                IllegalArgumentException.class, () -> Profile.read(cut)).getMessage());
    }
}
