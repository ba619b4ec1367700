package heapcraft.lab.compare;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/// Every slice of every allocator, for whoever wants to judge by another rule.
final class ComparisonJson {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private ComparisonJson() { }

    static String of(Comparison comparison) {
        ObjectNode root = MAPPER.createObjectNode();
        ObjectNode machine = root.putObject("machine");
        comparison.machine().forEach(machine::put);
        root.put("length", comparison.length().name().toLowerCase());
        ArrayNode cells = root.putArray("cells");
        comparison.cells().forEach(cell -> add(cells.addObject(), cell));
        try {
            return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of numbers is always JSON", e);
        }
    }

    private static void add(ObjectNode node, Cell cell) {
        node.put("allocator", cell.entrant().label()).put("workload", cell.work().label())
                .put("threads", cell.threads()).put("idleBytes", cell.ready().idle())
                .put("about", cell.ready().about())
                .put("libraryBytes", cell.ready().libraryBytes());
        ArrayNode slices = node.putArray("slices");
        for (Slice slice : cell.slices()) {
            slices.addObject().put("nanos", slice.nanos()).put("blocks", slice.blocks())
                    .put("sleeps", slice.sleeps()).put("liveBytes", slice.live())
                    .put("residentBytes", slice.resident());
        }
        cell.ending().ifPresent(ending -> node.putObject("end").put("liveBytes", ending.live())
                .put("residentBytes", ending.resident()).put("peakBytes", ending.peak())
                .put("purgedBytes", ending.purged()).put("statistics", ending.statistics()));
        if (!cell.trouble().isEmpty()) {
            node.put("trouble", cell.trouble());
        }
    }
}
