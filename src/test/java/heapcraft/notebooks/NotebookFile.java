package heapcraft.notebooks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A notebook as it lies in the repository.
record NotebookFile(Path path, JsonNode root, List<Cell> cells) {

    static final Path FOLDER = Path.of("notebooks");

    private static final Pattern FENCE = Pattern.compile("(?ms)^```(\\w*).*?\\n(.*?)^```$");

    /// One cell; `node` is the whole of it, as JSON.
    record Cell(String id, boolean isCode, String source, JsonNode node) {

        boolean mayThrow() {
            for (JsonNode tag : node.path("metadata").path("tags")) {
                if (tag.asText().equals("raises-exception")) {
                    return true;
                }
            }
            return false;
        }

        /// A prose cell without its fenced blocks: what the renderer reads as Markdown.
        String text() {
            return FENCE.matcher(source).replaceAll("");
        }

        List<Fence> fences() {
            return FENCE.matcher(source).results()
                    .map(found -> new Fence(found.group(1), found.group(2))).toList();
        }

        int lines() {
            return (int) source.lines().count();
        }
    }

    /// A fenced block of a prose cell: a program in some language, or a picture in `text`.
    record Fence(String language, String body) { }

    static List<NotebookFile> all() {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.filter(file -> file.toString().endsWith(".ipynb")).sorted()
                    .map(NotebookFile::read).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static NotebookFile read(Path path) {
        try {
            JsonNode root = new ObjectMapper().readTree(path.toFile());
            List<Cell> cells = new ArrayList<>();
            for (JsonNode cell : root.path("cells")) {
                cells.add(new Cell(cell.path("id").asText(),
                        cell.path("cell_type").asText().equals("code"), source(cell), cell));
            }
            return new NotebookFile(path, root, cells);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// A source is one string or a list of lines, says the notebook format.
    private static String source(JsonNode cell) {
        StringBuilder source = new StringBuilder();
        if (cell.path("source").isTextual()) {
            return cell.path("source").asText();
        }
        cell.path("source").forEach(line -> source.append(line.asText()));
        return source.toString();
    }

    List<Cell> code() {
        return cells.stream().filter(Cell::isCode).toList();
    }

    List<Cell> prose() {
        return cells.stream().filter(cell -> !cell.isCode()).toList();
    }

    @Override
    public String toString() {
        return path.getFileName().toString();
    }
}
