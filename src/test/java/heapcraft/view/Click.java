package heapcraft.view;

import heapcraft.trace.Counterexample;
import heapcraft.trace.Shrinker;
import heapcraft.view.HeapPicture.Block;
import heapcraft.view.Scene.Control;
import heapcraft.view.Scene.Strip;
import heapcraft.view.Simulator.Action;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/// A random click: which of the things that can be clicked now, and how. It makes sense whatever
/// was clicked before.
record Click(int which, int how) {

    private static final int LENGTH = 60;

    /// Claims that something holds at each of many random clicks, and fails with the shortest
    /// sequence that breaks it.
    ///
    /// @param click does the click, and throws what it likes
    static <S extends Simulator> void hold(int tries, Supplier<S> simulator,
                                           BiConsumer<S, Action> click) {
        Counterexample.search(Click::random, Shrinker::shrink, 1, tries, clicks -> {
            S fresh = simulator.get();
            for (Click next : clicks) {
                click.accept(fresh, next.on(fresh.scene()));
            }
        }).ifPresent(found -> {
            throw new AssertionError(found + "\n" + words(simulator.get(), found.sequence()),
                    found.failure());
        });
    }

    private static List<Click> random(long seed) {
        Random random = new Random(seed);
        List<Click> clicks = new ArrayList<>();
        for (int i = 0; i < LENGTH; i++) {
            clicks.add(new Click(random.nextInt(1 << 20), random.nextInt(1 << 20)));
        }
        return clicks;
    }

    private static String words(Simulator simulator, List<Click> clicks) {
        StringBuilder words = new StringBuilder();
        for (Click click : clicks) {
            Action action = click.on(simulator.scene());
            words.append(action).append('\n');
            try {
                simulator.on(action);
            } catch (RuntimeException e) {
                return words.append(e).toString();
            }
        }
        return words.toString();
    }

    /// What this click is on a page.
    Action on(Scene scene) {
        List<Action> all = new ArrayList<>();
        scene.controls().stream().filter(Control::enabled)
                .forEach(control -> all.add(new Action(control.id(), value(control))));
        scene.strips().stream().filter(Strip::clickable).forEach(strip -> {
            List<Block> blocks = strip.picture().pieces().stream()
                    .flatMap(piece -> piece.blocks().stream()).toList();
            if (!blocks.isEmpty()) {
                all.add(new Action(strip.id(),
                        "0x" + Long.toHexString(blocks.get(how % blocks.size()).address())));
            }
        });
        // Where nothing is offered any more, a late click may come all the same.
        return all.isEmpty() ? new Action("run", "") : all.get(which % all.size());
    }

    private String value(Control control) {
        return switch (control) {
            case Control.Button _ -> "";
            case Control.Choice choice -> choice.options().get(how % choice.options().size());
            case Control.Number number ->
                    Long.toString(number.min() + how % (number.max() - number.min() + 1));
            case Control.Switch onOff -> Boolean.toString(!onOff.on());
            case Control.Order order -> {
                List<String> items = new ArrayList<>(order.items());
                Collections.shuffle(items, new Random(how));
                yield String.join("\n", items);
            }
        };
    }

    /// Presses a button.
    static Scene press(Simulator simulator, String... buttons) {
        for (String button : buttons) {
            simulator.on(new Action(button, ""));
        }
        return simulator.scene();
    }

    /// Sets a control, or clicks a strip.
    static Scene set(Simulator simulator, String control, Object value) {
        simulator.on(new Action(control, value.toString()));
        return simulator.scene();
    }

    /// The value of a counter.
    static String fact(Simulator simulator, String name) {
        return simulator.scene().facts().stream().filter(fact -> fact.name().equals(name))
                .findFirst().orElseThrow(() -> new AssertionError("no fact " + name + " among "
                        + simulator.scene().facts())).value();
    }
}
