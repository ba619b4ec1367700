package heapcraft.view;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A film read back from what its page is given: what the script does, done once more in Java.
final class Played {

    private static final Map<String, String> STATES = Map.of("l", "live", "h", "hole", "f", "free",
            "p", "padding", "n", "header", "b", "bump");
    private static final Pattern BLOCK = Pattern.compile("(\\d+)([a-z])(\\d*)");

    private final JsonNode operations;
    private final JsonNode changes;

    /// @param reel which of the heaps
    Played(Film film, int reel) {
        ObjectNode json = FilmPage.json(film);
        operations = json.get("operations");
        changes = json.get("reels").get(reel).get("changes");
    }

    /// How many frames there are.
    int frames() {
        return changes.size();
    }

    /// The picture of every frame, as [HeapPicture#json()] has it.
    List<ObjectNode> pictures() {
        List<ObjectNode> pictures = new ArrayList<>();
        List<String> words = new ArrayList<>();
        for (JsonNode change : changes) {
            for (String splice : change.asText().isEmpty() ? new String[0]
                    : change.asText().split(";")) {
                List<String> parts = List.of(splice.split(" "));
                int at = Integer.parseInt(parts.get(0));
                words.subList(at, at + Integer.parseInt(parts.get(1))).clear();
                words.addAll(at, parts.subList(2, parts.size()));
            }
            pictures.add(picture(words));
        }
        return pictures;
    }

    private ObjectNode picture(List<String> words) {
        ObjectNode picture = JsonNodeFactory.instance.objectNode();
        ArrayNode pieces = picture.putArray("pieces");
        ObjectNode piece = null;
        for (String word : words) {
            if (word.startsWith("@")) {
                piece = pieces.addObject().put("start", "0x" + word.substring(1)).put("bytes", 0L);
                piece.putArray("blocks");
            } else {
                long at = piece.get("bytes").asLong();
                ObjectNode block = block(word, at);
                piece.withArray("blocks").add(block);
                piece.put("bytes", at + block.get("bytes").asLong());
            }
        }
        return picture;
    }

    private ObjectNode block(String word, long at) {
        Matcher block = BLOCK.matcher(word);
        if (!block.matches()) {
            throw new IllegalArgumentException("no block: " + word);
        }
        String by = block.group(3).isEmpty() ? ""
                : operations.get(Integer.parseInt(block.group(3))).asText();
        String state = STATES.get(block.group(2));
        boolean named = !by.isEmpty() && (state.equals("live") || state.equals("bump"));
        return JsonNodeFactory.instance.objectNode().put("at", at)
                .put("bytes", Long.parseLong(block.group(1))).put("state", state)
                .put("label", named ? by.split(" ")[1] : "").put("by", by);
    }
}
