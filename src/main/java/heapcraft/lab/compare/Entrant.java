package heapcraft.lab.compare;

import heapcraft.alloc.Bump;
import heapcraft.alloc.Fit;
import heapcraft.alloc.FreeListAlloc;
import heapcraft.alloc.GlobalAlloc;
import heapcraft.alloc.Jemalloc;
import heapcraft.alloc.Layout;
import heapcraft.alloc.Mimalloc;
import heapcraft.alloc.SizeClassAlloc;
import heapcraft.alloc.SystemAlloc;
import heapcraft.alloc.Tcmalloc;
import heapcraft.alloc.Walkable;
import heapcraft.alloc.Walkable.Use;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/// An allocator that takes part, in the order of the tables.
enum Entrant {

    SYSTEM("System", true, Map.of(), Entrant::system),
    ONE_ARENA("System, 1 arena", true, Map.of("MALLOC_ARENA_MAX", "1"), Entrant::system),
    JEMALLOC("jemalloc", true, Map.of(), () -> RealLibrary.open(new Jemalloc())),
    MIMALLOC("mimalloc", true, Map.of(), () -> RealLibrary.open(new Mimalloc())),
    TCMALLOC("tcmalloc", true, Map.of(), () -> RealLibrary.open(new Tcmalloc())),
    SIZE_CLASSES("SizeClassAlloc", false, Map.of(), () -> own(SizeClassAlloc::new)),
    FREE_LIST("FreeListAlloc", false, Map.of(),
            () -> own(memory -> new FreeListAlloc(memory, Fit.FIRST))),
    BUMP("Bump", false, Map.of(), Entrant::bump);

    /// Those that a program can be given in place of its own.
    static final List<Entrant> LIBRARIES = List.of(SYSTEM, JEMALLOC, MIMALLOC, TCMALLOC);

    /// What our own heaps may fill, in bytes. No page of it is resident before it is touched.
    private static final Layout WHOLE = new Layout(512 << 20, 4096);
    private static final GlobalAlloc PARENT = new SystemAlloc();

    private static final String OURS = "the course's own";

    private final String label;
    private final boolean shared;
    private final Map<String, String> environment;
    private final Supplier<OpenHeap> opener;

    Entrant(String label, boolean shared, Map<String, String> environment,
            Supplier<OpenHeap> opener) {
        this.label = label;
        this.shared = shared;
        this.environment = environment;
        this.opener = opener;
    }

    /// What the tables call it.
    String label() {
        return label;
    }

    /// Whether several threads may use it at once.
    boolean isShared() {
        return shared;
    }

    /// What its process must find in its environment.
    Map<String, String> environment() {
        return environment;
    }

    /// Makes it ready in this process.
    OpenHeap open() {
        return opener.get();
    }

    private static OpenHeap system() {
        return new OpenHeap(new SystemAlloc(), null, () -> { }, Glibc::trim, Glibc::statistics,
                Glibc.version(), 0);
    }

    private static <H extends GlobalAlloc & Walkable> OpenHeap own(
            Function<MemorySegment, H> maker) {
        // malloc maps so large a block, and the kernel brings its pages one by one; an arena would
        // zero all of them at once.
        MemorySegment memory = PARENT.alloc(WHOLE);
        H heap = maker.apply(memory);
        return new OpenHeap(heap, null, () -> PARENT.dealloc(memory, WHOLE), () -> { },
                () -> books(heap), OURS, 0);
    }

    private static OpenHeap bump() {
        Bump arena = new Bump(PARENT);
        arena.limit(WHOLE.byteSize());
        return new OpenHeap(arena, arena::reset, arena::close, () -> { }, () -> books(arena), OURS,
                0);
    }

    private static String books(Walkable heap) {
        long live = 0;
        long blocks = 0;
        long overhead = 0;
        for (Walkable.Block block : heap.blocks()) {
            live += block.use() == Use.LIVE ? block.byteSize() : 0;
            blocks += block.use() == Use.LIVE ? 1 : 0;
            overhead += block.use() == Use.OVERHEAD ? block.byteSize() : 0;
        }
        return "%.1f MB in %d live blocks, %.1f MB of overhead between them".formatted(
                live / 1e6, blocks, overhead / 1e6);
    }

    @Override
    public String toString() {
        return label;
    }
}
