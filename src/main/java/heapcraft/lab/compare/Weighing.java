package heapcraft.lab.compare;

import heapcraft.trace.Amdahl;
import java.util.OptionalDouble;

/// Whether somebody who has this program should care which allocator it has. Decided by figures
/// alone.
///
/// @param share   the part of its time that its calls to the heap take
/// @param speedUp what the best swap that was tried has brought: 1 is nothing
/// @param memory  how many times the resident bytes of the thriftiest swap it needs; empty where
///                memory does not count
record Weighing(OptionalDouble share, OptionalDouble speedUp, OptionalDouble memory) {

    /// The answer.
    enum Verdict {
        CARE("care"), DO_NOT("don't"), NOT_MEASURED("-");

        final String word;

        Verdict(String word) {
            this.word = word;
        }
    }

    /// A swap has a price (a dependency, a build, a larger program); less than a tenth is not worth
    /// it, and hardly to be told from chance.
    static final double FASTER = 1.1;
    /// A quarter more memory is a server more for every four.
    static final double THRIFTIER = 1.25;

    /// What a swap could bring at best, by Amdahl's law.
    OptionalDouble bound() {
        return share.isEmpty() ? share
                : OptionalDouble.of(new Amdahl(share.getAsDouble()).bound());
    }

    /// To care takes both: that allocation takes time enough, and that a real swap has saved it. A
    /// speed-up beyond the bound may be chance. Memory speaks for itself.
    Verdict verdict() {
        if (savesMemory()) {
            return Verdict.CARE;
        }
        if (bound().isEmpty()) {
            return Verdict.NOT_MEASURED;
        }
        if (bound().getAsDouble() < FASTER) {
            return Verdict.DO_NOT;
        }
        return speedUp.isEmpty() ? Verdict.NOT_MEASURED
                : speedUp.getAsDouble() >= FASTER ? Verdict.CARE : Verdict.DO_NOT;
    }

    private boolean savesMemory() {
        return memory.isPresent() && memory.getAsDouble() >= THRIFTIER;
    }

    /// Why, in a sentence that has the figures.
    String why() {
        if (savesMemory()) {
            return "it keeps " + Figures.of(memory) + " times as much memory as it does with the"
                    + " thriftiest swap";
        }
        if (bound().isEmpty()) {
            return "its calls to the heap were not measured";
        }
        String most = "no swap could make it more than " + Figures.of(bound())
                + " times as fast by quicker calls";
        if (bound().getAsDouble() < FASTER) {
            return most + (gains() ? "; the " + Figures.of(speedUp) + " measured is chance, or"
                    + " blocks that lie better" : "");
        }
        if (speedUp.isEmpty()) {
            return most + ", and no swap was there to be tried";
        }
        if (!gains()) {
            return "its calls take time, but none of the swaps tried has saved a tenth: the best"
                    + " brought " + Figures.of(speedUp);
        }
        return "a swap has made it " + Figures.of(speedUp) + " times as fast"
                + (speedUp.getAsDouble() > bound().getAsDouble() ? ", more than quicker calls"
                + " explain: it asks the kernel less, its blocks lie better, or chance had a hand in it"
                : "");
    }

    private boolean gains() {
        return speedUp.isPresent() && speedUp.getAsDouble() >= FASTER;
    }
}
