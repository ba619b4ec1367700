package heapcraft.view;

import heapcraft.trace.HeapEvent.Alloc;
import java.util.ArrayList;
import java.util.List;

/// Which of the next requests will be the first to get no memory?
///
/// ```java
/// var fails = new WhichFails(HeapSetup.of(Policy.WORST_FIT, 12), List.of(4, 4, 6));
/// System.out.println(fails.run("3"));   // Right: 3. Request 1, of 4 units, goes to 0. …
/// ```
///
/// An answer is the request's number, counted from 1, or `none`.
///
/// @param setup    the heap before
/// @param requests their sizes in units, in order
public record WhichFails(HeapSetup setup, List<Integer> requests) implements Prediction {

    private static final String NONE = "none";

    /// Takes over a copy of the sizes.
    public WhichFails {
        requests = List.copyOf(requests);
    }

    @Override
    public String question() {
        return "With " + setup + ", these requests come: " + String.join(", ",
                requests.stream().map(size -> HeapSetup.counted(size)).toList())
                + ". Which is the first to fail? Say 1 for the first, or none.";
    }

    @Override
    public List<String> options() {
        List<String> options = new ArrayList<>();
        for (int i = 1; i <= requests.size(); i++) {
            options.add(Integer.toString(i));
        }
        options.add(NONE);
        return options;
    }

    @Override
    public Outcome run(String guess) {
        String said = Prediction.option(options(), guess);
        RecordedHeap heap = setup.build();
        List<String> because = new ArrayList<>();
        for (int i = 0; i < requests.size(); i++) {
            int size = requests.get(i);
            long number = heap.nextNumber();
            heap.ask(new Alloc(number, HeapSetup.layout(size)));
            if (heap.block(number) == null) {
                because.add(Refusal.words(setup, heap, size));
                return new Outcome(said, Integer.toString(i + 1), String.join(" ", because),
                        heap.picture());
            }
            because.add("Request " + (i + 1) + ", of " + HeapSetup.counted(size) + ", goes to "
                    + (heap.block(number).address() - heap.start()) / HeapSetup.UNIT + ".");
        }
        return new Outcome(said, NONE, String.join(" ", because), heap.picture());
    }
}
