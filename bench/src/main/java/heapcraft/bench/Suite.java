package heapcraft.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// What is measured, and what it should come to.
final class Suite {

    static final String GROWTH = "growth";
    static final String GLOBAL = "global";

    static final List<Growth> GROWTH_LINES = List.of(Growth.of("FreeListAlloc", "all"),
            Growth.of("SizeClassAlloc", "all"), Growth.of("SizeClassAlloc", "few"));

    private Suite() { }

    static List<Group> groups() {
        return List.of(nodes("32", "32-byte nodes, all bytes written"),
                nodes("Mixed", "nodes of 16 to 136 bytes, first and last word written"),
                pairs("32", "32 bytes"), pairs("Mixed", "16 to 136 bytes"),
                libraries("32", "32 bytes"), libraries("Mixed", "16 to 136 bytes"),
                growth(), counters(), vec(), global());
    }

    /// @throws IllegalArgumentException if one of the names is no group's
    static List<Group> named(List<String> names) {
        List<String> known = groups().stream().map(Group::name).toList();
        for (String name : names) {
            if (!known.contains(name)) {
                throw new IllegalArgumentException(
                        "there is no group " + name + "; there are " + String.join(", ", known));
            }
        }
        return groups().stream().filter(each -> names.isEmpty() || names.contains(each.name()))
                .toList();
    }

    private static Group nodes(String size, String nodes) {
        Subject bumpalo = new Subject("bumpalo, Rust", Peer.RUST.at("nodes" + size));
        Subject bumpRaw = node("Bump, addresses", "bumpRaw", size);
        Subject bump = node("Bump, segments", "bumpSafe", size);
        Subject allocatorRaw = node("BumpAllocator, addresses", "bumpAllocatorRaw", size);
        Subject allocator = node("BumpAllocator, segments", "bumpAllocatorSafe", size);
        Subject slicing = node("JDK slicingAllocator", "slicingAllocator", size);
        Subject own = node("BumpAllocator, segments, seen by no other", "bumpAllocatorOwn", size);
        Subject ownSlicing = node("JDK slicingAllocator, seen by no other", "slicingAllocatorOwn",
                size);
        Subject confined = node("JDK Arena.ofConfined", "confinedArena", size);
        Subject malloc = new Subject("malloc and free, C", Peer.C.at("nodes" + size));
        Subject plain = node("malloc and free, FFM", "mallocPlain", size);
        Subject critical = node("malloc and free, FFM critical", "mallocCritical", size);
        return new Group("nodes" + size, "allocate, write, and at the end of 1024 free all: " + nodes,
                5, 40,
                List.of(bumpalo, bumpRaw, bump, allocatorRaw, allocator, slicing, own,
                        ownSlicing, confined, malloc, plain, critical,
                        onLargeHeap("Bump, addresses, 8 GiB Java heap", "bumpRaw", size),
                        onLargeHeap("Bump, segments, 8 GiB Java heap", "bumpSafe", size)),
                List.of(new Goal(bumpRaw, bumpalo, 1.0), new Goal(allocatorRaw, bumpalo, 1.0),
                        new Goal(bump, slicing, 1.0), new Goal(allocator, slicing, 1.0),
                        new Goal(own, ownSlicing, 1.0),
                        new Goal(bumpRaw, plain, 1.0 / 8), new Goal(bump, plain, 1.0 / 8),
                        new Goal(bump, critical, 1.0 / 8)));
    }

    private static Subject node(String label, String method, String size) {
        return new Subject(label, new Jmh("NodesBench." + method, "size=" + size));
    }

    private static Subject onLargeHeap(String label, String method, String size) {
        return new Subject(label,
                new Jmh("NodesBench." + method, "size=" + size).onLargeHeap());
    }

