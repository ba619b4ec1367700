package heapcraft.trace;

/// A heap gave an answer that no heap may give: the message says to which question, and what is
/// wrong with it.
public final class BrokenContract extends IllegalStateException {
    private static final long serialVersionUID = 1;

    /// What is wrong, without the question.
    private final String answer;

    BrokenContract(String question, String answer) {
        super(question + ": " + answer);
        this.answer = answer;
    }

    /// What is wrong with the answer, such as `byte 3 of block 0 is 0, not 34`.
    public String answer() {
        return answer;
    }
}
