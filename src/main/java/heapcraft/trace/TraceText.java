package heapcraft.trace;

import static heapcraft.trace.HeapEvent.PLANNED;
import static heapcraft.trace.HeapEvent.REFUSED;

import heapcraft.alloc.Layout;
import heapcraft.trace.HeapEvent.Alloc;
import heapcraft.trace.HeapEvent.Free;
import heapcraft.trace.HeapEvent.Realloc;
import heapcraft.trace.HeapEvent.Reset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Traces as text, in the format that [Trace] describes.
final class TraceText {

    private static final String HEADER = "heapcraft-trace 1";

    private TraceText() { }

    static String format(Trace trace) {
        StringBuilder text = new StringBuilder(HEADER).append('\n');
        trace.events().forEach(event -> text.append(format(event)).append('\n'));
        return text.toString();
    }

    static String format(HeapEvent event) {
        return switch (event) {
            case Alloc(long block, Layout layout, boolean zeroed, long address) -> "alloc " + block
                    + " " + layout.byteSize() + " " + layout.byteAlignment()
                    + (zeroed ? " zeroed" : "") + place(address);
            case Realloc r -> "realloc " + r.block() + " " + r.newSize() + place(r.address());
            case Free f -> "free " + f.block();
            case Reset reset -> "reset";
        };
    }

    private static String place(long address) {
        return address == PLANNED ? "" : address == REFUSED ? " refused"
                : " @" + Long.toHexString(address);
    }

    static Trace parse(String text) {
        List<HeapEvent> events = new ArrayList<>();
        LiveBlocks live = new LiveBlocks();
        boolean headerSeen = false;
        int number = 0;
        for (String line : text.lines().toList()) {
            number++;
            String content = line.replaceFirst("#.*", "").strip();
            if (content.isEmpty()) {
                continue;
            }
            try {
                if (headerSeen) {
                    events.add(sensible(content, live));
                } else {
                    requireHeader(content);
                    headerSeen = true;
                }
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("line " + number + ", '" + content + "': "
                        + e.getMessage(), e);
            }
        }
        if (!headerSeen) {
            requireHeader("");
        }
        return new Trace(events);
    }

    private static HeapEvent sensible(String line, LiveBlocks live) {
        HeapEvent event = event(line);
        live.apply(event);
        return event;
    }

    private static void requireHeader(String line) {
        if (!line.equals(HEADER)) {
            throw new IllegalArgumentException("a trace begins with the line '" + HEADER + "'");
        }
    }

    private static HeapEvent event(String line) {
        List<String> words = new ArrayList<>(Arrays.asList(line.split("\\s+")));
        String kind = words.removeFirst();
        HeapEvent event = switch (kind) {
            case "alloc" -> new Alloc(number(words), new Layout(number(words), number(words)),
                    words.remove("zeroed"), place(words));
            case "realloc" -> new Realloc(number(words), number(words), place(words));
            case "free" -> new Free(number(words));
            case "reset" -> new Reset();
            default -> throw new IllegalArgumentException(
                    "an event is alloc, realloc, free or reset, not " + kind);
        };
        if (!words.isEmpty()) {
            throw new IllegalArgumentException("nothing was expected from '" + words.getFirst()
                    + "' on");
        }
        return event;
    }

    private static long number(List<String> words) {
        if (words.isEmpty()) {
            throw new IllegalArgumentException("a number is missing at the end");
        }
        String word = words.removeFirst();
        try {
            return Long.parseLong(word);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("a number was expected, not '" + word + "'", e);
        }
    }

    private static long place(List<String> words) {
        if (words.remove("refused")) {
            return REFUSED;
        }
        if (words.isEmpty() || !words.getFirst().startsWith("@")) {
            return PLANNED;
        }
        String digits = words.removeFirst().substring(1);
        try {
            return Long.parseLong(digits, 16);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "an address is hexadecimal, not '" + digits + "'", e);
        }
    }
}
