package heapcraft.grade;

import java.nio.file.Path;
import java.util.List;

/// What a worker is started with: its wall, the one folder it may write to, and more options for
/// its JVM.
record Workshop(Cage cage, Path scratch, List<String> jvmOptions) { }
