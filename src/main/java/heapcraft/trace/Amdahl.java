package heapcraft.trace;

/// What a faster allocator could bring at best: a program cannot save more time in its allocator
/// than it spends there.
///
/// ```java
/// Amdahl parser = new Amdahl(0.4);   // two fifths of the time go to malloc and free
/// parser.bound();                    // 1.67: if allocation cost nothing
/// parser.speedUp(2);                 // 1.25: with an allocator twice as fast
/// ```
///
/// A speed-up of 1 changes nothing; 2 is twice as fast. The bound knows the time of the calls and
/// no more: an allocator that puts blocks side by side can speed up the program around its calls
/// too, and so bring more than this. Immutable.
///
/// The formula is Gene Amdahl's, from 1967, where the faster part was that of several processors.
///
/// @param share the part of the program's time that its allocator takes, from 0 to 1
public record Amdahl(double share) {

    /// @throws IllegalArgumentException if the share is not from 0 to 1
    public Amdahl {
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException("a share of time is from 0 to 1, not " + share);
        }
    }

    /// {@return the speed-up if allocation cost nothing: 1 at a share of 0, infinite at 1}
    public double bound() {
        return speedUp(Double.POSITIVE_INFINITY);
    }

    /// {@return the speed-up with an allocator that is `times` as fast as now}
    ///
    /// @param times above 0; below 1 it is slower, and so is the program
    /// @throws IllegalArgumentException if `times` is not above 0
    public double speedUp(double times) {
        if (!(times > 0)) {
            throw new IllegalArgumentException(
                    "an allocator is more than 0 times as fast, not " + times);
        }
        return 1 / (1 - share + share / times);
    }
}
