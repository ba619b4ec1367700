package heapcraft.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A program outside Java that does the same work, built when it is first asked for.
enum Peer {

    /// On bumpalo.
    RUST(Path.of("rust/release/peer"), "cargo", "build", "--release", "--locked",
            "--manifest-path", "bench/rust/Cargo.toml", "--target-dir", Main.TARGET + "/rust"),
    /// On malloc and free.
    C(Path.of("c-peer"), "cc", "-O2", "-o", Main.TARGET + "/c-peer", "bench/c/peer.c", "-ldl");

    private final String program;
    private final String[] build;
    /// Whether it is there to be run; `null` before anybody asked.
    private Boolean built;

    Peer(Path program, String... build) {
        this.program = Main.TARGET.resolve(program).toString();
        this.build = build;
    }

    /// A part of what the peer can do.
    ///
    /// @param more what it should know besides
    Source at(String work, String... more) {
        return (warm, slices) -> isBuilt() ? run(work, warm, slices, more) : new double[0];
    }

    private double[] run(String work, int warm, int slices, String... more) {
        List<String> command = new ArrayList<>(List.of(program, work, Integer.toString(warm),
                Integer.toString(slices)));
        command.addAll(List.of(more));
        Tool run = Tool.run(command.toArray(String[]::new));
        if (run.exitCode() != 0) {
            throw new IllegalStateException(program + " " + work + " failed: " + run.text());
        }
        return run.text().lines().mapToDouble(Double::parseDouble).toArray();
    }

    private boolean isBuilt() {
        if (built == null) {
            Tool run = Tool.run(build);
            built = run.exitCode() == 0;
            if (!built) {
                System.err.println(run.exitCode() == Tool.MISSING
                        ? build[0] + " is not installed: what needs it is left out"
                        : build[0] + " failed, so what needs it is left out:\n" + run.text());
            }
        }
        return built;
    }
}
