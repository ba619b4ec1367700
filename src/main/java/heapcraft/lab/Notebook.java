package heapcraft.lab;

import heapcraft.alloc.GlobalAlloc;
import heapcraft.alloc.LibraryAlloc;
import heapcraft.grade.Course;
import heapcraft.grade.Grader;
import heapcraft.grade.Html;
import heapcraft.grade.Progress;
import heapcraft.grade.Project;
import heapcraft.grade.Report.Graded;
import heapcraft.grade.Report;
import heapcraft.grade.Scoreboard;
import heapcraft.grade.VerdictPage;
import heapcraft.lab.compare.Care;
import heapcraft.lab.compare.Contest;
import heapcraft.trace.Trace;
import heapcraft.view.Comms;
import heapcraft.view.Film;
import heapcraft.view.HeapPicture;
import heapcraft.view.LivePictures;
import heapcraft.view.Prediction;
import heapcraft.view.PredictionForm;
import heapcraft.view.Simulator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.attribute.FileTime;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;

/// What a notebook cell can say in one line.
///
/// ```java
/// Notebook.check("LayoutMath");   // grades exercises/ch02/LayoutMath.java and shows the verdict
/// ```
///
/// The class knows no kernel: a kernel's start-up script tells it with [#showOn(BiConsumer)] how to
/// show HTML there. Anywhere else, in JShell for one, it prints text.
public final class Notebook {

    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss");

    /// As wide as a terminal, and a notebook's output at its narrowest.
    private static final int COLUMNS = 78;

    /// Whether cases are measured quickly too: where notebooks are tested, nobody reads the figures.
    private static final boolean BRIEF = Boolean.getBoolean("heapcraft.brief");

    private static volatile BiConsumer<String, String> screen = (text, html) ->
            System.out.print(text);

    /// The pictures of a page that can talk back, or null.
    private static volatile LivePictures live;

    /// When each exercise's file was saved, as of its last check.
    private static final Map<String, FileTime> CHECKED = new ConcurrentHashMap<>();

    private Notebook() { }

    /// Says how to show something here.
    ///
    /// @param screen takes the same content twice: as plain text, then as HTML
    public static void showOn(BiConsumer<String, String> screen) {
        Notebook.screen = screen;
    }

    /// Says how to talk with a page here, so that pictures can be live.
    public static void connect(Comms comms) {
        live = new LivePictures(comms);
    }

    /// Shows allocators that a reader can click on; the real ones stand behind the picture.
    ///
    /// ```java
    /// Notebook.live(new FragmentationSimulator());
    /// ```
    ///
    /// Where nothing can be clicked, in a terminal for one, it prints them as text.
    public static void live(Simulator simulator) {
        if (live == null) {
            System.out.print(simulator.scene().text(72));
        } else {
            live.show(simulator);
        }
    }

    /// Asks what a heap will do next: a form to fill in, and then the real allocator answers.
    ///
    /// ```java
    /// Notebook.predict("best-fit",
    ///         new WhereNext(HeapSetup.of(Policy.BEST_FIT, 20).alloc(6, 2, 4, 3).free(0, 2), 3));
    /// ```
    ///
    /// Where nothing can be clicked, it says how to answer in a cell.
    ///
    /// @param id         the prediction's name in the learner's progress, never used for another
    /// @param prediction the question
    public static void predict(String id, Prediction prediction) {
        live(new PredictionForm(prediction, outcome -> keep(id, outcome)));
        if (live == null) {
            show("Say what you expect in a cell, as predict(\"" + id + "\", …, \""
                    + prediction.options().getFirst() + "\"). You may say: "
                    + String.join(" | ", prediction.options()));
        }
    }

    /// The same with the answer in the cell.
    ///
    /// ```java
    /// Notebook.predict("best-fit",
    ///         new WhereNext(HeapSetup.of(Policy.BEST_FIT, 20).alloc(6, 2, 4, 3).free(0, 2), 3),
    ///         "8");
    /// ```
    ///
    /// @param guess what the learner expects, one of the prediction's options
    public static void predict(String id, Prediction prediction, String guess) {
        try {
            Prediction.Outcome outcome = prediction.run(guess);
            String words = (outcome + " " + keep(id, outcome)).strip();
            screen.accept(words + "\n" + outcome.after().text(72),
                    "<p>" + Html.escape(words) + "</p>" + outcome.after().html());
        } catch (IllegalArgumentException e) {
            show(e.getMessage());
        }
    }

