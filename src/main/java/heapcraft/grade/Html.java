package heapcraft.grade;

/// Text as HTML.
public final class Html {

    private Html() { }

    /// Text that can neither end the element nor the attribute it stands in.
    public static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
                .replace("\"", "&quot;").replace("'", "&#39;");
    }
}
