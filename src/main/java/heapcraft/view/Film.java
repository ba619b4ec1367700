package heapcraft.view;

import heapcraft.alloc.Bump;
import heapcraft.alloc.BumpAllocator;
import heapcraft.alloc.GlobalAlloc;
import heapcraft.alloc.PoolAlloc;
import heapcraft.alloc.Walkable;
import heapcraft.trace.HeapEvent;
import heapcraft.trace.Replay;
import heapcraft.trace.Trace;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// A trace from its first event to its last: for every moment a [HeapPicture], on one heap or on
/// several side by side.
///
/// ```java
/// try (Arena arena = Arena.ofConfined()) {
///     Film film = Film.of(Workload.PAIRS.trace(1, 300),
///             new FreeListAlloc(arena.allocate(64 * 1024), Fit.FIRST),
///             new BuddyAlloc(arena.allocate(64 * 1024)));
///     String page = film.page();      // one HTML file, to be opened anywhere
/// }
/// ```
///
/// Where a heap breaks a law its film ends, with the law in words. A film outlives its heaps.
/// Immutable; may be shared between threads.
public final class Film {

    private final Trace plan;
    private final List<Reel> reels;

    private Film(Trace plan, List<Reel> reels) {
        this.plan = plan;
        this.reels = reels;
    }

    /// {@return the film of what was recorded, by addresses alone}
    ///
    /// @param recorded one run, or several of the same plan to be seen side by side
    /// @throws IllegalArgumentException if an event has no address, or the plans differ
    public static Film of(Trace... recorded) {
        Trace plan = Stream.of(recorded).max(Comparator.comparing(Trace::size))
                .orElseThrow(() -> new IllegalArgumentException("no trace, no film"));
        return new Film(plan,
                Stream.of(recorded).map(each -> filmed(plan, "", each).reel()).toList());
    }

    /// {@return the film of a run whose last event broke a law, by addresses alone}
    ///
    /// @param recorded the run until then
    /// @param why      the law in words, and how it was broken
    /// @throws IllegalArgumentException if an event has no address
    public static Film broken(Trace recorded, String why) {
        Camera camera = filmed(recorded, "", recorded);
        camera.brokeLast(why);
        return new Film(recorded, List.of(camera.reel()));
    }

    private static Camera filmed(Trace plan, String title, Trace recorded) {
        Camera camera = new Camera(plan, title, Ground.of(recorded));
        recorded.events().forEach(event -> {
            camera.event(event);
            camera.shoot();
        });
        return camera;
    }

    /// {@return the film of a trace as it is run on each of these heaps} A heap is checked after
    /// each event, and drawn by its own walk, or by addresses if it is not [Walkable]. Whatever a
    /// heap throws ends its part of the film and is told there.
    ///
    /// @param trace  what to ask; what was refused in it is asked for again
    /// @param heap   who answers; it should be empty, and is empty again at the end
    /// @param others who answers beside it
    public static Film of(Trace trace, GlobalAlloc heap, GlobalAlloc... others) {
        return new Film(trace, Stream.concat(Stream.of(heap), Stream.of(others))
                .map(each -> each instanceof Walkable walkable ? walked(trace, each, walkable)
                        : byAddress(trace, each)).toList());
    }

    private static Reel walked(Trace trace, GlobalAlloc heap, Walkable walkable) {
        Camera camera = new Camera(trace, heap.toString(), walkable);
        try {
            replay(heap).afterEach(event -> {
                camera.event(event);
                // A heap that is broken must not be walked: it may have no end.
                heap.check();
                camera.shoot();
            }).run(trace);
        } catch (RuntimeException | AssertionError | StackOverflowError broken) {
            camera.brokeNext(words(broken));
        }
        return camera.reel();
    }

    /// Runs first and films afterwards: only then is known where the blocks lie.
    private static Reel byAddress(Trace trace, GlobalAlloc heap) {
        String title = heap.toString();
        List<HeapEvent> happened = new ArrayList<>();
        List<HeapEvent> checked = new ArrayList<>();
        String broken = "";
        try {
            replay(heap).afterEach(event -> {
                happened.add(event);
                heap.check();
                checked.add(event);
            }).run(trace);
        } catch (RuntimeException | AssertionError | StackOverflowError thrown) {
            broken = words(thrown);
        }
        Camera camera = filmed(trace, title, new Trace(happened));
        if (!broken.isEmpty() && checked.size() < happened.size()) {
            camera.brokeLast(broken);
        } else if (!broken.isEmpty()) {
            camera.brokeNext(broken);
        }
        return camera.reel();
    }

    private static Replay replay(GlobalAlloc heap) {
        Replay replay = Replay.on(heap);
        return switch (heap) {
            case BumpAllocator arena -> replay.withReset(arena::reset);
            case Bump arena -> replay.withReset(arena::reset);
            case PoolAlloc pool -> replay.withReset(pool::reset);
            default -> replay;
        };
    }

    private static String words(Throwable thrown) {
        return thrown.getMessage() == null ? thrown.toString() : thrown.getMessage();
    }

    /// {@return this film with other titles above its strips}
    ///
    /// @param titles one for each heap
    /// @throws IllegalArgumentException if there are more or fewer of them
    public Film titled(String... titles) {
        if (titles.length != reels.size()) {
            throw new IllegalArgumentException(titles.length + " titles for " + reels.size()
                    + " heaps");
        }
        return new Film(plan, IntStream.range(0, titles.length)
                .mapToObj(i -> reels.get(i).titled(titles[i])).toList());
    }

    /// {@return one HTML file that fetches nothing, to be opened in any browser}
    public String page() {
        return FilmPage.page(this);
    }

    /// {@return the film as a piece of HTML, for a notebook's output} Any number of them may stand
    /// on a page. Where scripts are taken out, the [#still()] is left.
    public String fragment() {
        return FilmPage.fragment(this);
    }

    /// {@return the film without the script that plays it, for a page that has [#SCRIPT] once}
    public String part() {
        return FilmPage.part(this);
    }

    /// Plays all the parts that stand before it on a page.
    public static final String SCRIPT = FilmPage.SCRIPT;

    /// What a page's policy calls the script, so as to allow it and no other.
    public static final String SCRIPT_DIGEST = FilmPage.digest(SCRIPT);

    /// {@return the moment that matters as an SVG document: the first broken law, or the end}
    public String still() {
        return Still.of(reels.stream().map(Reel::heading).toList(),
                reels.stream().map(Reel::last).toList(), summary());
    }

    /// {@return the same moment as text}
    ///
    /// @param columns how many characters a line may have, at least 20
    public String text(int columns) {
        return reels.stream().map(reel -> (reel.heading().isEmpty() ? "" : reel.heading() + "\n")
                + reel.last().text(columns)).collect(Collectors.joining("\n"));
    }

    /// {@return the film in a sentence}
    public String summary() {
        return "After " + (plan.size() == 1 ? "1 operation" : plan.size() + " operations") + ": "
                + reels.stream().map(reel -> reel.heading().isEmpty() ? reel.last().summary()
                        : reel.heading() + ": " + reel.last().summary())
                .collect(Collectors.joining(" "));
    }

    Trace plan() {
        return plan;
    }

    List<Reel> reels() {
        return reels;
    }
}
