package heapcraft.view;

import heapcraft.view.HeapPicture.Block;
import heapcraft.view.HeapPicture.Piece;
import heapcraft.view.HeapPicture.State;
import heapcraft.view.Scene.Control;
import heapcraft.view.Scene.Fact;
import heapcraft.view.Scene.Strip;
import java.util.ArrayList;
import java.util.List;

/// A simulator of next to nothing: remembers what was done, and throws what it is told to.
final class Counting implements Simulator {

    static final long ADDRESS = 0x7f00_0000_1000L;

    final List<Action> done = new ArrayList<>();
    Throwable next;
    RuntimeException nextScene;
    private long most = 3;

    @Override
    public Scene scene() {
        if (nextScene != null) {
            throw nextScene;
        }
        HeapPicture picture = new HeapPicture(List.of(new Piece(ADDRESS, 96, List.of(
                new Block(ADDRESS, 64, State.LIVE, "0", "alloc 0 64 8"),
                new Block(ADDRESS + 64, 32, State.FREE, "", "")))));
        return new Scene("Counting <clicks>",
                List.of(new Control.Button("more", "More", done.size() < most),
                        new Control.Choice("fit", "Fit", List.of("first", "best"), "first"),
                        new Control.Number("most", "Most", 1, 9, most),
                        new Control.Switch("merge", "Merge", true),
                        new Control.Order("fields", "Fields", List.of("int a", "char b"))),
                List.of(new Strip("heap", "The heap", picture, true)),
                List.of(new Fact("done", done.size() + " times")),
                done.isEmpty() ? "" : "Did " + done.getLast().control() + ".", "", "");
    }

    @Override
    public void on(Action action) {
        if (next != null) {
            Throwable thrown = next;
            next = null;
            throwAs(thrown);
        }
        done.add(action);
        if (action.control().equals("most")) {
            most = action.number();
        }
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> void throwAs(Throwable thrown) throws T {
        throw (T) thrown;
    }
}
