package heapcraft.view;

import heapcraft.view.Scene.Strip;
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
        return """
                <div class="heapcraft-still %s">
                <p><b>%s</b></p>
                %s<details><summary>In words</summary>
                <pre>%s</pre>
                </details>
                <p><small>This is a still: run the cell, and the picture is live.</small></p>
                </div>
                """.formatted(name, Still.escape(scene.title()),
                scene.strips().isEmpty() ? "" : image(), Still.escape(text()));
    }

    private String image() {
        String says = scene.strips().stream()
                .map(strip -> strip.title() + ": " + strip.picture().summary())
                .collect(Collectors.joining(" "));
        return Page.image(Still.of(scene.strips().stream().map(Strip::title).toList(),
                scene.strips().stream().map(Strip::picture).toList(), says), says);
    }
}
