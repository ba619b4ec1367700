// The notebook's screen, in JJava's words: HTML, with text for front-ends that show none.
heapcraft.lab.Notebook.showOn((text, html) -> {
    var data = new org.dflib.jjava.jupyter.kernel.display.DisplayData(text);
    data.putHTML(html);
    kernel().display(data);
});
