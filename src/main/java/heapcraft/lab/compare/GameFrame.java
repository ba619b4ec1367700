package heapcraft.lab.compare;

import java.util.Arrays;
import java.util.Random;

/// A game: everything moves, each thing in sight becomes a command to draw it, the commands are
/// sorted by distance and carried out; then the frame is over, and the next one asks for the same.
final class GameFrame extends Program {

    private static final int THINGS = 2000;
    private static final int DEPTHS = 64;
    /// A command's words: the next one at its distance, its thing, its place.
    private static final int COMMAND = 48;

    private final Temporaries commands;
    private final double[] x = new double[THINGS];
    private final double[] y = new double[THINGS];
    private final double[] speed = new double[THINGS];
    private final long[] depths = new long[DEPTHS];

    GameFrame(Blocks blocks) {
        commands = new Temporaries(blocks);
        Random random = new Random(42);
        for (int i = 0; i < THINGS; i++) {
            x[i] = random.nextDouble();
            y[i] = random.nextDouble();
            speed[i] = random.nextDouble() / 100;
        }
    }

    @Override
    long run() {
        Arrays.fill(depths, 0);
        for (int i = 0; i < THINGS; i++) {
            x[i] = (x[i] + speed[i] * Math.cos(6 * y[i]) + 1) % 1;
            y[i] = (y[i] + speed[i] * Math.sin(6 * x[i]) + 1) % 1;
            if (x[i] < 0.9) {
                command(i);
            }
        }
        long drawn = draw();
        commands.end();
        return drawn;
    }

    private void command(int thing) {
        int depth = (int) (y[thing] * DEPTHS);
        long command = commands.alloc(COMMAND);
        Words.put(command, depths[depth]);
        Words.put(command + 8, thing);
        Words.put(command + 16, Double.doubleToRawLongBits(x[thing]));
        Words.put(command + 24, Double.doubleToRawLongBits(y[thing]));
        depths[depth] = command;
    }

    private long draw() {
        long drawn = 0;
        for (int depth = DEPTHS - 1; depth >= 0; depth--) {
            for (long command = depths[depth]; command != 0; command = Words.get(command)) {
                double place = Double.longBitsToDouble(Words.get(command + 16));
                drawn = 31 * drawn + Words.get(command + 8) + (long) (1000 * place);
            }
        }
        return drawn;
    }
}
