/// What a person sees: heaps as pictures and films, and charts in one house style, all of them
/// readable in light and in dark, where no colour carries a meaning alone.
///
/// | Read first | for |
/// |---|---|
/// | [HeapPicture] | a heap at one moment, as text, as SVG, or as JSON for a page |
/// | [Film] | a trace from its first event to its last, as a page with a slider |
/// | [LineChart] | a figure that depends on another one |
/// | [StopChart] | a figure at a few named stops, such as workloads or thread counts |
/// | [Drawing] | a chart once it is drawn: SVG, PNG, HTML with a text for those who cannot see it |
/// | [FragmentationSimulator] | a heap to click on, with the real allocators behind it |
/// | [BumpVersusMalloc] | the same for two designs at once |
/// | [Prediction] | a question about the next step, and the real allocator's answer |
///
/// Heaps are drawn from what they say of themselves and what was recorded on them; nothing here
/// reads their memory.
package heapcraft.view;
