package heapcraft.trace.profile;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The text of `perf script`: samples, each with the stack that the program was in.
///
/// ```text
/// parser 31234  4882.116: cpu-clock:
///             8f0a3 _int_free+0x93 (/usr/lib/x86_64-linux-gnu/libc.so.6)
///              12f1 drop+0x21 (/tmp/evidence/parser)
/// ```
///
/// A sample counts for the allocator if one of its functions is *anywhere* in the stack: then the
/// kernel's work on its behalf, such as `brk`, is in. How many have it *innermost* is said beside.
final class PerfScript {

    private static final Pattern SAMPLE =
            Pattern.compile("^\\S.*\\s\\[?\\d+\\]?.*?\\s[\\w\\-./]+(:[\\w\\-./]+)*:\\s*$");
    private static final Pattern FRAME =
            Pattern.compile("^\\s+([0-9a-f]+)\\s+(.+?)(?:\\s+\\([^()]*(\\(deleted\\))?\\))?$");

    private int samples;
    private int bare;
    private int anywhere;
    private int innermost;
    private boolean open;
    private int depth;
    private boolean seen;

    private PerfScript() { }

    static boolean wrote(String text) {
        return text.lines().filter(line -> !isComment(line)).findFirst()
                .filter(line -> SAMPLE.matcher(line).matches()).isPresent();
    }

    /// @throws IllegalArgumentException if a line is none of perf's, or no sample has a stack
    static Profile parse(String text) {
        PerfScript script = new PerfScript();
        int number = 0;
        for (String line : (Iterable<String>) text.lines()::iterator) {
            number++;
            if (!isComment(line)) {
                script.take(line, number);
            }
        }
        script.endSample();
        return script.profile(Head.of(text));
    }

    private static boolean isComment(String line) {
        return line.startsWith("#") || line.isBlank();
    }

    private void take(String line, int number) {
        Matcher frame = FRAME.matcher(line);
        if (open && frame.matches()) {
            boolean allocators = AllocatorFunctions.has(frame.group(2));
            innermost += allocators && depth == 0 ? 1 : 0;
            seen |= allocators;
            depth++;
        } else if (SAMPLE.matcher(line).matches()) {
            endSample();
            open = true;
            samples++;
        } else {
            throw new IllegalArgumentException("line " + number
                    + " is neither a sample nor a frame of perf script: " + line.strip());
        }
    }

    private void endSample() {
        if (open) {
            anywhere += seen ? 1 : 0;
            bare += depth == 0 ? 1 : 0;
        }
        open = false;
        depth = 0;
        seen = false;
    }

    private Profile profile(Map<String, String> head) {
        if (bare == samples) {
            throw new IllegalArgumentException("its " + samples + " samples have no stack; record"
                    + " with perf record --call-graph dwarf, and print with perf script");
        }
        int whole = samples - bare;
        Map<String, String> figures = new LinkedHashMap<>();
        figures.put("samples", samples + (bare == 0 ? "" : ", " + bare
                + " of them without a stack, which do not count"));
        figures.put("innermost", "%.1f %% are in the allocator's own code".formatted(
                100.0 * innermost / whole));
        return new Profile("perf script", head, OptionalDouble.of((double) anywhere / whole),
                "samples with an allocator's function anywhere in the stack", figures,
                "the first touch of new memory, which the kernel serves in the program's own code;"
                        + " calls that the compiler has inlined; what the program waits for, since"
                        + " it is sampled while it runs");
    }
}
