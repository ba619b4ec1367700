package heapcraft.lab.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Stream;

/// The workers of a comparison: a new one for every heat, so that none finds memory that another
/// heat has left, or, where time is short, the same ones all along.
final class Runners implements AutoCloseable {

    /// Starts the process of an allocator.
    interface Starter {
        Runner start(Entrant entrant, Path errors) throws IOException;
    }

    private final Starter starter;
    private final boolean kept;
    private final Map<Entrant, Runner> running = new EnumMap<>(Entrant.class);
    private final Path folder = Files.createTempDirectory("heapcraft-compare-");

    /// @param kept whether a worker goes on to the next heat
    Runners(Starter starter, boolean kept) throws IOException {
        this.starter = starter;
        this.kept = kept;
    }

    Runner take(Entrant entrant) throws IOException {
        if (!running.containsKey(entrant)) {
            running.put(entrant, starter.start(entrant, folder.resolve(entrant.name())));
        }
        return running.get(entrant);
    }

    /// Ends a worker that has dropped out; the next heat gets a new one.
    void drop(Entrant entrant) {
        if (running.containsKey(entrant)) {
            running.remove(entrant).close();
        }
    }

    void endHeat() {
        if (!kept) {
            endAll();
        }
    }

    private void endAll() {
        running.values().forEach(Runner::close);
        running.clear();
    }

    @Override
    public void close() throws IOException {
        endAll();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
