package heapcraft.grade;

import java.util.ArrayList;
import java.util.List;

/// Prose on a screen of limited width.
public final class Paragraph {

    private Paragraph() { }

    /// One line as several, broken between words; inside a word only where it is too long.
    ///
    /// @param width characters a line may have
    public static List<String> wrap(String line, int width) {
        List<String> wrapped = new ArrayList<>();
        String rest = line;
        while (rest.length() > width) {
            int space = rest.lastIndexOf(' ', width);
            int end = space > width / 2 ? space : width;
            wrapped.add(rest.substring(0, end));
            rest = rest.substring(end).stripLeading();
        }
        wrapped.add(rest);
        return wrapped;
    }
}
