package heapcraft.view;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.TreeMap;

/// A film as HTML. First stands the still, for places that take scripts out; the script hides it
/// and puts the film in its place, into a shadow tree of its own, so that neither the page's style
/// nor another film gets in the way.
final class FilmPage {

    private static final String PLAYER = "(() => {\nconst here = document.currentScript;\n"
            + Page.resource("heap.js") + Page.resource("film.js");

    /// Plays every film on the page.
    static final String SCRIPT = PLAYER
            + "document.querySelectorAll('.heapcraft-film').forEach(openFilm);\n})();\n";

    /// Plays the film that it stands in; where a front-end runs it elsewhere, those that wait.
    private static final String OWN_SCRIPT = PLAYER + """
            const around = here?.closest('.heapcraft-film');
            (around ? [around] : document.querySelectorAll('.heapcraft-film')).forEach(openFilm);
            })();
            """;

    private FilmPage() { }

    static String page(Film film) {
        return """
                <!doctype html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <meta http-equiv="Content-Security-Policy" content="default-src 'none'; \
                img-src data:; style-src 'unsafe-inline'; script-src '%s'">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <meta name="color-scheme" content="light dark">
                <title>Film of a heap</title>
                <style>
                :root { color-scheme: light dark; }
                body { margin: 0; padding: 1rem; font: 1rem/1.5 system-ui, sans-serif; }
                main { max-width: 96rem; margin: 0 auto; }
                h1 { font-size: 1.3rem; margin: 0 0 .5rem; }
                </style>
                </head>
                <body>
                <main>
                <h1>Film of a heap</h1>
                %s</main>
                <script>%s</script>
                </body>
                </html>
                """.formatted(digest(SCRIPT), part(film), SCRIPT);
    }

    static String fragment(Film film) {
        return open() + still(film) + data(film) + "<script>" + OWN_SCRIPT + "</script>\n</div>\n";
    }

    static String part(Film film) {
        return open() + still(film) + data(film) + "</div>\n";
    }

    /// What a page's policy calls a script that it allows.
    static String digest(String script) {
        try {
            byte[] sha256 = MessageDigest.getInstance("SHA-256")
                    .digest(script.getBytes(StandardCharsets.UTF_8));
            return "sha256-" + Base64.getEncoder().encodeToString(sha256);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }

    private static String open() {
        return "<div class=\"heapcraft-film\">\n";
    }

    private static String still(Film film) {
        return Page.image(film.still(), film.summary());
    }

    private static String data(Film film) {
        return "<script type=\"application/json\">" + Page.inScript(json(film).toString())
                + "</script>\n";
    }

    /// What the script plays.
    static ObjectNode json(Film film) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ArrayNode operations = json.putArray("operations");
        film.plan().events().forEach(event -> operations.add(History.asked(event)));
        ArrayNode reels = json.putArray("reels");
        for (Reel reel : film.reels()) {
            ObjectNode strip = reels.addObject().put("title", reel.title())
                    .put("blocks", reel.blocks()).put("brokenAt", reel.brokenAt())
                    .put("why", reel.why());
            ArrayNode changes = strip.putArray("changes");
            reel.changes().forEach(changes::add);
            ObjectNode notes = strip.putObject("notes");
            new TreeMap<>(reel.notes()).forEach((frame, note) -> notes.put(frame.toString(), note));
        }
        return json;
    }
}
