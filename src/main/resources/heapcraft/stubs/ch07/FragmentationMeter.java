package ch07;

import static heapcraft.exercise.Todo.todo;

import java.util.ArrayList;
import java.util.List;

/// Measures a heap: how much is free, in what pieces, and how much is lost.
///
/// The idea: "free" is not one number. What can be had at once is the largest hole; what lies
/// outside of it is free, and of no use to a large request. And of what is live, a part was never
/// asked for: it was rounded up.
///
/// ```text
///   live   free  free  live      free    live
///   ┌──────┬─────┬────┬─────────┬───────┬─────┐      14 bytes free,
///   │ 6 of │  4  │  4 │ 10 of   │   6   │  4  │      holes of 8 and of 6:
///   │ 8    │     │    │ 10      │       │of 4 │      a request for 9 fails
///   └──────┴─────┴────┴─────────┴───────┴─────┘
///   external 6 of 14     internal 2 of 22     utilisation 20 of 36
/// ```
///
/// All shares run from 0 to 1. Where there is nothing to share out (0 of 0), they are 0.
///
/// Be graded: `./lab grade FragmentationMeter`, `mvn test -Dexercise=FragmentationMeter`, or
/// `check("FragmentationMeter")` in the notebook. The library's `Fragmentation` is not allowed
/// here: you build it.
public final class FragmentationMeter {

    /// A stretch of the heap: a live block, or bytes that are free.
    ///
    /// @param isLive whether it was handed out
    /// @param asked  the bytes that the program asked for; 0 if it is free
    /// @param taken  the bytes of the stretch, at least 1, and at least those asked for
    public record Stretch(boolean isLive, long asked, long taken) {

        /// A live block.
        public static Stretch live(long asked, long taken) {
            return new Stretch(true, asked, taken);
        }

        /// Free bytes.
        public static Stretch free(long taken) {
            return new Stretch(false, 0, taken);
        }
    }

    private final List<Stretch> heap;

    /// @param heap the stretches in the order of their addresses: each begins where the one before
    ///             ends. All of them together have no more bytes than a `long` can count.
    public FragmentationMeter(List<Stretch> heap) {
        this.heap = List.copyOf(heap);
    }

    /// The sizes of the holes, in the order of their addresses. Free stretches side by side are one
    /// hole.
    public List<Long> holes() {
        throw todo("join free stretches side by side, and list the sizes");
    }

    /// How many bytes are free.
    public long free() {
        throw todo("count the bytes that are free");
    }

    /// The size of the largest hole; 0 if there is none.
    public long largestHole() {
        throw todo("find the size of the largest hole");
    }

    /// The share of the free bytes that lie outside the largest hole.
    public double external() {
        throw todo("say which share of the free bytes a large request cannot have");
    }

    /// The share of the live blocks' bytes that nobody asked for.
    public double internal() {
        throw todo("say which share of the live bytes nobody asked for");
    }

    /// The share of the whole heap that the program asked for.
    public double utilisation() {
        throw todo("say which share of the heap the program asked for");
    }

    /// Whether a request can be served.
    ///
    /// @param byteSize how many bytes in one piece, at least 1
    public boolean canServe(long byteSize) {
        throw todo("say whether so many bytes can be had in one piece");
    }

    /// Whether a request fails although as many bytes are free, though not in one piece.
    ///
    /// @param byteSize how many bytes in one piece, at least 1
    public boolean failsThoughFree(long byteSize) {
        throw todo("tell a heap in pieces from one that is full");
    }
}
