package heapcraft.lab.compare;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;

/// A worker that behaves as it is told on its command line, and answers without working.
final class FakeWorker {

    private FakeWorker() { }

    public static void main(String[] args) throws IOException {
        if (args[0].equals("missing")) {
            System.out.println("failed " + Cell.MISSING + "Run: install it");
            return;
        }
        BufferedReader orders = new BufferedReader(new InputStreamReader(System.in));
        int slices = 0;
        for (String order; (order = orders.readLine()) != null; ) {
            if (order.startsWith("work ")) {
                slices = 0;
                System.out.println("ready 1000 0 a fake");
            } else if (order.equals("end")) {
                System.out.println("end 1 2000 3000 1500 nothing to say");
            } else if (++slices == 2 && !args[0].equals("good")) {
                misbehave(args[0]);
            } else {
                System.out.println("slice 100 0 10 1 2000");
            }
        }
    }

    private static void misbehave(String how) {
        switch (how) {
            case "exits" -> System.exit(7);
            case "throws" -> throw new IllegalStateException("broken on purpose");
            case "babbles" -> System.out.println("free(): invalid pointer");
            case "spins" -> {
                while (true) {
                    Thread.onSpinWait();
                }
            }
            case "full" -> System.out.println("failed no memory for a block of 16 bytes");
            default -> throw new IllegalArgumentException(how);
        }
    }
}
