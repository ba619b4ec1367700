package heapcraft.alloc;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.util.Arrays;
import java.util.List;

/// A library that was opened, for the rest of the process: its blocks may outlive whoever asked for
/// it. All its functions come from its own lookup.
///
/// @param symbols what it exports
/// @param path    the file it came from, as the system's loader names it
record NativeLibrary(SymbolLookup symbols, String path) {

    private static final Linker LINKER = Linker.nativeLinker();

    /// Opens a library.
    ///
    /// @param place a path, or a name that the system's loader knows
    /// @param names of which it must have one, to be the library that is meant
    /// @throws IllegalArgumentException if it cannot be opened, or has none of them; the message is
    ///                                  the reason
    static NativeLibrary open(String place, List<String> names) {
        SymbolLookup symbols;
        try {
            symbols = SymbolLookup.libraryLookup(place, Arena.global());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(Dlopen.reason(place), e);
        }
        return names.stream().flatMap(name -> symbols.find(name).stream()).findFirst()
                .map(at -> new NativeLibrary(symbols, SymbolOwner.file(at.address()).orElse(place)))
                .orElseThrow(() -> new IllegalArgumentException(
                        place + ": has no " + String.join(" or ", names)));
    }

    boolean has(String function) {
        return symbols.find(function).isPresent();
    }

    /// A function, for plain calls.
    MethodHandle find(String function, FunctionDescriptor type) {
        return LINKER.downcallHandle(symbols.findOrThrow(function), type);
    }

    /// A function that is short in every case: see [CHeap#SMALL].
    MethodHandle critical(String function, FunctionDescriptor type) {
        return LINKER.downcallHandle(symbols.findOrThrow(function), type,
                Linker.Option.critical(false));
    }

    /// A function's type where all is `size_t` or an address.
    static FunctionDescriptor longs(int arguments) {
        MemoryLayout[] types = new MemoryLayout[arguments];
        Arrays.fill(types, JAVA_LONG);
        return FunctionDescriptor.of(JAVA_LONG, types);
    }
}
