package heapcraft.view;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// What a live picture shows at one moment: what can be done, the heap, and what just happened.
///
/// ```java
/// Scene empty(HeapPicture heap) {
///     return new Scene("A heap of 100 units",
///             List.of(new Scene.Control.Button("alloc", "Allocate 8", true)),
///             List.of(new Scene.Strip("heap", "The heap", heap, true)),
///             List.of(new Scene.Fact("free", "100 units")),
///             "Nothing has been allocated yet.", "", "");
/// }
/// ```
///
/// Immutable; may be shared between threads.
///
/// @param title    what this is, in a few words
/// @param controls what a reader can do, in the order of the keyboard
/// @param strips   the pieces of memory, one below the other
/// @param facts    counters
/// @param say      one sentence on what just happened
/// @param alert    what went wrong, in words, or the empty string
/// @param code     the steps so far as Java, ready to paste, or the empty string
public record Scene(String title, List<Control> controls, List<Strip> strips, List<Fact> facts,
                    String say, String alert, String code) {

    /// Takes over copies of the lists.
    ///
    /// @throws IllegalArgumentException if two controls or strips have the same id: an action
    ///     would not say which of them was meant
    public Scene {
        controls = List.copyOf(controls);
        strips = List.copyOf(strips);
        facts = List.copyOf(facts);
        Set<String> ids = new HashSet<>();
        controls.forEach(control -> once(control.id(), ids));
        strips.forEach(strip -> once(strip.id(), ids));
    }

    private static void once(String id, Set<String> ids) {
        if (!ids.add(id)) {
            throw new IllegalArgumentException("two parts of a scene have the id " + id);
        }
    }

    /// Something a reader can press, choose, type or move. What comes of it is an
    /// [Action][Simulator.Action] with the control's id.
    public sealed interface Control {

        /// {@return the name in actions, unique within a scene}
        String id();

        /// {@return what a reader calls it}
        String label();

        /// {@return whether it can be used now}
        default boolean enabled() {
            return true;
        }

        /// {@return whether an action may have this value}
        boolean takes(String value);

        /// Something to press. The action's value is empty.
        record Button(String id, String label, boolean enabled) implements Control {

            @Override
            public boolean takes(String value) {
                return value.isEmpty();
            }
        }

        /// One of several. The action's value is the option.
        ///
        /// @param value the option chosen now
        record Choice(String id, String label, List<String> options, String value)
                implements Control {

            /// @throws IllegalArgumentException if the value is none of the options
            public Choice {
                options = List.copyOf(options);
                if (!options.contains(value)) {
                    throw new IllegalArgumentException(value + " is none of " + options);
                }
            }

            @Override
            public boolean takes(String value) {
                return options.contains(value);
            }
        }

        /// A whole number. The action's value is that number in decimal.
        ///
        /// @param min the smallest allowed
        /// @param max the largest allowed
        record Number(String id, String label, long min, long max, long value)
                implements Control {

            /// @throws IllegalArgumentException if the value is not within its limits
            public Number {
                if (value < min || value > max) {
                    throw new IllegalArgumentException(value + " is not in " + min + ".." + max);
                }
            }

            @Override
            public boolean takes(String value) {
                try {
                    long number = Long.parseLong(value);
                    return min <= number && number <= max;
                } catch (NumberFormatException e) {
                    return false;
                }
            }
        }

        /// On or off. The action's value is `true` or `false`: what it shall be now.
        record Switch(String id, String label, boolean on) implements Control {

            @Override
            public boolean takes(String value) {
                return value.equals("true") || value.equals("false");
            }
        }

        /// Things whose order a reader can change, by drag or by keyboard. The action's value is
        /// the items in their new order, one a line.
        ///
        /// @param items the things in their order now, each different from the others
        record Order(String id, String label, List<String> items) implements Control {

            /// @throws IllegalArgumentException if an item stands twice or has several lines
            public Order {
                items = List.copyOf(items);
                if (Set.copyOf(items).size() < items.size() || items.toString().contains("\n")) {
                    throw new IllegalArgumentException("no order can be told from " + items);
                }
            }

            @Override
            public boolean takes(String value) {
                return value.lines().sorted().toList().equals(items.stream().sorted().toList());
            }
        }
    }

    /// Memory to look at.
    ///
    /// @param id        the name in actions, unique within a scene
    /// @param title     what a reader calls it
    /// @param picture   the memory
    /// @param clickable whether a click on a block is an action, with the block's address as value
    public record Strip(String id, String title, HeapPicture picture, boolean clickable) {

        private boolean has(String address) {
            return picture.blocks().anyMatch(block -> address.equals("0x" + Long.toHexString(block.address())));
        }
    }

    /// A counter, with its unit in the value.
    ///
    /// @param name  what is counted
    /// @param value how much it is now: `37 units`
    public record Fact(String name, String value) { }

    /// Whether a reader can do this now. A click on an earlier scene may be one that this scene
    /// does not have any more.
    public boolean offers(Simulator.Action action) {
        return controls.stream().anyMatch(control -> control.id().equals(action.control())
                        && control.enabled() && control.takes(action.value()))
                || strips.stream().anyMatch(strip -> strip.id.equals(action.control())
                        && strip.clickable && strip.has(action.value()));
    }

    /// The scene in words, for a terminal.
    ///
    /// @param columns how wide a strip of memory may be, in characters
    public String text(int columns) {
        StringBuilder text = new StringBuilder(title).append('\n');
        strips.forEach(strip -> text.append('\n').append(strip.title).append('\n')
                .append(strip.picture.text(columns).stripTrailing()).append('\n'));
        if (!facts.isEmpty()) {
            text.append('\n').append(facts.stream().map(fact -> fact.name + ": " + fact.value)
                    .collect(Collectors.joining(", "))).append('\n');
        }
        if (!say.isEmpty()) {
            text.append('\n').append(say).append('\n');
        }
        if (!alert.isEmpty()) {
            text.append("\n! ").append(alert).append('\n');
        }
        return text.toString();
    }

    /// The scene as the page's script reads it.
    public ObjectNode json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode()
                .put("title", title).put("say", say).put("alert", alert).put("code", code);
        ArrayNode all = json.putArray("controls");
        controls.forEach(control -> all.add(json(control)));
        ArrayNode memory = json.putArray("strips");
        strips.forEach(strip -> memory.addObject().put("id", strip.id)
                .put("title", strip.title).put("clickable", strip.clickable)
                .set("picture", strip.picture.json()));
        ArrayNode counters = json.putArray("facts");
        facts.forEach(fact -> counters.addObject().put("name", fact.name)
                .put("value", fact.value));
        return json;
    }

    private static ObjectNode json(Control control) {
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("id", control.id())
                .put("label", control.label()).put("enabled", control.enabled());
        // Numbers go as text: JavaScript's own are exact up to 2^53 only.
        return switch (control) {
            case Control.Button _ -> json.put("kind", "button");
            case Control.Choice choice -> strings(json.put("kind", "choice")
                    .put("value", choice.value()), "options", choice.options());
            case Control.Number number -> json.put("kind", "number")
                    .put("min", Long.toString(number.min())).put("max", Long.toString(number.max()))
                    .put("value", Long.toString(number.value()));
            case Control.Switch onOff -> json.put("kind", "switch").put("on", onOff.on());
            case Control.Order order -> strings(json.put("kind", "order"), "items", order.items());
        };
    }

    private static ObjectNode strings(ObjectNode json, String name, List<String> values) {
        ArrayNode array = json.putArray(name);
        values.forEach(array::add);
        return json;
    }
}
