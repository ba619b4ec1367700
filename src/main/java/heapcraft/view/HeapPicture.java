package heapcraft.view;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import heapcraft.alloc.Walkable;
import heapcraft.trace.Trace;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// A heap at one moment, block by block.
///
/// ```java
/// try (Arena arena = Arena.ofConfined()) {
///     var heap = new FreeListAlloc(arena.allocate(1024), Fit.FIRST);
///     var recorder = new Recorder();
///     recorder.on(heap).alloc(new Layout(64, 8));
///     System.out.print(HeapPicture.of(heap, recorder.trace()).text(72));
/// }
/// ```
///
/// It says where memory is and gives no access to it, so it may outlive the heap. Immutable; may be
/// shared between threads.
///
/// @param pieces the pieces of memory that the heap is made of
public record HeapPicture(List<Piece> pieces) {

    /// What a block is to a reader.
    public enum State {
        /// In use.
        LIVE("in use"),
        /// Freed, and not used again.
        HOLE("freed"),
        /// Never used. What was freed at the end of the memory, and joined with such, counts too.
        FREE("never used"),
        /// Lost between blocks.
        PADDING("padding"),
        /// The heap's own notes on a block.
        HEADER("header"),
        /// Given back, yet taken: an arena's memory comes back all at once.
        BUMP("given back, still taken");

        private final String words;

        State(String words) {
            this.words = words;
        }

        /// {@return the state as a reader calls it}
        public String words() {
            return words;
        }

        /// The state in JSON and in style sheets.
        String id() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// A stretch of memory.
    ///
    /// @param address  the first byte's address
    /// @param byteSize the length in bytes, at least 1
    /// @param state    what it is used for
    /// @param label    what a reader calls it, such as `3`, or nothing
    /// @param madeBy   the operation that made it so, such as `alloc 3 64 8`, or nothing
    public record Block(long address, long byteSize, State state, String label, String madeBy) {

        /// {@return the address of the first byte behind the block}
        public long end() {
            return address + byteSize;
        }

        /// The block in a sentence.
        String words() {
            String size = byteSize == 1 ? "1 byte" : byteSize + " bytes";
            return size + " " + state.words() + (label.isEmpty() ? "" : ", block " + label)
                    + (madeBy.isEmpty() ? "" : ", by " + madeBy);
        }
    }

    /// A piece of memory, filled by its blocks without a gap.
    ///
    /// @param start    the first byte's address
    /// @param byteSize the length in bytes
    /// @param blocks   in the order of their addresses
    public record Piece(long start, long byteSize, List<Block> blocks) {

        /// @throws IllegalArgumentException if the blocks leave a gap, overlap or are empty
        public Piece {
            blocks = List.copyOf(blocks);
            long next = start;
            for (Block block : blocks) {
                if (block.address() != next || block.byteSize() < 1) {
                    throw new IllegalArgumentException("the blocks of a piece stand one behind the"
                            + " other; at 0x" + Long.toHexString(next) + " stands " + block);
                }
                next = block.end();
            }
            if (next != start + byteSize) {
                throw new IllegalArgumentException("the blocks of a piece fill its " + byteSize
                        + " bytes; these have " + (next - start));
            }
        }
    }

    /// Takes over a copy of the pieces.
    public HeapPicture {
        pieces = List.copyOf(pieces);
    }

    /// {@return a heap as it is now: its own walk, with the names of what was recorded on it}
    ///
    /// @param heap  the heap
    /// @param trace what was recorded on it, from its beginning until now
    /// @throws IllegalStateException if the two disagree: a block is alive in the trace where the
    ///         heap has none in use
    public static HeapPicture of(Walkable heap, Trace trace) {
        return History.of(trace).picture(heap);
    }

    /// {@return a heap as far as a trace tells, by addresses alone} Blocks that lie close together
    /// form a piece. What is between them and was never handed out counts as padding: it may be the
    /// heap's headers, or somebody else's memory.
    ///
    /// @param trace what was recorded on the heap
    /// @throws IllegalArgumentException if an event has no address, because the trace was only
    ///         planned and never run
    public static HeapPicture of(Trace trace) {
        return History.of(trace).picture(Ground.of(trace));
    }

    /// {@return all blocks, piece by piece}
    public Stream<Block> blocks() {
        return pieces.stream().flatMap(piece -> piece.blocks().stream());
    }

    /// {@return how many blocks are in this state}
    public long count(State state) {
        return blocks().filter(block -> block.state() == state).count();
    }

    /// {@return the bytes of all blocks in this state}
    public long bytes(State state) {
        return blocks().filter(block -> block.state() == state).mapToLong(Block::byteSize).sum();
    }

    /// {@return the bytes of the largest block that is ready to be handed out; 0 if there is none}
    public long largestFree() {
        return blocks().filter(block -> block.state() == State.HOLE || block.state() == State.FREE)
                .mapToLong(Block::byteSize).max().orElse(0);
    }

    /// {@return the picture in one sentence}
    public String summary() {
        long all = pieces.stream().mapToLong(Piece::byteSize).sum();
        long free = bytes(State.HOLE) + bytes(State.FREE);
        return all == 0 ? "No memory." : all + " bytes"
                + (pieces.size() == 1 ? "" : " in " + pieces.size() + " pieces") + ": "
                + (count(State.LIVE) == 1 ? "1 block" : count(State.LIVE) + " blocks")
                + " in use with " + bytes(State.LIVE) + " bytes, "
                + count(State.HOLE) + " freed, " + free + " bytes free"
                + (free == 0 ? "." : ", the largest stretch " + largestFree() + ".");
    }

    /// {@return the picture as text: a sentence, a strip of memory, and its blocks}
    ///
    /// @param columns how many characters a line may have, at least 20
    public String text(int columns) {
        return new PictureText(columns).of(this);
    }

    /// {@return the picture as an SVG document that needs no script, fetches nothing, and reads in
    /// light and in dark}
    public String svg() {
        return Still.of(this, summary());
    }

    /// {@return the SVG document as an image in HTML, with the [#summary()] in its place for those
    /// who cannot see it}
    public String html() {
        return Page.image(svg(), summary());
    }

    /// {@return the picture for the JavaScript in a page}
    ///
    /// `{"pieces":[{"start":"0x7f10","bytes":96,"blocks":[{"at":0,"bytes":64,"state":"live",
    /// "label":"3","by":"alloc 3 64 8"}, …]}]}`, where `at` counts from the piece's start.
    public ObjectNode json() {
        ObjectNode picture = JsonNodeFactory.instance.objectNode();
        ArrayNode list = picture.putArray("pieces");
        for (Piece piece : pieces) {
            ArrayNode blocks = list.addObject().put("start", "0x" + Long.toHexString(piece.start()))
                    .put("bytes", piece.byteSize()).putArray("blocks");
            piece.blocks().forEach(block -> blocks.addObject()
                    .put("at", block.address() - piece.start()).put("bytes", block.byteSize())
                    .put("state", block.state().id()).put("label", block.label())
                    .put("by", block.madeBy()));
        }
        return picture;
    }
}
