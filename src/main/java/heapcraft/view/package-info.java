/// What a person sees of a heap.
///
/// | Read first | for |
/// |---|---|
/// | [HeapPicture] | a heap at one moment, as text, as SVG, or as JSON for a page |
/// | [Film] | a trace from its first event to its last, as a page with a slider |
/// | [FragmentationSimulator] | a heap to click on, with the real allocators behind it |
/// | [BumpVersusMalloc] | the same for two designs at once |
/// | [Prediction] | a question about the next step, and the real allocator's answer |
///
/// All of it is drawn from what a heap says of itself and what was recorded on it; nothing here
/// reads the memory.
package heapcraft.view;
