package heapcraft.alloc;

import java.util.List;

/// A program that chooses its heap; [GlobalIT] runs it.
public final class GlobalProbe {

    private GlobalProbe() { }

    /// @param steps what to do, one after the other
    public static void main(String[] steps) {
        for (String step : steps) {
            switch (step) {
                case "install" -> install();
                case "use" -> Global.heap().alloc(new Layout(8, 8));
                default -> throw new IllegalArgumentException(step);
            }
        }
        System.out.println("heap: " + Global.heap().getClass().getSimpleName());
        System.out.println("same: " + (Global.allocator().equals(Global.heap().asAllocator())));
    }

    private static void install() {
        try {
            Global.install(new LimitedAlloc(1000, new SystemAlloc()));
        } catch (IllegalStateException refused) {
            System.out.println("refused: " + refused.getMessage());
            if (refused.getCause() != null) {
                System.out.println("used by: " + List.of(refused.getCause().getStackTrace()));
            }
        }
    }
}
