package heapcraft.grade;

import java.util.List;

/// Why a test has its verdict, told so that the learner knows what to do next.
///
/// @param call   what was done, as the learner would write it
/// @param got    what came of it
/// @param wanted what was wanted; empty where that goes without saying
/// @param next   one next step
/// @param where  the learner's own lines on the way there, innermost first
public record Finding(String call, String got, String wanted, String next, List<String> where) {

    /// Much of it was said by the learner's code: from here on, all of it is harmless to print.
    public Finding {
        call = Visible.part(call);
        got = Visible.part(got);
        wanted = Visible.part(wanted);
        next = Visible.part(next);
        where = Visible.parts(where);
    }

    /// For a test that needs no words.
    static final Finding NONE = new Finding("", "", "", "", List.of());

    /// The finding in one line, for lists.
    public String summary() {
        String line = call.isEmpty() ? got
                : call + " " + got + (wanted.isEmpty() ? "" : ", wanted " + wanted);
        return line.lines().findFirst().orElse("");
    }
}
