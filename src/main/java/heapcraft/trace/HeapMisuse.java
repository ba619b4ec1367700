package heapcraft.trace;

/// A program broke the rules of its heap: the message says which, where, and what to do.
public final class HeapMisuse extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    /// Which rule was broken.
    public enum Kind {
        /// A block was freed that had been freed before.
        DOUBLE_FREE,
        /// Something was freed that this heap never handed out.
        FOREIGN_FREE,
        /// A block was freed or resized with another layout than its own.
        WRONG_LAYOUT,
        /// Bytes in front of a block or behind it were written.
        OUT_OF_BOUNDS,
        /// A block was written after it had been freed.
        USE_AFTER_FREE,
        /// A block was never freed.
        LEAK
    }

    /// The broken rule.
    private final Kind kind;

    HeapMisuse(Kind kind, String sentence) {
        super(sentence);
        this.kind = kind;
    }

    /// {@return which rule was broken}
    public Kind kind() {
        return kind;
    }
}
