package heapcraft.lab;

import heapcraft.alloc.Global;
import heapcraft.alloc.GlobalAlloc;
import heapcraft.alloc.Layout;
import heapcraft.alloc.LibraryAlloc;
import heapcraft.alloc.SymbolOwner;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.function.Supplier;

/// Which heap serves whom in a process: four questions, each answered by looking, not by believing.
///
/// @param global  whose memory `Global.heap()` hands out
/// @param process the file that holds `malloc` as the process finds it, with `dlsym` and `dladdr`
/// @param linker  the file that holds `malloc` as Java's default lookup finds it
/// @param arena   whose memory `Arena.allocate` hands out
record HeapInForce(String global, String process, String linker, String arena) {

    /// Who serves what none of the libraries serves.
    static final String C = "C library";

    private static final Layout LARGE = new Layout(1 << 20, 8);

    /// The answers for this process. Asking settles the global heap.
    static HeapInForce now() {
        try (Arena arena = Arena.ofConfined()) {
            return new HeapInForce(server(() -> Global.heap().alloc(LARGE)),
                    SymbolOwner.ofProcess("malloc").library(),
                    SymbolOwner.ofLinker("malloc").library(),
                    server(() -> arena.allocate(LARGE.byteSize())));
        }
    }

    /// Asks the libraries, of whom each knows what it serves; the C library cannot be asked.
    private static String server(Supplier<MemorySegment> allocation) {
        return LibraryAlloc.present().stream().filter(heap -> heap.serves(allocation))
                .map(LibraryAlloc::name).findFirst().orElse(C);
    }

    /// The program that [Swap] starts: prints the answers, one a line.
    ///
    /// @param install the class of the heap to install with a line of code, or nothing
    public static void main(String[] install) throws ReflectiveOperationException {
        for (String heap : install) {
            Global.install((GlobalAlloc) Class.forName(heap).getConstructor().newInstance());
        }
        HeapInForce now = now();
        List.of(now.global, now.process, now.linker, now.arena).forEach(System.out::println);
    }

    /// Reads what [#main] printed.
    static HeapInForce parse(List<String> lines) {
        return new HeapInForce(lines.get(0), lines.get(1), lines.get(2), lines.get(3));
    }
}
