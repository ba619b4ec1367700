package heapcraft.alloc;

import java.lang.reflect.InvocationTargetException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/// The one heap behind every `Box`, `Vec` and `Str` that names no other: Rust's
/// `#[global_allocator]`.
///
/// Swap it with one line, before anything has used it:
///
/// ```java
/// Global.install(new TrackingAllocator(new SystemAlloc()));
/// ```
///
/// or without any line: with `-Dheapcraft.global=jemalloc` (or `mimalloc`, `tcmalloc`, `system`, the
/// name of another heap of ours, such as `TrackingAllocator`, or of any class), or with a
/// `java.util.ServiceLoader` provider of [GlobalAlloc] on the class path. The line goes before the
/// property, and the property before the provider; with none of them it is [SystemAlloc].
///
/// The first use settles it, as linking settles it for a Rust program: blocks of the old heap may
/// be alive, and a new heap could not take them back. From then on the heap is a constant, and
/// compiled code calls it directly.
///
/// Any number of threads may use this class.
public final class Global {

    private static final String PROPERTY = "heapcraft.global";

    /// What the heaps are called that are not written in Java.
    private static final Map<String, String> CLASSES = Map.of("system", "SystemAlloc",
            "jemalloc", "Jemalloc", "mimalloc", "Mimalloc", "tcmalloc", "Tcmalloc");

    private static GlobalAlloc installed;
    /// The stack at the first use, or `null` while the heap can still be chosen.
    private static Throwable firstUse;

    private Global() { }

    /// Makes a heap the global one.
    ///
    /// @param heap what everyone will use
    /// @throws IllegalStateException if the global heap was used before, or installed before
    public static synchronized void install(GlobalAlloc heap) {
        if (firstUse != null) {
            throw new IllegalStateException("the global heap is " + Chosen.HEAP + " since its"
                    + " first use, and its blocks may be alive; call install before that line"
                    + " (the cause below shows it)", firstUse);
        }
        if (installed != null) {
            throw new IllegalStateException("the global heap is already installed: " + installed
                    + "; a program has one");
        }
        installed = Objects.requireNonNull(heap, "heap");
    }

    /// {@return the global heap} Asking for it settles which one it is.
    public static GlobalAlloc heap() {
        return Chosen.HEAP;
    }

    /// {@return the global heap, for collections} Asking for it settles which one it is.
    public static Allocator allocator() {
        return Chosen.ALLOCATOR;
    }

    /// A `static final` of a class of its own: set when first touched, and a constant to the JIT.
    private static final class Chosen {
        static final GlobalAlloc HEAP = settle();
        static final Allocator ALLOCATOR = HEAP.asAllocator();
    }

    private static synchronized GlobalAlloc settle() {
        firstUse = new Throwable("first use of the global heap");
        String name = System.getProperty(PROPERTY);
        if (installed != null) {
            return installed;
        }
        return name != null ? named(name) : provided();
    }

    /// A heap by its class name; ours need no package.
    private static GlobalAlloc named(String name) {
        String className = name.contains(".") ? name
                : Global.class.getPackageName() + "." + CLASSES.getOrDefault(name, name);
        try {
            return (GlobalAlloc) Class.forName(className, true, ClassLoader.getSystemClassLoader())
                    .getConstructor().newInstance();
        } catch (InvocationTargetException e) {
            throw new ServiceConfigurationError("-D" + PROPERTY + "=" + name + ": "
                    + e.getCause().getMessage(), e.getCause());
        } catch (ReflectiveOperationException | ClassCastException e) {
            // Only an Error keeps its message on the way out of a static initialiser.
            throw new ServiceConfigurationError("-D" + PROPERTY + "=" + name + " names no heap: "
                    + className + " must be a public GlobalAlloc with a public constructor"
                    + " without arguments", e);
        }
    }

    private static GlobalAlloc provided() {
        List<GlobalAlloc> heaps = ServiceLoader
                .load(GlobalAlloc.class, ClassLoader.getSystemClassLoader()).stream()
                .map(ServiceLoader.Provider::get).toList();
        return switch (heaps.size()) {
            case 0 -> new SystemAlloc();
            case 1 -> heaps.getFirst();
            default -> throw new ServiceConfigurationError("the class path provides "
                    + heaps.size() + " global heaps: " + heaps + "; choose one with -D" + PROPERTY);
        };
    }
}
