package heapcraft.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// One run: what was measured, and on what.
///
/// @param machine  what the figures are worth nothing without
/// @param all      the groups that were run
/// @param inlining what the compiler's log says, if that was looked at
record Report(Map<String, String> machine, List<Results> all, Optional<Inlining> inlining) {

    private static final String BEGIN = "<!-- written by ./lab bench --write-docs -->\n";
    private static final String END = "<!-- end -->\n";

    boolean meetsAllGoals() {
        return all.stream().noneMatch(
                results -> results.group().goals().stream().anyMatch(results::isMissed))
                && inlining.map(Inlining::isComplete).orElse(true);
    }

    String goals() {
        return Tables.goals(all) + inlining.map(log -> "\n" + log).orElse("");
    }

    /// Every slice of every subject, for whoever wants to judge by another rule.
    void writeJson(Path file) throws IOException {
        ObjectMapper mapper = new ObjectMapper();
        ObjectNode root = mapper.createObjectNode();
        root.putPOJO("machine", machine);
        ArrayNode groups = root.putArray("groups");
        for (Results results : all) {
            ObjectNode group = groups.addObject().put("name", results.group().name())
                    .put("work", results.group().work());
            ArrayNode subjects = group.putArray("subjects");
            for (Subject subject : results.group().subjects()) {
                subjects.addObject().put("label", subject.label())
                        .putPOJO("roundsOfSlicesInNanos", results.times().get(subject));
            }
            ArrayNode goals = group.putArray("goals");
            for (Goal goal : results.group().goals()) {
                ObjectNode node = goals.addObject().put("measured", goal.measured().label())
                        .put("against", goal.against().label()).put("limit", goal.limit());
                results.ratio(goal).ifPresent(ratio -> node.put("ratio", ratio));
            }
        }
        mapper.writerWithDefaultPrettyPrinter().writeValue(file.toFile(), root);
        System.out.println("all slices: " + file);
    }

    /// Puts the figures in place of the former ones, and draws the chart anew.
    void writeDocs(Path docs) throws IOException {
        for (Results results : all) {
            if (results.group().name().equals(Suite.GROWTH)) {
                GrowthChart.draw(results, docs.resolve("growth.svg"));
            }
        }
        Path page = docs.resolve("benchmarks.md");
        String text = Files.readString(page);
        int begin = text.indexOf(BEGIN) + BEGIN.length();
        Files.writeString(page, text.substring(0, begin) + "\n" + figures() + "\n"
                + text.substring(text.indexOf(END)));
        System.out.println("written: " + page);
    }

    private String figures() {
        return Tables.machine(machine) + "\n" + goals() + "\n"
                + all.stream().map(Tables::times).collect(Collectors.joining("\n"));
    }
}
