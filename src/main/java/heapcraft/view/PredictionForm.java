package heapcraft.view;

import heapcraft.view.Prediction.Outcome;
import heapcraft.view.Scene.Control;
import heapcraft.view.Scene.Fact;
import heapcraft.view.Scene.Strip;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/// A prediction to fill in: first the guess, by a click on the heap or from a list, then the run.
///
/// ```java
/// HeapSetup setup = HeapSetup.of(Policy.FIRST_FIT, 20).alloc(2, 4, 5).free(0);
/// var form = new PredictionForm(new WhereNext(setup, 3), outcome -> "");
/// form.on(new Simulator.Action("guess", "11"));
/// form.on(new Simulator.Action("run", ""));
/// form.scene().say();   // Right: 11. …
/// ```
public final class PredictionForm implements Simulator {

    private static final String NOT_YET = "–";

    private final Prediction prediction;
    private final Function<Outcome, String> onRun;
    /// The heap before, drawn once so that its addresses stay.
    private final RecordedHeap before;
    private final List<String> options;
    private String guess = NOT_YET;
    /// What came of it, or `null` before.
    private Outcome outcome;
    private String say = "First say what you expect, then run it.";
    private String alert = "";

    /// An empty form.
    ///
    /// @param prediction the question
    /// @param onRun      is told once what came of it, and may add a sentence
    public PredictionForm(Prediction prediction, Function<Outcome, String> onRun) {
        this.prediction = prediction;
        this.onRun = onRun;
        before = prediction.setup().build();
        options = prediction.options();
    }

    @Override
    public void on(Action action) {
        alert = "";
        if (outcome != null) {
            return;
        }
        switch (action.control()) {
            case "guess" -> guess = action.value();
            case "heap" -> mark((action.address() - before.start()) / HeapSetup.UNIT);
            case "run" -> run();
            default -> throw new IllegalArgumentException("there is no " + action.control());
        }
    }

    private void mark(long unit) {
        String marked = prediction.at(unit);
        if (marked.isEmpty()) {
            alert = "Unit " + unit + " is no answer to this question.";
        } else {
            guess = marked;
        }
    }

    private void run() {
        if (guess.equals(NOT_YET)) {
            alert = "Say first what you expect.";
        } else {
            outcome = prediction.run(guess);
            say = outcome.toString();
            say = (say + " " + onRun.apply(outcome)).strip();
        }
    }

    /// The blocks by their numbers, each with its units.
    private String inUse() {
        return before.liveNumbers().stream()
                .map(number -> "block " + number + ": " + UnitRange.live(before, number))
                .collect(Collectors.joining(", "));
    }

    @Override
    public Scene scene() {
        boolean open = outcome == null;
        List<String> choices = new ArrayList<>(List.of(NOT_YET));
        choices.addAll(options);
        List<Control> controls = open
                ? List.of(new Control.Choice("guess", "I expect", choices, guess),
                        new Control.Button("run", "Run it", !guess.equals(NOT_YET)))
                : List.of();
        List<Strip> strips = new ArrayList<>();
        strips.add(new Strip("heap", "Before: " + prediction.setup(), before.picture(),
                open && prediction instanceof WhereNext));
        if (!open) {
            strips.add(new Strip("after", "After", outcome.after(), false));
        }
        return new Scene(prediction.question(), controls, strips,
                List.of(new Fact("your guess", guess),
                        new Fact("free before", UnitRange.words(UnitRange.free(before))),
                        new Fact("in use before", inUse())),
                say, alert, prediction.setup().toJava(before));
    }
}
