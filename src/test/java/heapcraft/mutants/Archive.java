package heapcraft.mutants;

import heapcraft.alloc.OtherJvm;
import java.nio.file.Path;
import java.util.List;

/// The JDK's and JUnit's classes, made ready for all children at once: to load them is half of what
/// a short child does.
///
/// Only jars can be archived, and only what comes first on the class path.
///
/// @param file the archive; where the JVM could not make it, children start without
record Archive(Path file) {

    private static final String EXAMPLE = "heapcraft.trace.CheckedAllocTest";

    /// Runs a test, writes down which classes it loads, and archives those.
    ///
    /// @param home where to work
    static Archive madeIn(Path home) {
        Archive archive = new Archive(home.resolve("classes.jsa"));
        Path list = home.resolve("classes.list");
        OtherJvm jvm = new OtherJvm(home, false);
        jvm.run(ClassPath.right(), List.of("-XX:DumpLoadedClassList=" + list),
                RedTests.class.getName(), EXAMPLE, "");
        jvm.run(ClassPath.libraries(), List.of("-Xshare:dump", "-XX:SharedClassListFile=" + list,
                archive.option()), RedTests.class.getName());
        return archive;
    }

    String option() {
        return "-XX:SharedArchiveFile=" + file;
    }
}
