package heapcraft.alloc;

import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// Where a library was looked for, and what was found.
///
/// @param name       the library's
/// @param library    the one to use, or `null` if there is none
/// @param passedOver why each place looked at before would not do
record LibrarySearch(String name, NativeLibrary library, List<String> passedOver) {

    /// What glibc says to a library that wants more room in each thread than was set aside at start.
    private static final String NO_ROOM = "static TLS block";
    private static final String MORE_ROOM =
            "export GLIBC_TUNABLES=glibc.rtld.optional_static_tls=4096, then start the JVM again";

    private static final String SYSTEM = System.getProperty("os.name");

    /// Takes the first library that is the best there can be; failing that, the first that opens.
    ///
    /// `-Dheapcraft.NAME=FILE` says where it is, and that no other will do: a wrong path hides it.
    ///
    /// @param names  functions of which it must have one
    /// @param places where to look, in this order: paths, or names that the system's loader knows
    /// @param best   whether nothing better can follow
    static LibrarySearch of(String name, List<String> names, Stream<Supplier<String>> places,
                            Predicate<NativeLibrary> best) {
        String told = System.getProperty("heapcraft." + name);
        NativeLibrary found = null;
        List<String> passedOver = new ArrayList<>();
        List<Supplier<String>> all = told == null ? places.toList() : List.of(() -> told);
        for (Supplier<String> place : all) {
            try {
                NativeLibrary library = NativeLibrary.open(place.get(), names);
                if (best.test(library)) {
                    return new LibrarySearch(name, library, passedOver);
                }
                found = found == null ? library : found;
            } catch (IllegalArgumentException | UncheckedIOException unusable) {
                passedOver.add(unusable.getMessage());
            }
        }
        return new LibrarySearch(name, found, passedOver);
    }

    /// The library, or one sentence and one command.
    ///
    /// @param command what brings it
    /// @throws MissingLibrary if there is none
    NativeLibrary orThrow(String command) {
        if (library == null) {
            throw new MissingLibrary("There is no usable " + name + " on this machine ("
                    + String.join("; ", passedOver) + "). Run: "
                    + (isShortOfRoom() ? MORE_ROOM : command));
        }
        return library;
    }

    /// Whether one is there and could not be loaded into this process: no command brings another.
    private boolean isShortOfRoom() {
        return passedOver.stream().anyMatch(reason -> reason.contains(NO_ROOM));
    }

    /// What was passed over for the library that was taken, in a sentence; or nothing.
    String because() {
        return passedOver.isEmpty() ? "" : "Passed over: " + String.join("; ", passedOver) + ".";
    }

    boolean isFound() {
        return library != null;
    }

    /// Where the system may have it: the loader of Linux knows the folders itself, that of macOS
    /// does not know Homebrew's, and Windows has no place for such libraries.
    static Stream<Supplier<String>> system(String linux, String mac) {
        Stream<String> places = isMac() ? Stream.of("/opt/homebrew/lib/" + mac, "/usr/local/lib/" + mac)
                : isWindows() ? Stream.empty() : Stream.of(linux);
        return places.map(place -> () -> place);
    }

    static boolean isMac() {
        return SYSTEM.startsWith("Mac");
    }

    static boolean isWindows() {
        return SYSTEM.startsWith("Windows");
    }
}
