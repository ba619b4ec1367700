// What does a program use that has chosen nothing?
// killed by: uses_the_usual_heap_if_nobody_chooses, is_one_heap_from_the_first_use_on, refuses_no_heap_at_all
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
        if (installed != null) {
            throw new IllegalStateException(installed + " is installed already");
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
            return null;
        }
        Supplier<GlobalAlloc> maker = known.get(name);
        if (maker == null) {
            throw new IllegalArgumentException(name + " is no heap; there are " + known.keySet());
        }
        return maker.get();
    }
}
