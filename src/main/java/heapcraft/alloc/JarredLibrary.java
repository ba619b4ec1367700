package heapcraft.alloc;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/// A library that lies in a jar on the class path, as LWJGL packs them: `linux/x64/…`. The system's
/// loader opens files only, so it is copied out.
final class JarredLibrary {

    private JarredLibrary() { }

    /// The library as a file: in the project's `.lab/native`, or else in the user's cache, or else
    /// in a folder that this process leaves empty.
    ///
    /// Its name says what is in it, it appears whole or not at all, and it is compared with the jar
    /// each time.
    ///
    /// @param folder  in the jar, below the system and the processor
    /// @param library without what a library's name begins and ends with
    /// @throws IllegalArgumentException if the class path has none for this machine
    /// @throws UncheckedIOException     if it cannot be written
    static String unpacked(String folder, String library) {
        String file = System.mapLibraryName(library);
        byte[] content = read(system() + "/" + processor() + "/" + folder + "/" + file);
        String name = sha256(content).substring(0, 12) + "-" + file;
        IOException last = null;
        for (Path cache : new Path[] {project(), user()}) {
            try {
                return whole(cache.resolve(name), content).toString();
            } catch (IOException e) {
                last = e;
            }
        }
        try {
            Path own = Files.createTempDirectory("heapcraft-native-");
            Path copy = whole(own.resolve(name), content);
            own.toFile().deleteOnExit();   // in reverse order: the folder after the file
            copy.toFile().deleteOnExit();
            return copy.toString();
        } catch (IOException e) {
            e.addSuppressed(last);
            throw new UncheckedIOException(file + " from the class path cannot be copied: "
                    + e.getMessage(), e);
        }
    }

    private static byte[] read(String resource) {
        ClassLoader ours = JarredLibrary.class.getClassLoader();
        try (InputStream in = ours.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalArgumentException(resource + ": not on the class path");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(resource + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static Path project() {
        String root = System.getProperty("heapcraft.root");
        return root == null ? user() : Path.of(root, ".lab", "native");
    }

    private static Path user() {
        return Path.of(System.getProperty("user.home"), ".cache", "heapcraft", "native");
    }

    static Path whole(Path file, byte[] content) throws IOException {
        if (!Files.exists(file) || !Arrays.equals(Files.readAllBytes(file), content)) {
            Files.createDirectories(file.getParent());
            Path half = Files.createTempFile(file.getParent(), "half", "");
            try {
                Files.write(half, content);
                Files.move(half, file, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(half);
            }
        }
        return file;
    }

    private static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }

    private static String system() {
        return LibrarySearch.isMac() ? "macos" : LibrarySearch.isWindows() ? "windows" : "linux";
    }

    private static String processor() {
        return switch (System.getProperty("os.arch")) {
            case "amd64", "x86_64" -> "x64";
            case "aarch64" -> "arm64";
            case String other -> other;
        };
    }
}
