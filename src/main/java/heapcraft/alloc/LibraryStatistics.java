package heapcraft.alloc;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.stream.Collectors;

/// What a library's heap says about itself.
///
/// @param bytes   sizes in bytes, by the library's own names; empty if it counts nothing
/// @param missing why there is nothing, in a sentence; empty if there is
public record LibraryStatistics(SequencedMap<String, Long> bytes, String missing) {

    /// Keeps a copy.
    public LibraryStatistics {
        bytes = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(bytes));
    }

    static LibraryStatistics of(SequencedMap<String, Long> bytes) {
        return new LibraryStatistics(bytes, "");
    }

    static LibraryStatistics none(String why) {
        return new LibraryStatistics(new LinkedHashMap<>(), why);
    }

    /// One line for each, or the reason why there is none.
    @Override
    public String toString() {
        return bytes.isEmpty() ? missing : bytes.entrySet().stream()
                .map(each -> "%-40s %,16d bytes".formatted(each.getKey(), each.getValue()))
                .collect(Collectors.joining("\n"));
    }
}
