package heapcraft.lab.compare;

/// An allocator's process did not come to its end: the message is the sentence that its row gets.
final class Dropout extends Exception {

    private static final long serialVersionUID = 1;

    Dropout(String sentence) {
        super(sentence);
    }
}
