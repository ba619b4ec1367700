/// What a person sees of a heap.
///
/// | Read first | for |
/// |---|---|
/// | [HeapPicture] | a heap at one moment, as text, as SVG, or as JSON for a page |
/// | [Film] | a trace from its first event to its last, as a page with a slider |
///
/// All of it is drawn from what a heap says of itself and what was recorded on it; nothing here
/// reads the memory.
package heapcraft.view;
