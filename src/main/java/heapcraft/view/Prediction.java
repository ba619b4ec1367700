package heapcraft.view;

import java.util.List;

/// A question about what a heap will do next, asked before it does it.
///
/// ```java
/// Prediction next = new WhereNext(
///         HeapSetup.of(Policy.BEST_FIT, 20).alloc(6, 2, 4, 3).free(0, 2), 3);
/// next.options();              // 0, 8, 15, nowhere
/// next.run("0").isRight();     // false: best fit takes the hole of 4 at 8
/// ```
///
/// Each run makes the heap anew and lets the real allocator answer.
///
/// @implSpec The options hold the right answer, and never give away which it is.
public sealed interface Prediction permits WhereNext, WhatIsFree, WhichFails {

    /// What came of a prediction.
    ///
    /// @param guess   what the learner said
    /// @param truth   what the allocator did, as one of the options
    /// @param because why it did so: what it looked at, in order, and why it refused each
    /// @param after   the heap afterwards
    record Outcome(String guess, String truth, String because, HeapPicture after) {

        /// {@return whether the learner said what the allocator did}
        public boolean isRight() {
            return guess.equals(truth);
        }

        @Override
        public String toString() {
            return (isRight() ? "Right: " + truth + ". " : "You said " + guess + "; it is " + truth
                    + ". ") + because;
        }
    }

    /// {@return the heap before}
    HeapSetup setup();

    /// {@return the question, in a sentence}
    String question();

    /// {@return the answers to choose from}
    List<String> options();

    /// The answer that a click on the heap before means, or the empty string.
    default String at(long unit) {
        return "";
    }

    /// Lets the real allocator answer.
    ///
    /// @param guess what the learner expects: one of the options
    /// @throws IllegalArgumentException if it is none of them, with a word on what they are
    Outcome run(String guess);

    /// The option that a learner has typed, perhaps with other spaces.
    ///
    /// @throws IllegalArgumentException if there is none
    static String option(List<String> options, String guess) {
        String typed = guess.replaceAll("[\\s,]+", " ").strip();
        return options.stream().filter(option -> option.replace(",", "").equals(typed)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("'" + guess + "' is no answer to"
                        + " this question; say one of: " + String.join(" | ", options)));
    }
}