    /// Takes a prediction into the learner's progress, and says what is to be said about it.
    private static String keep(String id, Prediction.Outcome outcome) {
        try {
            return Progress.of(Project.find()).predicted(id, outcome.isRight()) ? ""
                    : "You have predicted this before: your first guess counts.";
        } catch (IllegalStateException | UncheckedIOException e) {
            return "This could not be kept: " + e.getMessage();
        }
    }

    /// Grades an exercise in place and shows the verdict.
    ///
    /// @param name an exercise (`LayoutMath`) or a chapter (`ch02`)
    public static void check(String name) {
        try {
            Report report = new Grader(Project.find()).grade(Course.load().named(name), done -> { });
            String note = note(report);
            screen.accept(Scoreboard.of(report) + note + "\n", VerdictPage.of(report, note));
        } catch (IllegalArgumentException | IllegalStateException e) {
            show(e.getMessage());
        }
    }

    /// Runs workloads on all allocators, each in a process of its own, and shows tables and charts.
    /// It measures only a little, since somebody is waiting; `./lab compare` takes longer.
    ///
    /// @param names workloads such as `small` or `churn`, or `creep`; none means all workloads
    public static void compare(String... names) {
        try {
            Contest contest = Contest.run(List.of(names), true, Notebook::said);
            said("");
            screen.accept(contest.text(), contest.html());
        } catch (IllegalArgumentException e) {
            show(e.getMessage());
        } catch (IOException e) {
            show("No process could be started: " + e.getMessage());
        }
    }

    /// Puts each real library in force in three ways, each in a child JVM of its own, and shows what
    /// that moved and what it left alone.
    public static void swaps() {
        List<Swap> swaps = Swap.all(LibraryAlloc.present());
        screen.accept(Swap.table(swaps), Swap.html(swaps));
    }

    /// Runs small programs, and shows how much allocation matters in each, and whether to care.
    ///
    /// @param names cases such as `parser` or `io`; none means all eight, quickly
    public static void care(String... names) {
        try {
            Care care = Care.run(List.of(names), names.length == 0 || BRIEF, Notebook::said);
            said("");
            screen.accept(care.text(), care.html());
        } catch (IllegalArgumentException e) {
            show(e.getMessage());
        } catch (IOException e) {
            show("No process could be started: " + e.getMessage());
        }
    }

    /// Says what goes on, in the place of what was said before.
    private static void said(String step) {
        System.out.print("\r" + step + " ".repeat(Math.max(0, 79 - step.length())) + "\r");
        System.out.flush();
    }

    /// Shows a heap as it was at one moment.
    public static void show(HeapPicture picture) {
        screen.accept(picture.text(COLUMNS), picture.html());
    }

    /// Shows a film; as text, its last picture.
    public static void show(Film film) {
        screen.accept(film.text(COLUMNS), film.fragment());
    }

    /// Shows what was recorded, event by event: one run, or several of one plan side by side.
    ///
    /// @throws IllegalArgumentException if a trace was planned and never run
    public static void film(Trace... recorded) {
        show(Film.of(recorded));
    }

    /// Runs a trace on one heap, or on several to be seen side by side, and shows it event by event.
    public static void film(Trace trace, GlobalAlloc heap, GlobalAlloc... others) {
        show(Film.of(trace, heap, others));
    }

    private static void show(String sentence) {
        screen.accept(sentence + "\n", "<p>" + Html.escape(sentence) + "</p>");
    }

    /// When the file was saved; a learner who forgot to save sees it here.
    private static String note(Report report) {
        StringBuilder note = new StringBuilder();
        for (Graded graded : report.exercises()) {
            try {
                FileTime saved = Files.getLastModifiedTime(graded.file());
                FileTime before = CHECKED.put(graded.exercise().className(), saved);
                note.append(graded.exercise().id()).append(".java was saved at ")
                        .append(CLOCK.format(LocalDateTime.ofInstant(saved.toInstant(),
                                ZoneId.systemDefault())))
                        .append(saved.equals(before)
                                ? ", not since your last check. Did you save (Ctrl+S)? " : ". ");
            } catch (IOException e) {
                note.append(graded.exercise().id()).append(".java is not there. ");
            }
        }
        return note.append("Wall: ").append(report.cage()).append('.').toString();
    }
}
