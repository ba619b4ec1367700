package heapcraft.grade;

import java.io.IOException;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.attribute.LineNumberInfo;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What the JVM wrote down when it died, as far as it helps the learner: the signal, the C function
/// it struck, and the learner's own lines.
///
/// @param signal the signal's name, such as `SIGSEGV`
/// @param inC    the C library and function of the problematic frame, such as `libc.so.6 strlen`;
///               empty if it struck Java or the JVM itself
/// @param where  the learner's lines, innermost first
record CrashLog(String signal, String inC, List<String> where) {

    /// The signal's place where there was none: the JVM itself found no memory.
    static final String NO_MEMORY = "insufficient memory";

    private static final Pattern SIGNAL = Pattern.compile("^#\\s+(SIG\\w+|EXCEPTION_\\w+) ");

    /// The problematic frame in C: `# C  [libc.so.6+0x15d53d]  strlen+0x1d`.
    private static final Pattern IN_C =
            Pattern.compile("^# C {2}\\[([^+\\]]+)[^\\]]*](?:\\s+([\\w.@]+))?");

    /// An interpreted frame: `j  ch00.Peek.first(Ljava/lang/foreign/MemorySegment;)I+5`.
    private static final Pattern INTERPRETED =
            Pattern.compile("^j\\s+([\\w.$]+)\\.([\\w$<>]+)(\\([^)]*\\)\\S+?)\\+(\\d+)");

    /// A compiled one: `J 123 c1 ch00.Peek.first(Ljava/lang/foreign/MemorySegment;)I (9 bytes)`.
    private static final Pattern COMPILED =
            Pattern.compile("^J\\s+\\d+\\S* (?:%\\s)?(?:c\\d )?([\\w.$]+)\\.([\\w$<>]+)(\\([^)]*\\)\\S+)");

    /// Reads a crash log, if there is one.
    ///
    /// @param classes where the learner's class files are: they know which line a bytecode is of
    static Optional<CrashLog> read(Path file, Path classes) throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        String signal = "a fatal error";
        String inC = "";
        List<String> where = new ArrayList<>();
        // A crash log may hold any byte.
        for (String line : Files.readString(file, StandardCharsets.ISO_8859_1)
                .lines().toList()) {
            Matcher named = SIGNAL.matcher(line);
            if (named.find()) {
                signal = named.group(1);
            } else if (line.startsWith("# There is " + NO_MEMORY)) {
                signal = NO_MEMORY;
            }
            Matcher problematic = IN_C.matcher(line);
            if (inC.isEmpty() && problematic.find()) {
                inC = problematic.group(1)
                        + (problematic.group(2) == null ? "" : " " + problematic.group(2));
            }
            frame(line, classes).filter(at -> !where.contains(at)).ifPresent(where::add);
        }
        return Optional.of(new CrashLog(signal, inC, List.copyOf(where)));
    }

    private static Optional<String> frame(String line, Path classes) throws IOException {
        Matcher interpreted = INTERPRETED.matcher(line);
        if (interpreted.find()) {
            return frame(interpreted, Integer.parseInt(interpreted.group(4)), classes);
        }
        Matcher compiled = COMPILED.matcher(line);
        return compiled.find() ? frame(compiled, 0, classes) : Optional.empty();
    }

    private static Optional<String> frame(Matcher method, int bytecode, Path classes)
            throws IOException {
        String className = method.group(1);
        Path file = classes.resolve(className.replace('.', '/') + ".class");
        if (!LearnerFrames.isLearners(className) || !Files.exists(file)) {
            return Optional.empty();
        }
        String source = className.replaceAll("^.*\\.|\\$.*$", "") + ".java";
        return Optional.of(line(ClassFile.of().parse(file), method, bytecode)
                .map(line -> source + ":" + line).orElse(source));
    }

    private static Optional<Integer> line(ClassModel owner, Matcher method, int bytecode) {
        return owner.methods().stream()
                .filter(m -> m.methodName().equalsString(method.group(2))
                        && m.methodType().equalsString(method.group(3)))
                .findFirst().flatMap(m -> line(m, bytecode));
    }

    private static Optional<Integer> line(MethodModel method, int bytecode) {
        return method.code().flatMap(code -> code.findAttribute(Attributes.lineNumberTable()))
                .flatMap(table -> table.lineNumbers().stream()
                        .filter(info -> info.startPc() <= bytecode)
                        .reduce((earlier, later) ->
                                later.startPc() >= earlier.startPc() ? later : earlier)
                        .map(LineNumberInfo::lineNumber));
    }
}
