package ch09;

import static heapcraft.exercise.Todo.todo;

import heapcraft.alloc.Layout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.util.HashMap;
import java.util.Map;

/// Texts and rows of equal numbers in an arena, by calls as bumpalo has them.
///
/// The idea: in an arena a text is its bytes in UTF-8 and nothing else. The segment knows how many
/// they are, so no zero byte marks the end, and any address will do.
///
/// ```text
///   allocStr("hi")   allocStr("안녕")            allocStr("🙂")
///   ┌────┬────┐┌────┬────┬────┬────┬────┬────┐┌────┬────┬────┬────┐
///   │ 68 │ 69 ││ EC │ 95 │ 88 │ EB │ 85 │ 95 ││ F0 │ 9F │ 99 │ 82 │
///   └────┴────┘└────┴────┴────┴────┴────┴────┘└────┴────┴────┴────┘
///    2 bytes    6 bytes, for 2 letters         4 bytes, for 1
/// ```
///
/// Nothing here is ever given back: the arena ends all of it. It is asked by the JDK's interface,
/// `arena.allocate(byteSize, byteAlignment)`. Where it has no memory, it throws `OutOfMemoryError`,
/// and that may come out of each of these methods.
///
/// Be graded: `./lab grade ArenaStrings`, `mvn test -Dexercise=ArenaStrings`, or
/// `check("ArenaStrings")` in the notebook. The library's `Bump`, `SliceAllocator` and `Str` are
/// not allowed here: you build what they have.
public final class ArenaStrings {

    /// One number of [#fillCopy]: a C `int`.
    public static final Layout ELEMENT = new Layout(4, 4);

    private final SegmentAllocator arena;
    /// The texts that [#intern] has handed out, and where each lies.
    private final Map<String, MemorySegment> interned = new HashMap<>();

    /// @param arena where everything goes
    public ArenaStrings(SegmentAllocator arena) {
        this.arena = arena;
    }

    /// A copy of a text: its bytes in UTF-8, as many as there are, at any address.
    public MemorySegment allocStr(String text) {
        throw todo("put the text into the arena, byte for byte");
    }

    /// The text whose bytes these are.
    ///
    /// @param text as `allocStr` or `join` has made it, from its first byte to its last
    public static String read(MemorySegment text) {
        throw todo("make a Java string of the bytes");
    }

    /// A row of equal numbers, each a C `int` at an address that suits it.
    ///
    /// @param count how many, at least 0
    /// @param value what each of them is
    /// @throws IllegalArgumentException if `count` is negative, or no layout is as large as so many
    public MemorySegment fillCopy(long count, int value) {
        throw todo("put equal numbers into the arena");
    }

    /// Texts in a row, with a separator between each two: one new block, which is as large as all
    /// of it together from the start. An arena takes nothing back, so no other block is asked for
    /// on the way.
    ///
    /// @param separator what comes between
    /// @param parts     texts, each from its first byte to its last; none, or empty ones, too
    public MemorySegment join(String separator, MemorySegment... parts) {
        throw todo("put the texts and what is between them into one block");
    }

    /// The one copy of a text that all who ask for it share: the same segment for an equal text.
    /// (Java does so with the strings that stand in a program, and calls it interning.)
    public MemorySegment intern(String text) {
        throw todo("put each text into the arena once");
    }
}
