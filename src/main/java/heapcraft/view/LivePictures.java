package heapcraft.view;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;

/// The live pictures of one kernel. The page's half is `ipywidgets` with `anywidget`; this is what
/// a kernel says to them.
///
/// ```java
/// LivePictures pictures(Comms kernel) {
///     return new LivePictures(kernel);   // once for each kernel: it answers reloaded pages
/// }
/// ```
///
/// See the [widget messaging protocol](https://github.com/jupyter-widgets/ipywidgets/blob/main/packages/schema/messages.md),
/// version 2.1.
public final class LivePictures {

    /// The version of anywidget whose models these are; requirements.txt installs it.
    static final String ANYWIDGET = "~0.11.0";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String VIEW = "application/vnd.jupyter.widget-view+json";

    private final Comms comms;
    private final Map<String, LiveWidget> open = new LinkedHashMap<>();

    /// Begins to listen: a page that is loaded again asks for what there is.
    public LivePictures(Comms comms) {
        this.comms = comms;
        comms.accept("jupyter.widget.control", page -> data -> control(page, data));
    }

    /// Shows a live picture below the running cell: first a still of it, which stays where nothing
    /// is live, then the widget, which hides the still as long as it lives.
    public synchronized void show(Simulator simulator) {
        LiveWidget widget = new LiveWidget(simulator);
        Comms.Comm page = comms.open("jupyter.widget", opening(widget), "{\"version\":\"2.1.0\"}",
                new Comms.Listener() {
                    @Override
                    public void received(String data) {
                        widget.received(read(data));
                    }

                    @Override
                    public void closed() {
                        forget(widget);
                    }
                });
        SceneStill still = new SceneStill(widget);
        widget.connect(page, comms.show(still.text(), still.html()));
        open.put(page.id(), widget);
        comms.show("The picture above is live in JupyterLab.", VIEW, JsonNodeFactory.instance
                .objectNode().put("model_id", page.id())
                .put("version_major", 2).put("version_minor", 0).toString());
    }

    private static String opening(LiveWidget widget) {
        ObjectNode data = JsonNodeFactory.instance.objectNode();
        data.set("state", widget.state());
        data.putArray("buffer_paths");
        return data.toString();
    }

    private synchronized void forget(LiveWidget widget) {
        open.values().remove(widget);
    }

    /// A page that has lost its models, by a reload for one, asks for all of them.
    private synchronized void control(Comms.Comm page, String data) {
        if (!"request_states".equals(read(data).path("method").textValue())) {
            return;
        }
        ObjectNode answer = JsonNodeFactory.instance.objectNode().put("method", "update_states");
        ObjectNode states = answer.putObject("states");
        open.forEach((id, widget) -> {
            ObjectNode state = widget.state();
            states.putObject(id)
                    .put("model_name", state.path("_model_name").textValue())
                    .put("model_module", state.path("_model_module").textValue())
                    .put("model_module_version", state.path("_model_module_version").textValue())
                    .set("state", state);
        });
        answer.putArray("buffer_paths");
        page.send(answer.toString());
    }

    private static JsonNode read(String data) {
        try {
            return JSON.readTree(data);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("the page has sent no JSON: " + data, e);
        }
    }
}
