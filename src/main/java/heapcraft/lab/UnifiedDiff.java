package heapcraft.lab;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import java.util.List;

/// The difference of two texts, line ends not counted, as `diff -u` prints it.
final class UnifiedDiff {

    private static final int CONTEXT = 3;

    private UnifiedDiff() { }

    /// From one text to another; empty if their lines are the same.
    static String of(String from, String fromText, String to, String toText) {
        List<String> lines = fromText.lines().toList();
        List<String> diff = UnifiedDiffUtils.generateUnifiedDiff(from, to, lines,
                DiffUtils.diff(lines, toText.lines().toList()), CONTEXT);
        return diff.isEmpty() ? "" : String.join("\n", diff) + "\n";
    }
}
