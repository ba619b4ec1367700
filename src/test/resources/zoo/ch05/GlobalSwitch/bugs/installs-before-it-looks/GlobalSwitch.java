// What does the switch hold after a refused install?
// killed by: keeps_the_first_of_two_heaps
package ch05;

import heapcraft.alloc.GlobalAlloc;
import java.util.Map;
import java.util.function.Supplier;

public final class GlobalSwitch {

    private final Supplier<String> property;
    private final Map<String, Supplier<GlobalAlloc>> known;
    private final Supplier<GlobalAlloc> usual;

    private GlobalAlloc installed;
    private GlobalAlloc heap;
    private Throwable firstUse;

    public GlobalSwitch(Supplier<String> property, Map<String, Supplier<GlobalAlloc>> known,
                        Supplier<GlobalAlloc> usual) {
        this.property = property;
        this.known = known;
        this.usual = usual;
    }

    public void install(GlobalAlloc heap) {
        if (firstUse != null) {
            throw new IllegalStateException("the heap is " + this.heap + " since its first use",
                    firstUse);
        }
        GlobalAlloc before = installed;
        installed = heap;
        if (before != null) {
            throw new IllegalStateException(before + " is installed already");
        }
        if (heap == null) {
            throw new NullPointerException("no heap to install");
        }
        installed = heap;
    }

    public GlobalAlloc heap() {
        if (heap == null) {
            heap = chosen();
            firstUse = new Throwable("first use of the heap");
        }
        return heap;
    }

    private GlobalAlloc chosen() {
        if (installed != null) {
            return installed;
        }
        String name = property.get();
        if (name == null) {
            return usual.get();
        }
        Supplier<GlobalAlloc> maker = known.get(name);
        if (maker == null) {
            throw new IllegalArgumentException(name + " is no heap; there are " + known.keySet());
        }
        return maker.get();
    }
}
