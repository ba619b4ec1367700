// The notebook's screen, in IJava's words: HTML, with text for front-ends that show none.
heapcraft.lab.Notebook.showOn((text, html) -> {
    var data = new io.github.spencerpark.jupyter.kernel.display.DisplayData(text);
    data.putHTML(html);
    io.github.spencerpark.ijava.runtime.Kernel.getKernelInstance().display(data);
});
