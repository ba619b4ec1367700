package heapcraft.alloc;

/// A library is not on this machine. The message says where it was looked for, and one command that
/// brings it.
///
/// ```java
/// try {
///     System.out.println(new Tcmalloc());
/// } catch (MissingLibrary missing) {
///     System.out.println(missing.getMessage());   // … Run: sudo apt install libtcmalloc-minimal4
/// }
/// ```
public final class MissingLibrary extends RuntimeException {

    private static final long serialVersionUID = 1;

    MissingLibrary(String message) {
        super(message);
    }
}
