package heapcraft.kit;

import java.nio.file.Path;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// Has the grader take the library from its jar, as it does for a learner: only then does a worker
/// start from the JDK's cache, and hundreds of submissions are graded here.
final class PackedLibrary implements BeforeAllCallback, AfterAllCallback {

    private static final String PROPERTY = "heapcraft.jar";

    @Override
    public void beforeAll(ExtensionContext context) {
        System.setProperty(PROPERTY, Path.of("target", "heapcraft.jar").toAbsolutePath().toString());
    }

    @Override
    public void afterAll(ExtensionContext context) {
        System.clearProperty(PROPERTY);
    }
}
