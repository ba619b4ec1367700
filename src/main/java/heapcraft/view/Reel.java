package heapcraft.view;

import java.util.List;
import java.util.Map;

/// One heap's part of a film: frame 0 is before the first operation, frame `n` after the `n`-th.
///
/// @param title    the heap's name, or nothing
/// @param changes  by frame: what is different from the frame before, as [Tokens] says it
/// @param notes    by frame: what else there is to say, such as a refusal
/// @param brokenAt the frame in which a law is broken, or -1
/// @param why      which law, and how; or nothing
/// @param last     the picture of the last frame
/// @param blocks   the most blocks that a piece of memory ever had
record Reel(String title, List<String> changes, Map<Integer, String> notes, int brokenAt,
            String why, HeapPicture last, int blocks) {

    Reel {
        changes = List.copyOf(changes);
        notes = Map.copyOf(notes);
    }

    Reel titled(String other) {
        return new Reel(other, changes, notes, brokenAt, why, last, blocks);
    }

    /// What stands above the last picture.
    String heading() {
        String broken = brokenAt < 0 ? "" : "broken at operation " + brokenAt + ": " + why;
        return title.isEmpty() ? broken : broken.isEmpty() ? title : title + ", " + broken;
    }
}
