package heapcraft.view;

import heapcraft.alloc.BumpAllocator;
import heapcraft.alloc.GlobalAlloc;
import heapcraft.alloc.SystemAlloc;
import heapcraft.alloc.TrackingAllocator;
import heapcraft.own.Str;
import heapcraft.own.Type;
import heapcraft.own.Vec;
import heapcraft.trace.Recorder;
import heapcraft.view.Scene.Control;
import heapcraft.view.Scene.Fact;
import heapcraft.view.Scene.Strip;
import java.util.List;

/// Two `Vec`s and a `Str` on one arena, or on the platform's heap, and what their end costs.
///
/// ```java
/// Simulator request = new CollectionArenas();
/// request.on(new Simulator.Action("name", ""));   // names.push("alice")
/// request.on(new Simulator.Action("end", ""));    // the arena goes, and all three with it
/// request.scene().say();
/// ```
public final class CollectionArenas implements Simulator {

    private static final long ARENA_BYTES = 4096;
    private static final String ARENA = "one arena";
    private static final String SYSTEM = "System";
    private static final List<String> NAMES = List.of("alice", "bob", "carol", "dave");

    private String where = ARENA;
    /// The platform's heap, counting.
    private TrackingAllocator system;
    /// The arena of this request, or `null` if everything goes to the system.
    private BumpAllocator arena;
    private Recorder recorder;
    private Vec<String> names;
    private Vec<Integer> scores;
    private Str text;
    private String say = "A request begins. Put something into its collections.";
    private String alert = "";

    /// A request on an arena.
    public CollectionArenas() {
        begin();
    }

    private void begin() {
        system = new TrackingAllocator(new SystemAlloc());
        recorder = new Recorder();
        arena = where.equals(ARENA) ? new BumpAllocator(ARENA_BYTES, system) : null;
        GlobalAlloc heap = recorder.on(arena == null ? system : arena);
        names = Vec.in(heap, Type.string(heap.asAllocator()));
        scores = Vec.in(heap, Type.INT);
        text = Str.in(heap);
    }

    @Override
    public void on(Action action) {
        alert = "";
        switch (action.control()) {
            case "name" -> push("names.push(\"" + nextName() + "\")", () -> names.push(nextName()));
            case "score" -> push("scores.push(100)", () -> scores.push(100));
            case "text" -> push("text.pushStr(\"hello \")", () -> text.pushStr("hello "));
            case "many" -> push("Fifty names and scores", this::pushMany);
            case "end" -> end();
            case "where" -> {
                closeAll();
                where = action.value();
                begin();
                say = "A new request, on " + where + ".";
            }
            default -> throw new IllegalArgumentException("there is no " + action.control());
        }
    }

    private String nextName() {
        return NAMES.get((int) (names.len() % NAMES.size()));
    }

    private void pushMany() {
        for (int i = 0; i < 50; i++) {
            names.push(nextName());
            scores.push(100);
        }
    }

    private void push(String words, Runnable push) {
        int before = recorder.trace().size();
        try {
            push.run();
            int calls = recorder.trace().size() - before;
            say = words + ": " + (calls == 0 ? "there was room, no call to the heap."
                    : Plural.of(calls, "call") + " to the heap.");
        } catch (OutOfMemoryError full) {
            say = words + " got no memory; what was there before is as it was.";
            alert = "The arena is full: " + arena.used() + " of its " + ARENA_BYTES
                    + " bytes are taken. A Vec that grew has left its old blocks behind in it.";
        }
    }

    private void end() {
        long frees = system.stats().deallocations();
        closeAll();
        frees = system.stats().deallocations() - frees;
        say = "The request is over: " + (frees == 1 ? "1 block was" : frees + " blocks were")
                + " given back to System" + (where.equals(ARENA)
                        ? ", the arena's own. Nobody closed the three collections."
                        : ", one by one: each name's text, and each collection's own.");
        begin();
    }

    /// Only the arena, if there is one: what its collections hold is numbers and text within it.
    private void closeAll() {
        if (arena != null) {
            arena.close();
        } else {
            names.close();
            scores.close();
            text.close();
        }
    }

    @Override
    public Scene scene() {
        HeapPicture picture = arena == null ? HeapPicture.of(recorder.trace())
                : HeapPicture.of(arena, recorder.trace());
        return new Scene("A heap for each collection", List.of(
                new Control.Button("name", "names.push", true),
                new Control.Button("score", "scores.push", true),
                new Control.Button("text", "text.pushStr", true),
                new Control.Button("many", "50 names and scores", true),
                new Control.Button("end", arena == null ? "Close all three" : "Drop the arena",
                        true),
                new Control.Choice("where", "They live on", List.of(ARENA, SYSTEM), where)),
                List.of(new Strip("heap", arena == null ? "System, by addresses alone"
                        : "The arena: " + ARENA_BYTES + " bytes", picture, false)),
                facts(), say, alert, "");
    }

    private List<Fact> facts() {
        return List.of(new Fact("names", names.len() + " of " + names.capacity()),
                new Fact("scores", scores.len() + " of " + scores.capacity()),
                new Fact("text", text.len() + " of " + text.capacity() + " bytes"),
                new Fact("calls by the collections", recorder.trace().size() + ""),
                new Fact("blocks of System in use", system.stats().liveBlocks() + ""),
                new Fact("bytes of System in use", system.stats().liveBytes() + ""));
    }
}
