package ch05;

import heapcraft.alloc.GlobalAlloc;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

public final class GlobalSwitch {

    private final Supplier<String> property;
    private final Map<String, Supplier<GlobalAlloc>> known;
    private final Supplier<GlobalAlloc> usual;

    private Optional<GlobalAlloc> installed = Optional.empty();
    private Optional<IllegalStateException> settled = Optional.empty();
    private GlobalAlloc heap;

    public GlobalSwitch(Supplier<String> property, Map<String, Supplier<GlobalAlloc>> known,
                        Supplier<GlobalAlloc> usual) {
        this.property = property;
        this.known = known;
        this.usual = usual;
    }

    public synchronized void install(GlobalAlloc heap) {
        Objects.requireNonNull(heap);
        if (settled.isPresent()) {
            throw new IllegalStateException("too late", settled.get());
        }
        if (installed.isPresent()) {
            throw new IllegalStateException("installed before: " + installed.get());
        }
        installed = Optional.of(heap);
    }

    public synchronized GlobalAlloc heap() {
        if (settled.isEmpty()) {
            heap = installed.orElseGet(this::byName);
            settled = Optional.of(new IllegalStateException("the first use was here"));
        }
        return heap;
    }

    private GlobalAlloc byName() {
        return Optional.ofNullable(property.get()).map(this::maker).orElse(usual).get();
    }

    private Supplier<GlobalAlloc> maker(String name) {
        return Optional.ofNullable(known.get(name)).orElseThrow(() -> new IllegalArgumentException(
                "no heap " + name + " among " + String.join(", ", known.keySet())));
    }
}
