package heapcraft.view;

import heapcraft.view.Scene.Strip;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.stream.Collectors;

/// A live picture at one moment, for wherever nothing is live: a saved notebook, a page without a
/// kernel, a print.
///
/// Images and text only, so that it also stands where a notebook is not trusted and scripts and
/// styles are taken out. A live widget hides it by its class.
final class SceneStill {

    private final String name;
    private final Scene scene;

    /// The picture as it is now.
    SceneStill(LiveWidget widget) {
        name = widget.name();
        scene = widget.scene();
    }

    String text() {
        return scene.text(72);
    }

    String html() {
        String says = scene.strips().stream()
                .map(strip -> strip.title() + ": " + strip.picture().summary())
                .collect(Collectors.joining(" "));
        String svg = Still.of(scene.strips().stream().map(Strip::title).toList(),
                scene.strips().stream().map(Strip::picture).toList(), says);
        return """
                <div class="heapcraft-still %s">
                <p><b>%s</b></p>
                <p><img alt="%s" src="data:image/svg+xml;base64,%s"></p>
                <details><summary>In words</summary>
                <pre>%s</pre>
                </details>
                <p><small>This is a still: run the cell, and the picture is live.</small></p>
                </div>
                """.formatted(name, escape(scene.title()), escape(says),
                Base64.getEncoder().encodeToString(svg.getBytes(StandardCharsets.UTF_8)),
                escape(text()));
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
                .replace("\"", "&quot;").replace("'", "&#39;");
    }
}
