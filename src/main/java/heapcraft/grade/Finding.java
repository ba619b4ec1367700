package heapcraft.grade;

import heapcraft.trace.Trace;
import heapcraft.view.Film;
import java.util.List;
import java.util.Optional;

/// Why a test has its verdict, told so that the learner knows what to do next.
///
/// @param call   what was done, as the learner would write it
/// @param got    what came of it
/// @param wanted what was wanted; empty where that goes without saying
/// @param next   one next step
/// @param where  the learner's own lines on the way there, innermost first
/// @param trace  what was done to a heap until then, as a [Trace] in text; empty if to none
public record Finding(String call, String got, String wanted, String next, List<String> where,
                      String trace) {

    /// Longer traces, in characters, are not drawn: nobody would find the mistake in them.
    static final int LONGEST_TRACE = 16_384;

    /// Much of it was said by the learner's code: from here on, all of it is harmless to print.
    public Finding {
        call = Visible.part(call);
        got = Visible.part(got);
        wanted = Visible.part(wanted);
        next = Visible.part(next);
        where = Visible.parts(where);
        trace = trace.length() > LONGEST_TRACE ? "" : trace;
    }

    /// A finding that is about no heap.
    public Finding(String call, String got, String wanted, String next, List<String> where) {
        this(call, got, wanted, next, where, "");
    }

    /// For a test that needs no words.
    static final Finding NONE = new Finding("", "", "", "", List.of());

    /// The finding line by line, each part with its name.
    public String story() {
        StringBuilder story = new StringBuilder();
        part(story, "call", call);
        part(story, "got", got);
        part(story, "wanted", wanted);
        part(story, "where", String.join(", ", where));
        part(story, "next", next);
        return story.toString().stripTrailing();
    }

    /// The heap until the failure. What a worker says of it may be wrong or a lie: then there is no
    /// film.
    public Optional<Film> film() {
        try {
            Trace parsed = Trace.parse(trace);
            return parsed.size() == 0 ? Optional.empty() : Optional.of(Film.broken(parsed, got));
        } catch (RuntimeException e) {
            return Optional.empty();
        }
    }

    private static void part(StringBuilder story, String name, String text) {
        if (!text.isEmpty()) {
            story.append(name).append(": ").append(text).append('\n');
        }
    }

    /// The learner's line it is about; 0 if it is about none.
    public int line() {
        return where.stream().findFirst().map(at -> at.replaceFirst("^.*:", ""))
                .filter(line -> line.matches("\\d{1,9}")).map(Integer::parseInt).orElse(0);
    }

    /// The finding in one line, for lists.
    public String summary() {
        // Of a whole sequence of calls, the last is the one that shows it.
        String last = call.isEmpty() ? "" : call.lines().toList().getLast();
        String line = call.isEmpty() ? got
                : last + " " + got + (wanted.isEmpty() ? "" : ", wanted " + wanted);
        return line.lines().findFirst().orElse("");
    }
}
