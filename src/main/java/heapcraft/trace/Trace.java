package heapcraft.trace;

import heapcraft.trace.HeapEvent.Alloc;
import heapcraft.trace.HeapEvent.Free;
import heapcraft.trace.HeapEvent.Realloc;
import heapcraft.trace.HeapEvent.Reset;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongUnaryOperator;

/// What happened on a heap, in order: recorded by a [Recorder], made up by a [Workload], or read
/// from a file.
///
/// ```java
/// Trace trace = Trace.parse("""
///         heapcraft-trace 1
///         alloc 0 64 8         # block 0: 64 bytes, aligned to 8
///         realloc 0 128
///         free 0
///         """);
/// Trace placed = Replay.on(new SystemAlloc()).run(trace);   // the same with addresses
/// ```
///
/// The text has one event a line, so that any tool for lines can compare two traces. Its first line
/// names the format and the version; numbers are decimal, addresses hexadecimal; a comment goes
/// from `#` to the end of its line:
///
/// ```text
/// heapcraft-trace 1
/// alloc 0 64 8               # block 0: 64 bytes, aligned to 8
/// alloc 1 24 8 zeroed        # block 1: 24 bytes that had to be 0
/// realloc 0 128 @7f001040    # block 0: now 128 bytes, and where they lie
/// alloc 2 4096 16 refused    # there was no memory
/// free 1
/// reset                      # every live block died
/// ```
///
/// Immutable; may be shared between threads.
///
/// @param events what happened; each one makes sense after those before it
public record Trace(List<HeapEvent> events) {

    /// Takes over a copy of the events.
    ///
    /// @throws IllegalArgumentException if an event cannot happen after those before it
    public Trace {
        events = List.copyOf(events);
        LiveBlocks live = new LiveBlocks();
        for (int i = 0; i < events.size(); i++) {
            try {
                live.apply(events.get(i));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("event " + i + " of a trace: "
                        + e.getMessage(), e);
            }
        }
    }

    /// A trace of those events that make sense after the ones before them; the others are left out.
    static Trace ofSensible(List<HeapEvent> events) {
        LiveBlocks live = new LiveBlocks();
        List<HeapEvent> sensible = new ArrayList<>();
        for (HeapEvent event : events) {
            if (live.admits(event)) {
                live.apply(event);
                sensible.add(event);
            }
        }
        return new Trace(sensible);
    }

    /// This trace with its blocks numbered 0, 1, 2 and so on.
    Trace renumbered() {
        Map<Long, Long> numbers = new HashMap<>();
        return new Trace(events.stream().<HeapEvent>map(event -> switch (event) {
            case Alloc a -> {
                numbers.put(a.block(), (long) numbers.size());
                yield new Alloc(numbers.get(a.block()), a.layout(), a.zeroed(), a.address());
            }
            case Realloc r -> new Realloc(numbers.get(r.block()), r.newSize(), r.address());
            case Free f -> new Free(numbers.get(f.block()));
            case Reset reset -> reset;
        }).toList());
    }

    /// {@return the trace that a text describes}
    ///
    /// @param text the format is described above
    /// @throws IllegalArgumentException naming the first line that is wrong, and why
    public static Trace parse(String text) {
        return TraceText.parse(text);
    }

    /// {@return the trace in a file of UTF-8 text}
    ///
    /// @param file where it lies
    /// @throws IllegalArgumentException naming the first line that is wrong, and why
    /// @throws IOException if the file cannot be read
    public static Trace read(Path file) throws IOException {
        return parse(Files.readString(file));
    }

    /// Writes this trace as text into a file, in the place of what was there.
    ///
    /// @param file where it goes
    /// @throws IOException if the file cannot be written
    public void write(Path file) throws IOException {
        Files.writeString(file, toString());
    }

    /// {@return how many events there are}
    public int size() {
        return events.size();
    }

    /// {@return this trace as it was planned: no addresses, no refusals}
    public Trace planned() {
        return withAddresses(address -> HeapEvent.PLANNED);
    }

    /// {@return this trace with addresses counted from `base`, so that runs in different places can
    /// be compared}
    ///
    /// @param base an address below all the others, such as that of the heap's first byte less 1
    public Trace relativeTo(long base) {
        return withAddresses(address -> address <= HeapEvent.REFUSED ? address : address - base);
    }

    /// {@return this trace as Java code that does it again, to paste into a notebook cell or a
    /// `main`}
    ///
    /// @param heap the name of the heap's variable there
    public String toJava(String heap) {
        return Snippet.of(this, heap);
    }

    private Trace withAddresses(LongUnaryOperator change) {
        return new Trace(events.stream().<HeapEvent>map(event -> switch (event) {
            case Alloc a -> new Alloc(a.block(), a.layout(), a.zeroed(),
                    change.applyAsLong(a.address()));
            case Realloc r -> new Realloc(r.block(), r.newSize(), change.applyAsLong(r.address()));
            default -> event;
        }).toList());
    }

    /// The trace as text, one event a line.
    @Override
    public String toString() {
        return TraceText.format(this);
    }
}
