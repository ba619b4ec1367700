package heapcraft.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/// Tells when a file below a folder was saved, perhaps more than once for one save.
interface SavedFiles extends AutoCloseable {

    /// How it finds out, in words.
    String how();

    @Override
    void close();

    /// The way that works here: events of the file system, or a look at it twice a second.
    ///
    /// @param polled whether to look, whatever works
    /// @param saved  hears of each file, on another thread
    static SavedFiles below(Path folder, boolean polled, Consumer<Path> saved) throws IOException {
        if (polled) {
            return new PolledFiles(folder, "as told", saved);
        }
        String type = Files.getFileStore(folder).type();
        if (isShared(type)) {
            return new PolledFiles(folder, type + " sends no events of other machines", saved);
        }
        try {
            return new FileEvents(folder, saved);
        } catch (IOException e) {
            return new PolledFiles(folder, "no events: " + e.getMessage(), saved);
        }
    }

    /// Whether somebody else may write to such a file system behind this machine's back: a server,
    /// or the host of a virtual machine, as Windows does under `/mnt/c` in WSL.
    static boolean isShared(String type) {
        return type.matches("(?i)nfs\\d*|cifs|smb.*|9p|v9fs|drvfs|fuse.*|virtiofs|vboxsf|vmhgfs"
                + "|prl_fs|fakeowner|afs|ceph|lustre|gpfs");
    }
}