    private static Group pairs(String size, String bytes) {
        Subject c = new Subject("malloc and free, C", Peer.C.at("pairs" + size));
        Subject system = pair("SystemAlloc", "systemAlloc", size);
        return new Group("pairs" + size, "allocate, write a word, free at once: " + bytes, 5, 40,
                List.of(c, system, pair("malloc and free, FFM", "mallocPlain", size),
                        pair("malloc and free, FFM critical", "mallocCritical", size),
                        pair("JDK Arena.ofConfined", "confinedArena", size)),
                List.of(new Goal(system, c, 1.5)));
    }

    private static Subject pair(String label, String method, String size) {
        return new Subject(label, new Jmh("PairsBench." + method, "size=" + size));
    }

    /// The real libraries, called from Java and from C: the same file for both. What two calls cost
    /// that do nothing says where most of the difference goes.
    private static Group libraries(String size, String bytes) {
        List<Subject> subjects = new ArrayList<>();
        List<Goal> goals = new ArrayList<>();
        for (String heap : List.of("Jemalloc", "Mimalloc", "Tcmalloc")) {
            String file = System.getProperty("heapcraft." + heap.toLowerCase(Locale.ROOT));
            Subject c = new Subject(heap + ", C", file == null ? Source.NONE
                    : Peer.C.at("pairs" + size, file));
            Subject java = library(heap + ", heapcraft", "pairs", heap, size, file);
            subjects.addAll(List.of(c, java,
                    library(heap + ", critical calls only", "addresses", heap, size, file)));
            goals.add(new Goal(java, c, 1.7));
        }
        subjects.add(new Subject("two critical calls that do nothing",
                new Jmh("EmptyCallBench.critical")));
        subjects.add(new Subject("two plain calls that do nothing",
                new Jmh("EmptyCallBench.plain")));
        return new Group("libraries" + size, "allocate, write a word, free at once: " + bytes, 5, 40,
                subjects, goals);
    }

    private static Subject library(String label, String method, String heap, String size,
                                   String file) {
        return new Subject(label, file == null ? Source.NONE
                : new Jmh("LibraryBench." + method, "heap=" + heap, "size=" + size));
    }

    private static Group growth() {
        List<Subject> subjects = GROWTH_LINES.stream()
                .flatMap(line -> line.subjects().stream()).toList();
        List<Subject> few = GROWTH_LINES.getLast().subjects();
        return new Group(GROWTH, "free one block and allocate it again, among so many live ones",
                3, 20, subjects, List.of(new Goal(few.getLast(), few.getFirst(), 1.5)));
    }

    private static Group counters() {
        Subject unwrapped = counting("SystemAlloc", "unwrapped");
        Subject tracker = counting("TrackingAllocator: all of these and more", "tracker");
        return new Group("counters", "allocate, write, free 32 bytes, and count", 5, 40,
                List.of(unwrapped, counting("a wrapper that counts nothing", "nothing"),
                        counting("calls, atomic", "calls"),
                        counting("bytes allocated and freed, atomic", "totals"),
                        counting("live bytes, atomic", "live"),
                        counting("live bytes and their peak, atomic", "peak"), tracker,
                        counting("TrackingAllocator with the lines that allocate", "sites")),
                List.of(new Goal(tracker, unwrapped, 2)));
    }

    private static Subject counting(String label, String counts) {
        return new Subject(label, new Jmh("CountersBench.pairs", "counts=" + counts));
    }

    private static Group vec() {
        Subject rust = new Subject("Vec<i32> on bumpalo, Rust", Peer.RUST.at("pushes"));
        Subject java = new Subject("Vec<Integer> on Bump", new Jmh("VecBench.push"));
        return new Group("vec", "push one int, from empty to 4096 elements", 5, 40,
                List.of(rust, java), List.of(new Goal(java, rust, 1.5)));
    }

    private static Group global() {
        Subject direct = new Subject("a heap by its name", new Jmh("GlobalBench.direct"));
        Subject global = new Subject("the same heap by Global", new Jmh("GlobalBench.global"));
        return new Group(GLOBAL, "allocate and write a 32-byte node on a Bump", 15, 20,
                List.of(direct, global), List.of(new Goal(global, direct, 1.15, true)));
    }
}
