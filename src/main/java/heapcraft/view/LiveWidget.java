package heapcraft.view;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import heapcraft.view.Simulator.Action;
import java.util.Arrays;
import java.util.UUID;

/// One live picture: a simulator, and what the page knows of it.
///
/// The page sends what a reader did as `{control, value, seq}`. The answer is always an update with
/// the newest scene and with that `seq`, so that the page knows which of its clicks are in the
/// scene. Nothing a simulator throws goes further than the picture.
final class LiveWidget {

    private static final String SCRIPT = Page.resource("heap.js") + Page.resource("live.js");
    private static final String STYLE = Page.resource("live.css");

    private final String name = "heapcraft-" + UUID.randomUUID();
    private final Simulator simulator;
    private Comms.Comm page;
    private Comms.Output still;
    private Scene scene;
    /// What the simulator has thrown, in words, or the empty string.
    private String failure = "";
    /// The page's own mark of the newest action that was dealt with.
    private String answered = "";

    /// @throws RuntimeException whatever the simulator's first scene throws
    LiveWidget(Simulator simulator) {
        this.simulator = simulator;
        scene = simulator.scene();
    }

    /// Says where the picture is shown.
    synchronized void connect(Comms.Comm page, Comms.Output still) {
        this.page = page;
        this.still = still;
    }

    /// {@return a name that no other picture has, also in another kernel}
    String name() {
        return name;
    }

    synchronized Scene scene() {
        return scene;
    }

    /// Everything that the page's model needs to begin with.
    synchronized ObjectNode state() {
        return changing()
                .put("_model_module", "anywidget").put("_view_module", "anywidget")
                .put("_model_module_version", LivePictures.ANYWIDGET)
                .put("_view_module_version", LivePictures.ANYWIDGET)
                .put("_model_name", "AnyModel").put("_view_name", "AnyView")
                .put("_anywidget_id", "heapcraft.live").put("_esm", SCRIPT).put("_css", STYLE)
                .put("name", name);
    }

    /// What changes from click to click.
    private ObjectNode changing() {
        ObjectNode state = JsonNodeFactory.instance.objectNode();
        state.set("scene", scene.json());
        return state.put("failure", failure).put("answered", answered);
    }

    /// Deals with a message from the page.
    synchronized void received(JsonNode message) {
        switch (message.path("method").asText()) {
            case "request_state" -> update(state());
            case "custom" -> custom(message.path("content"));
            default -> { }  // "update": the page has nothing to tell but what its reader does
        }
    }

    private void custom(JsonNode content) {
        if (content.has("keep")) {
            keep();
            return;
        }
        Action action = new Action(content.path("control").asText(),
                content.path("value").asText());
        failure = "";
        // A click may come late: it was made on a scene that earlier clicks have changed since.
        if (scene.offers(action)) {
            act(action);
        }
        answered = content.path("seq").asText();
        update(changing());
    }

    private void act(Action action) {
        try {
            simulator.on(action);
        } catch (Throwable thrown) {
            failure = words(thrown);
        }
        try {
            scene = simulator.scene();
        } catch (Throwable thrown) {
            failure = words(thrown) + ". The picture is from before that";
        }
    }

    /// The page has come to rest: what is kept without a kernel shall look like it.
    private void keep() {
        SceneStill now = new SceneStill(this);
        still.replace(now.text(), now.html());
    }

    private void update(ObjectNode state) {
        ObjectNode message = JsonNodeFactory.instance.objectNode().put("method", "update");
        message.set("state", state);
        message.putArray("buffer_paths");
        page.send(message.toString());
    }

    /// What was thrown, and the first line of it that is not the JDK's.
    private static String words(Throwable thrown) {
        String what = thrown.getClass().getSimpleName();
        if (thrown.getMessage() != null) {
            what += ": " + thrown.getMessage();
        }
        return Arrays.stream(thrown.getStackTrace())
                .filter(frame -> !frame.getClassName().matches("(java|jdk)\\..*")).findFirst()
                .map(frame -> " (in " + frame.getMethodName() + ", line " + frame.getLineNumber()
                        + " of " + frame.getFileName() + ")")
                .map(what::concat).orElse(what);
    }
}
