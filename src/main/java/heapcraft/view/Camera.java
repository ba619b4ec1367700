package heapcraft.view;

import heapcraft.alloc.Walkable;
import heapcraft.trace.HeapEvent;
import heapcraft.trace.HeapEvent.Alloc;
import heapcraft.trace.HeapEvent.Realloc;
import heapcraft.trace.LiveBlocks;
import heapcraft.trace.Trace;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/// Takes a picture after each event of a run, and keeps what is different from the one before.
final class Camera {

    private final Trace plan;
    private final String title;
    private final History history = new History();
    private final Supplier<HeapPicture> view;
    /// What is alive in this run: the plan goes on with blocks that were refused here.
    private final LiveBlocks live = new LiveBlocks();
    private final Tokens tokens;
    private final List<String> changes = new ArrayList<>();
    private final Map<Integer, String> notes = new HashMap<>();
    private HeapPicture last = new HeapPicture(List.of());
    private int blocks;
    /// The index of the plan's next event. All but the last one before it have their frames.
    private int next;
    private int brokenAt = -1;
    private String why = "";

    /// @param heap whose own walk is drawn
    Camera(Trace plan, String title, Walkable heap) {
        this.plan = plan;
        this.title = title;
        this.view = () -> history.picture(heap);
        this.tokens = new Tokens(plan);
        shoot();
    }

    /// @param ground where the run's blocks lie, by addresses alone
    Camera(Trace plan, String title, Ground ground) {
        this.plan = plan;
        this.title = title;
        this.view = () -> history.picture(ground);
        this.tokens = new Tokens(plan);
        shoot();
    }

    /// An event happened.
    ///
    /// @throws IllegalArgumentException if it is not what the plan has next
    void event(HeapEvent event) {
        skip();
        if (next == plan.size()
                || !History.asked(event).equals(History.asked(plan.events().get(next)))) {
            throw new IllegalArgumentException("'" + History.asked(event) + "' is not what the"
                    + " longest run has there; a film shows one plan on several heaps");
        }
        next++;
        history.apply(event);
        live.apply(event);
        if (isRefused(event)) {
            notes.put(next, "refused: there was no memory for it");
        }
    }

    private static boolean isRefused(HeapEvent event) {
        return event instanceof Alloc alloc && alloc.address() == HeapEvent.REFUSED
                || event instanceof Realloc realloc && realloc.address() == HeapEvent.REFUSED;
    }

    /// What the plan has next and nobody can ask here: a frame each, without a change.
    private void skip() {
        while (next < plan.size() && !live.admits(plan.events().get(next))) {
            next++;
            notes.put(next, "not asked: its block was refused");
            hold();
        }
    }

    /// A frame with the picture as it is now.
    void shoot() {
        last = view.get();
        changes.add(tokens.changes(last));
        last.pieces().forEach(piece -> blocks = Math.max(blocks, piece.blocks().size()));
    }

    private void hold() {
        changes.add("");
    }

    /// A law was broken in the last frame.
    void brokeLast(String why) {
        brokenAt = changes.size() - 1;
        this.why = why;
    }

    /// A law was broken before the next frame could be taken.
    void brokeNext(String why) {
        if (changes.size() > next) {
            skip();
        }
        if (changes.size() <= plan.size()) {
            hold();
        }
        brokeLast(why);
    }

    Reel reel() {
        if (brokenAt < 0) {
            skip();
        }
        return new Reel(title, changes, notes, brokenAt, why, last, blocks);
    }
}
