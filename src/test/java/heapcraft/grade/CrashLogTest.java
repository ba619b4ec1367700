package heapcraft.grade;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// On logs as JDK 25 writes them, shortened. Which line a bytecode is of, the learner's class file
/// says; here it is missing, so no line of theirs can be told.
class CrashLogTest {

    @TempDir
    private Path folder;

    @Test
    void names_the_signal_and_the_c_function_it_struck() throws IOException {
        CrashLog log = read("""
                # A fatal error has been detected by the Java Runtime Environment:
                #
                #  SIGSEGV (0xb) at pc=0x00007f0b1c35d53d, pid=2, tid=3
                #
                # Problematic frame:
                # C  [libc.so.6+0x15d53d]  __strlen_avx2+0x1d
                #
                Native frames: (J=compiled Java code, j=interpreted, Vv=VM code, C=native code)
                C  [libother.so+0x1]  other+0x1
                """);
        assertEquals(new CrashLog("SIGSEGV", "libc.so.6 __strlen_avx2", List.of()), log);
    }

    @Test
    void a_c_library_without_names_is_named_itself() throws IOException {
        assertEquals("libc.so.6", read("# C  [libc.so.6+0x15d53d]\n").inC());
    }

    @Test
    void java_and_the_jvm_are_not_c() throws IOException {
        assertEquals("", read("# V  [libjvm.so+0xf1c5a1]  Unsafe_PutByte+0x81\n").inC());
        assertEquals("", read("# J 12 c1 ch00.Peek.first(J)I (9 bytes) @ 0x1 [0x0+0x1]\n").inC());
    }

    @Test
    void a_jvm_without_memory_had_no_signal() throws IOException {
        assertEquals(CrashLog.NO_MEMORY, read(
                "# There is insufficient memory for the Java Runtime Environment to continue.\n")
                .signal());
    }

    @Test
    void no_file_is_no_log() throws IOException {
        assertEquals(Optional.empty(), CrashLog.read(folder.resolve("none"), folder));
    }

    private CrashLog read(String text) throws IOException {
        return CrashLog.read(Files.writeString(folder.resolve("crash.log"), text), folder)
                .orElseThrow();
    }
}
