package heapcraft.lab;

import io.methvin.watcher.DirectoryChangeEvent;
import io.methvin.watcher.DirectoryWatcher;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/// Saved files, told by the operating system.
final class FileEvents implements SavedFiles {

    private final DirectoryWatcher watcher;

    FileEvents(Path folder, Consumer<Path> saved) throws IOException {
        watcher = DirectoryWatcher.builder()
                .path(folder)
                .fileHashing(false) // saving the same text again is a question too
                .listener(event -> {
                    if (event.eventType() != DirectoryChangeEvent.EventType.DELETE) {
                        saved.accept(event.path());
                    }
                })
                .build();
        start();
    }

    /// @throws IOException if the system gives no events here, or no more of them
    private void start() throws IOException {
        CompletableFuture<Void> watching =
                watcher.watchAsync(task -> Thread.ofPlatform().daemon().name("events").start(task));
        if (watching.isCompletedExceptionally()) {
            close();
            throw new IOException(watching.exceptionNow().getMessage());
        }
    }

    @Override
    public String how() {
        return "file events";
    }

    @Override
    public void close() {
        try {
            watcher.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
