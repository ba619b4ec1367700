package heapcraft.grade;

import java.util.UUID;

/// Text for the log of a GitHub Actions job, where a line such as `::error::` is a command.
public final class WorkflowLog {

    private WorkflowLog() { }

    /// The text as it is on any other machine; in a job, with commands switched off around it.
    public static String inert(String text) {
        return "true".equals(System.getenv("GITHUB_ACTIONS")) ? withoutCommands(text) : text;
    }

    /// The token cannot be guessed, so the text cannot switch commands on again.
    static String withoutCommands(String text) {
        String token = UUID.randomUUID().toString();
        String end = text.endsWith("\n") ? "" : "\n";
        return "::stop-commands::" + token + "\n" + text + end + "::" + token + "::\n";
    }
}
