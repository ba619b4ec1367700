// Where was an exception made whose stack trace shows the first user?
// killed by: shows_who_used_it_first
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
                    new Throwable("first use of the heap"));
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
            return usual.get();
        }
        Supplier<GlobalAlloc> maker = known.get(name);
        if (maker == null) {
            throw new IllegalArgumentException(name + " is no heap; there are " + known.keySet());
        }
        return maker.get();
    }
}
