package ch12;

import static heapcraft.exercise.Todo.todo;

import heapcraft.trace.Script;
import heapcraft.trace.Trace;

/// Traces that convict eight heaps which nobody here can see.
///
/// The idea: whoever tests an allocator knows what it may not do, and what it may. A trace that
/// goes wrong on a heap proves something only if it goes well on every heap that is right, however
/// that one works inside: first fit, best fit, buddies, size classes. And it has to go well on the
/// other seven suspects, or it says nothing about this one.
///
/// ```text
///    symptom ──► which step went wrong? ──► the shortest trace
///                                           that needs that step
///     on the suspect: a block refused, moved onto another one,
///                     misaligned, or with the wrong bytes in it
///     on the others:  nothing of that
/// ```
///
/// A trace is written with a [Script], whose `alloc` returns the number of a block:
///
/// ```java
/// var script = new Script();
/// long a = script.alloc(100, 16);      // 100 bytes, aligned to 16
/// long b = script.allocZeroed(64, 16);
/// script.realloc(a, 300);
/// script.free(b);
/// return script.trace();               // what is alive is freed at the end
/// ```
///
/// Each suspect has 64 KiB, 65,536 bytes, and cuts holes in multiples of 16. Above 1 MiB, every heap
/// must refuse, and that proves nothing. Whoever replays your trace writes other bytes into each
/// block and looks for them before the block is resized or freed. A trace may have 16 events.
///
/// Be graded: `./lab grade BugHunt`, `mvn test -Dexercise=BugHunt`, or `check("BugHunt")` in the
/// notebook. The traces are to be found by thinking: the suspects themselves, and what makes traces
/// up or shortens them, are not allowed here.
public final class BugHunt {

    private BugHunt() { }

    /// "After a while it says no, though nearly everything is free."
    public static Trace mostlyFree() {
        throw todo("make a large hole that a right heap has, and this one has not");
    }

    /// "Every morning all is given back, and there is a little less than the day before."
    public static Trace shrinkingStock() {
        throw todo("give everything back, and show that something is missing");
    }

    /// "When somebody moves into a smaller room, somebody next door finds his things gone."
    public static Trace smallerRoom() {
        throw todo("make a block smaller so that it moves, next to somebody who would notice");
    }

    /// "A new counter should begin at 0. Now and then it begins at 37."
    public static Trace oldNumbers() {
        throw todo("ask for zeros where somebody was before");
    }

    /// "Vector instructions crash, though not with the first block."
    public static Trace crashingVectors() {
        throw todo("ask for a large alignment where the address has it not by chance");
    }

    /// "There is a hole of just the right size, and nobody gets it."
    public static Trace perfectHole() {
        throw todo("leave one hole only, and ask for exactly its size");
    }

    /// "Of two who asked for the same size, one after the other, both got the same room."
    public static Trace twinKeys() {
        throw todo("have one used room, and two who ask for its size");
    }

    /// "Once, somebody asked for far too much, and was refused. Since then, somebody else writes
    /// into his block."
    public static Trace tooMuchOnce() {
        throw todo("get a block, ask for too much, and see who comes next");
    }
}
