/// What a person sees: charts in one house style, readable in light and in dark, where no colour
/// carries a meaning alone.
///
/// | Chart | for |
/// |---|---|
/// | [LineChart] | a figure that depends on another one |
/// | [StopChart] | a figure at a few named stops, such as workloads or thread counts |
/// | [Drawing] | a chart once it is drawn: SVG, PNG, HTML with a text for those who cannot see it |
package heapcraft.view;
