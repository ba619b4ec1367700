package heapcraft.view;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// A kernel and a page in one: writes down what is shown and sent, and says what a page would say.
final class FakeComms implements Comms {

    private static final ObjectMapper JSON = new ObjectMapper();

    /// A channel, with what the kernel has said on it.
    final class Channel implements Comm {
        final String target;
        final String metadata;
        final List<JsonNode> sent = new ArrayList<>();
        private Listener listener;

        private Channel(String target, String data, String metadata) {
            this.target = target;
            this.metadata = metadata;
            sent.add(json(data));
        }

        @Override
        public String id() {
            return target + "-" + channels.indexOf(this);
        }

        @Override
        public void send(String data) {
            sent.add(json(data));
        }

        /// The page speaks.
        void says(String data) {
            listener.received(data);
        }

        /// The page's reader does something.
        void does(String control, String value, String seq) {
            says(JSON.createObjectNode().put("method", "custom").set("content",
                    JSON.createObjectNode().put("control", control).put("value", value)
                            .put("seq", seq)).toString());
        }

        void closes() {
            listener.closed();
        }

        JsonNode last() {
            return sent.getLast();
        }
    }

    final List<Channel> channels = new ArrayList<>();
    /// What stands below the cell, one output an entry.
    final List<String> outputs = new ArrayList<>();
    private final Map<String, Function<Comm, Listener>> targets = new HashMap<>();

    static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError(text, e);
        }
    }

    @Override
    public Comm open(String target, String data, String metadata, Listener listener) {
        Channel channel = new Channel(target, data, metadata);
        channels.add(channel);
        channel.listener = listener;
        return channel;
    }

    @Override
    public void accept(String target, Function<Comm, Listener> listener) {
        targets.put(target, listener);
    }

    /// The page opens a channel.
    Channel openedByThePage(String target) {
        Channel channel = new Channel(target, "{}", "{}");
        channels.add(channel);
        channel.listener = targets.get(target).apply(channel);
        return channel;
    }

    @Override
    public Output show(String text, String html) {
        int place = outputs.size();
        outputs.add(html);
        return (newText, newHtml) -> outputs.set(place, newHtml);
    }

    @Override
    public void show(String text, String mime, String json) {
        outputs.add(mime + " " + json);
    }
}
