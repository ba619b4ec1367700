package heapcraft.grade;

/// What became of one expected test. Silence is no verdict: a test that reported nothing gets one
/// of these from what its process did.
public enum Verdict {
    /// It held.
    PASSED("passed", Colour.GREEN),
    /// It ran into a gap that the learner has not filled yet.
    TODO("to do", Colour.YELLOW),
    /// It did not hold.
    WRONG("wrong", Colour.RED),
    /// There was nothing to run.
    DOES_NOT_COMPILE("does not compile", Colour.RED),
    /// The class uses what its exercise does not allow.
    FORBIDDEN("forbidden", Colour.RED),
    /// The process died of a signal, such as `SIGSEGV`.
    CRASHED("crashed", Colour.RED),
    /// It was still running at the deadline.
    TIMED_OUT("timed out", Colour.RED),
    /// It took more memory than an exercise may have.
    OUT_OF_MEMORY("out of memory", Colour.RED),
    /// The process ended itself before the test was over.
    EXITED("exited", Colour.RED),
    /// The grader failed, not the learner.
    GRADER_ERROR("grader error", Colour.RED);

    /// What a verdict means for the build.
    public enum Colour {
        /// Nothing left.
        GREEN("[x]"),
        /// Something left.
        YELLOW("[ ]"),
        /// Something to mend.
        RED("[!]");

        private final String mark;

        Colour(String mark) {
            this.mark = mark;
        }

        /// A mark in plain text: colours are told apart by shape too.
        public String mark() {
            return mark;
        }
    }

    private final String words;
    private final Colour colour;

    Verdict(String words, Colour colour) {
        this.words = words;
        this.colour = colour;
    }

    /// The verdict as a learner reads it.
    public String words() {
        return words;
    }

    /// What it means for the build.
    public Colour colour() {
        return colour;
    }
}
