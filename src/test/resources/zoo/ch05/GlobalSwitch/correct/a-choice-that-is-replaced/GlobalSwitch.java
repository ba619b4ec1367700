package ch05;

import heapcraft.alloc.GlobalAlloc;
import java.util.Map;
import java.util.function.Supplier;

public final class GlobalSwitch {

    private final Supplier<String> property;
    private final Map<String, Supplier<GlobalAlloc>> known;
    private final Supplier<GlobalAlloc> usual;

    private Supplier<GlobalAlloc> choice = this::unchosen;
    private boolean taken;
    private RuntimeException who;

    public GlobalSwitch(Supplier<String> property, Map<String, Supplier<GlobalAlloc>> known,
                        Supplier<GlobalAlloc> usual) {
        this.property = property;
        this.known = known;
        this.usual = usual;
    }

    public void install(GlobalAlloc heap) {
        if (taken) {
            throw who == null ? new IllegalStateException("somebody else has installed a heap")
                    : new IllegalStateException("the heap is in use", who);
        }
        heap.toString();
        taken = true;
        choice = () -> heap;
    }

    public GlobalAlloc heap() {
        GlobalAlloc heap = choice.get();
        if (who == null) {
            who = new RuntimeException("used here");
            taken = true;
            choice = () -> heap;
        }
        return heap;
    }

    private GlobalAlloc unchosen() {
        String name = property.get();
        if (name == null) {
            return usual.get();
        }
        if (!known.containsKey(name)) {
            throw new IllegalArgumentException(name + "? There are " + known.keySet());
        }
        return known.get(name).get();
    }
}
