package ch09;

import heapcraft.alloc.Bump;
import heapcraft.exercise.Claim;
import heapcraft.exercise.Sequences;
import heapcraft.exercise.Story;
import heapcraft.exercise.WitnessHeap;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ArenaStringsTest {

    /// 1, 2, 3 and 4 bytes for one character; the last one counts as two `char`s.
    private static final List<String> TEXTS =
            List.of("", "a", "hello", "née", "안녕", "🙂", "a안🙂");

    private final WitnessHeap heap = new WitnessHeap();
    private final ArenaStrings strings = new ArenaStrings(heap.asSegmentAllocator());

    @Test
    void counts_bytes_and_not_letters() {
        bytes(5, "hello");
        bytes(4, "née");
        bytes(6, "안녕");
        bytes(4, "🙂");
    }

    @Test
    void writes_the_bytes_of_utf8() {
        String next = "One letter takes 1 to 4 bytes in UTF-8. Who makes them of a String?";
        Claim.that("allocStr(\"a안🙂\"), byte by byte",
                () -> WitnessHeap.spelled(strings.allocStr("a안🙂")))
                .gives("61 EC 95 88 F0 9F 99 82", next);
        Claim.that("allocStr(\"née\"), byte by byte",
                () -> WitnessHeap.spelled(strings.allocStr("née"))).gives("6E C3 A9 65", next);
    }

    @Test
    void puts_texts_side_by_side() {
        Claim.that("allocStr(\"hello\") and allocStr(\"abc\"), as the heap sees them", () -> {
            strings.allocStr("hello");
            strings.allocStr("abc");
            return heap.log();
        }).gives("alloc(5, 1) = #1; alloc(3, 1) = #2",
                "A byte suits any address, and nothing stands behind the last. What do you ask for?");
        var bump = new ArenaStrings(new Bump(new WitnessHeap()));
        Claim.that("on a Bump: from allocStr(\"hello\") to allocStr(\"abc\")", () -> {
            long first = bump.allocStr("hello").address();
            return bump.allocStr("abc").address() - first;
        }).gives(5L, distance -> distance + " bytes", "What lies between the two?");
    }

    @Test
    void reads_to_the_last_byte_and_no_further() {
        for (String text : List.of("hello", "a", "")) {
            reads(text, "No zero byte ends this text. Who knows where it ends?");
        }
    }

    @Test
    void reads_utf8() {
        for (String text : List.of("née", "안녕", "🙂", "a안🙂")) {
            reads(text, "Some bytes are a letter only together. Who in Java knows which?");
        }
    }

    private static void reads(String text, String next) {
        MemorySegment bytes = inDirt(text);
        Claim.that("read(the " + bytes.byteSize() + " UTF-8 bytes of \"" + text
                + "\", with dirt behind them)", () -> ArenaStrings.read(bytes))
                .ifItThrows(IndexOutOfBoundsException.class,
                        "No zero byte ends this text. Who knows where it ends?")
                .gives(text, next);
    }

    @Test
    void knows_the_empty_text() {
        Claim.that("allocStr(\"\").byteSize()", () -> strings.allocStr("").byteSize())
                .gives(0L, "An empty text has no byte. How many do you ask for?");
        Claim.that("intern(\"\").byteSize()", () -> strings.intern("").byteSize())
                .gives(0L, "An empty text has no byte. How many do you ask for?");
    }

    @Test
    void fills_every_element() {
        Claim.that("fillCopy(3, 0x01020304), byte by byte",
                () -> WitnessHeap.spelled(strings.fillCopy(3, 0x01020304)))
                .gives("04 03 02 01 04 03 02 01 04 03 02 01",
                        "An int has four different bytes. How many ints do you write?");
        Claim.that("fillCopy(0, 7).byteSize()", () -> strings.fillCopy(0, 7).byteSize())
                .gives(0L, "No element, no byte. How many do you ask for?");
    }

    @Test
    void writes_zeros_too() {
        Claim.that("fillCopy(4, 0), byte by byte", () -> WitnessHeap.spelled(strings.fillCopy(4, 0)))
                .gives("00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00",
                        "An arena's memory was somebody's before. Who writes the zeros?");
    }

    @Test
    void aligns_the_elements() {
        Claim.that("allocStr(\"x\"), then fillCopy(2, 7): its address", () -> {
            strings.allocStr("x");
            return strings.fillCopy(2, 7).address() % 4;
        }).gives(0L, distance -> distance + " bytes past a multiple of 4",
                "An int stands at a multiple of 4. Who is to know it here?");
        Claim.that("allocStr(\"x\"), then fillCopy(2, 7), as the heap sees them", heap::log)
                .gives("alloc(1, 1) = #1; alloc(8, 4) = #2", "The size, then the alignment: as many"
                        + " bytes and as strict as needed. Which of the four numbers differs?");
    }

    @Test
    void refuses_a_negative_count() {
        for (long count : new long[] {-1, Long.MIN_VALUE}) {
            Claim.that("fillCopy(" + count + ", 7)", () -> strings.fillCopy(count, 7).byteSize())
                    .raises(IllegalArgumentException.class, "Nobody has " + count + " numbers. Who"
                            + " says so, before the arena is asked?");
        }
    }

    @Test
    void refuses_a_count_that_has_no_size() {
        for (long count : new long[] {1L << 61, 1L << 62, (1L << 62) + 1}) {
            Claim.that("fillCopy(" + power(count) + ", 7)", () -> strings.fillCopy(count, 7).byteSize())
                    .raises(IllegalArgumentException.class,
                            "So many times 4 is not what a long says. Who refuses such a product?");
        }
        Claim.that("fillCopy(2^61, 7), which is refused, as the heap sees it", heap::log)
                .gives("nothing", "What has no size is not asked for. What comes first in yours?");
    }

    @Test
    void joins_texts_with_a_separator_between_them() {
        join("a, b, c", ", ", "a", "b", "c");
        join("안녕·🙂", "·", "안녕", "🙂");
        join("abc", "", "a", "b", "c");
        Claim.that("join(\", \"), read back", () -> read(strings.join(", ")))
                .ifItThrows(IllegalArgumentException.class,
                        "Without a text there is no separator either. How many do you count?")
                .gives("", "Without a text there is nothing. How many separators do you count?");
    }

    @Test
    void joins_a_single_text_into_a_block_of_its_own() {
        join("alone", ", ", "alone");
        MemorySegment alone = inDirt("alone");
        Claim.that("join(\", \", alone): is it a block of its own",
                () -> strings.join(", ", alone).address() != alone.address())
                .gives(true, "Who writes to the one does not mean the other. What do you hand out?");
    }

    @Test
    void joins_empty_texts_too() {
        String next = "An empty text is a text: two texts, one separator. How do you know"
                + " whether one belongs here?";
        Claim.that("join(\",\", \"\", \"a\", \"\"), read back",
                () -> read(strings.join(",", inDirt(""), inDirt("a"), inDirt(""))))
                .ifItThrows(IndexOutOfBoundsException.class, "The last part is empty, so nothing may"
                        + " stand behind the last separator. Does something write a zero there?")
                .gives(",a,", next);
        Claim.that("join(\",\", \"\", \"\"), read back",
                () -> read(strings.join(",", inDirt(""), inDirt("")))).gives(",", next);
    }

    @Test
    void joins_in_one_block_of_the_right_size() {
        Claim.that("join(\" · \", \"hello\", \"안녕\", \"!\"), as the heap sees it", () -> {
            strings.join(" · ", inDirt("hello"), inDirt("안녕"), inDirt("!"));
            return heap.log();
        }).gives("alloc(20, 1) = #1", "5 + 4 + 6 + 4 + 1 bytes, known before the first is written. How"
                + " often do you ask?");
    }

    @Test
    void gives_the_same_segment_for_the_same_text() {
        Claim.that("intern(\"alice\") twice: are both the same segment", () -> {
            MemorySegment first = strings.intern("alice");
            return first.equals(strings.intern(copy("alice")));
        }).gives(true, "Two strings may be equal and not the same. What do you look for?");
    }

    @Test
    void takes_no_block_for_what_is_there() {
        Claim.that("intern(\"carol\") three times, as the heap sees it", () -> {
            strings.intern("carol");
            strings.intern("carol");
            strings.intern(copy("carol"));
            return heap.log();
        }).gives("alloc(5, 1) = #1", "An arena takes nothing back. When do you ask for a block: before"
                + " you have looked, or after?");
    }

    @Test
    void tells_texts_apart() {
        String next = "Two texts may be alike in a number. What makes them equal?";
        // Java's hash codes of these two are equal.
        Claim.that("intern(\"Aa\") and intern(\"BB\"), read back", () ->
                read(strings.intern("Aa")) + " " + read(strings.intern("BB")))
                .gives("Aa BB", next);
        Claim.that("intern(\"bob\") and intern(\"eve\"), read back", () ->
                read(strings.intern("bob")) + " " + read(strings.intern("eve")))
                .gives("bob eve", next);
    }

    @Test
    void shares_only_what_was_interned() {
        String next = "Who asks for a copy may write to it. Who else sees that?";
        Claim.that("allocStr(\"frank\") twice: how many blocks", () -> {
            long first = strings.allocStr("frank").address();
            return strings.allocStr("frank").address() == first ? 1 : 2;
        }).gives(2, next);
        Claim.that("intern(\"grace\"), then allocStr(\"grace\"): how many blocks", () -> {
            long first = strings.intern("grace").address();
            return strings.allocStr("grace").address() == first ? 1 : 2;
        }).gives(2, next);
    }

    @Test
    void keeps_two_arenas_apart() {
        Claim.that("intern(\"dave\") here, then on another arena, as that one's heap sees it", () -> {
            var other = new WitnessHeap();
            strings.intern("dave");
            new ArenaStrings(other.asSegmentAllocator()).intern("dave");
            return other.log();
        }).gives("alloc(4, 1) = #1", "One arena may end before the other. Whose text is it then?");
    }

    @Test
    void keeps_all_texts_in_any_order_of_calls() {
        Sequences.of(ArenaStringsTest::randomCalls, ArenaStringsTest::java).hold(calls -> {
            var model = new Model();
            calls.forEach(model::step);
        });
    }

    private void bytes(long wanted, String text) {
        Claim.that("allocStr(\"" + text + "\").byteSize()", () -> strings.allocStr(text).byteSize())
                .ifItThrows(IndexOutOfBoundsException.class,
                        "There are more bytes than letters. Which of the two do you count?")
                .gives(wanted, "Letters are not bytes, and no zero byte marks the end. What do you"
                        + " count?");
    }

    private void join(String wanted, String separator, String... texts) {
        MemorySegment[] parts = Stream.of(texts).map(ArenaStringsTest::inDirt)
                .toArray(MemorySegment[]::new);
        Claim.that("join(\"" + separator + "\", \"" + String.join("\", \"", texts) + "\"), read back",
                () -> read(strings.join(separator, parts)))
                .ifItThrows(IndexOutOfBoundsException.class,
                        "Count the separators, and the bytes (not letters) of one. How many has the"
                                + " block?")
                .gives(wanted, "Three texts have two gaps. What do you write, where, and how long is"
                        + " it?");
    }

    /// The text, or its bytes if there is dirt among them.
    private static String read(MemorySegment text) {
        byte[] bytes = text.toArray(ValueLayout.JAVA_BYTE);
        String hex = WitnessHeap.spelled(text);
        return hex.contains("never written") ? hex : new String(bytes, StandardCharsets.UTF_8);
    }

    /// A text's bytes at an odd address, with others behind them.
    private static MemorySegment inDirt(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return Arena.ofAuto().allocate(bytes.length + 17, 8).fill((byte) '#')
                .asSlice(1, bytes.length).copyFrom(MemorySegment.ofArray(bytes));
    }

    private static String copy(String text) {
        return new StringBuilder(text).toString();
    }

    private static String power(long count) {
        return "2^" + (63 - Long.numberOfLeadingZeros(count)) + (count % 2 == 0 ? "" : " + 1");
    }

    private enum Act { ALLOC_STR, INTERN, JOIN, FILL_COPY }

    /// One call. `text` is a number in `TEXTS`, `a` and `b` say which of the segments so far are
    /// joined, or how many numbers a row has, and what they are.
    private record Call(Act act, int text, int a, int b) {

        /// One of the first few texts: with all of them, joined texts would double and double.
        int part(int number, int texts) {
            return number % Math.min(texts, 4);
        }
    }

    private static List<Call> randomCalls(long seed) {
        var random = new SplittableRandom(seed);
        return Stream.generate(() -> new Call(Act.values()[random.nextInt(4)],
                random.nextInt(TEXTS.size()), random.nextInt(9), random.nextInt(9)))
                .limit(20).toList();
    }

    private static String java(List<Call> calls) {
        var lines = new ArrayList<>(List.of("import heapcraft.exercise.WitnessHeap;",
                "var strings = new ArenaStrings(new Bump(new WitnessHeap()));"));
        int texts = 0;
        int rows = 0;
        for (Call call : calls) {
            lines.add(call.act() == Act.FILL_COPY ? "var row" + rows++ + " = strings."
                    + java(call, texts) : "var text" + texts++ + " = strings." + java(call, texts - 1));
        }
        return String.join("\n", lines);
    }

    /// @param texts how many there were before
    private static String java(Call call, int texts) {
        String text = "\"" + TEXTS.get(call.text()) + "\"";
        return switch (call.act()) {
            case ALLOC_STR -> "allocStr(" + text + ");";
            case INTERN -> "intern(" + text + ");";
            case JOIN -> "join(" + text + (texts == 0 ? "" : ", text" + call.part(call.a(), texts)
                    + ", text" + call.part(call.b(), texts)) + ");";
            case FILL_COPY -> "fillCopy(" + call.a() + ", " + call.b() + ");";
        };
    }

    /// An arena with texts and rows of numbers, and beside it what they should be.
    private static final class Model {
        private final ArenaStrings strings = new ArenaStrings(new Bump(new WitnessHeap()));
        private final List<MemorySegment> texts = new ArrayList<>();
        private final List<String> wantedTexts = new ArrayList<>();
        private final List<MemorySegment> rows = new ArrayList<>();
        private final List<List<Integer>> wantedRows = new ArrayList<>();
        private final Map<String, MemorySegment> interned = new HashMap<>();

        void step(Call call) {
            String text = TEXTS.get(call.text());
            switch (call.act()) {
                case ALLOC_STR -> add(text, () -> strings.allocStr(text));
                case INTERN -> {
                    add(text, () -> strings.intern(text));
                    same(text, texts.getLast());
                }
                case JOIN -> join(call, text);
                case FILL_COPY -> {
                    rows.add(made(() -> strings.fillCopy(call.a(), call.b())));
                    wantedRows.add(IntStream.range(0, call.a()).mapToObj(i -> call.b()).toList());
                }
            }
            requireEqual();
        }

        private void join(Call call, String separator) {
            if (texts.isEmpty()) {
                add("", () -> strings.join(separator));
                return;
            }
            int a = call.part(call.a(), texts.size());
            int b = call.part(call.b(), texts.size());
            add(wantedTexts.get(a) + separator + wantedTexts.get(b),
                    () -> strings.join(separator, texts.get(a), texts.get(b)));
        }

        private void add(String wanted, Supplier<MemorySegment> call) {
            texts.add(made(call));
            wantedTexts.add(wanted);
        }

        private static MemorySegment made(Supplier<MemorySegment> call) {
            return Claim.that("", call).returns("There is memory. What throws here?");
        }

        private void same(String text, MemorySegment segment) {
            MemorySegment before = interned.putIfAbsent(text, segment);
            if (before != null && !before.equals(segment)) {
                throw new Story("", "another segment than before", "the same segment for the same text",
                        "It was interned before. Where did you look for it?");
            }
        }

        private void requireEqual() {
            for (int i = 0; i < texts.size(); i++) {
                MemorySegment text = texts.get(i);
                Claim.that("ArenaStrings.read(text" + i + ")", () -> ArenaStrings.read(text))
                        .ifItThrows(IndexOutOfBoundsException.class,
                                "No zero byte ends this text. Who knows where it ends?")
                        .gives(wantedTexts.get(i), "Which call has made it, and how long is it?");
            }
            for (int i = 0; i < rows.size(); i++) {
                MemorySegment row = rows.get(i);
                Claim.that("row" + i + ".toArray(ValueLayout.JAVA_INT)",
                        () -> IntStream.of(row.toArray(ValueLayout.JAVA_INT)).boxed().toList())
                        .gives(wantedRows.get(i), "Which call has made it, or written there since?");
            }
        }
    }
}
