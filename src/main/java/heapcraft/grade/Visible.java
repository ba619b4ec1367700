package heapcraft.grade;

import java.util.List;

/// Text that somebody else wrote, with every character to be seen.
///
/// A learner's output can hold what a terminal obeys, what XML 1.0 forbids, halves of a character
/// that UTF-8 cannot write, and marks that turn the reading direction round. They become what Java
/// source would say, such as `\u001B`. Each format still escapes what only it obeys.
final class Visible {

    /// More than this nobody reads, in characters.
    private static final int LONGEST = 4_000;

    private Visible() { }

    /// One part of a finding: visible, and cut where it is too long to read.
    static String part(String text) {
        String visible = text(text);
        if (visible.length() <= LONGEST) {
            return visible;
        }
        int end = visible.offsetByCodePoints(0, visible.codePointCount(0, LONGEST) - 1);
        return visible.substring(0, end) + "… and " + (visible.length() - end) + " characters more";
    }

    static List<String> parts(List<String> texts) {
        return texts.stream().map(Visible::part).toList();
    }

    /// Any length of text: line breaks become `\n`, tabs stay.
    static String text(String text) {
        StringBuilder visible = new StringBuilder(text.length());
        text.replace("\r\n", "\n").codePoints().forEach(c -> {
            if (isVisible(c)) {
                visible.appendCodePoint(c);
            } else {
                visible.append(String.format("\\u%04X", c));
            }
        });
        return visible.toString();
    }

    private static boolean isVisible(int c) {
        if (c == '\n' || c == '\t') {
            return true;
        }
        boolean noCharacter = (c & 0xFFFE) == 0xFFFE;
        return !noCharacter && !turnsDirection(c) && switch (Character.getType(c)) {
            case Character.CONTROL, Character.SURROGATE -> false;
            default -> true;
        };
    }

    private static boolean turnsDirection(int c) {
        return switch (Character.getDirectionality(c)) {
            case Character.DIRECTIONALITY_LEFT_TO_RIGHT_EMBEDDING,
                 Character.DIRECTIONALITY_LEFT_TO_RIGHT_OVERRIDE,
                 Character.DIRECTIONALITY_LEFT_TO_RIGHT_ISOLATE,
                 Character.DIRECTIONALITY_RIGHT_TO_LEFT_EMBEDDING,
                 Character.DIRECTIONALITY_RIGHT_TO_LEFT_OVERRIDE,
                 Character.DIRECTIONALITY_RIGHT_TO_LEFT_ISOLATE,
                 Character.DIRECTIONALITY_FIRST_STRONG_ISOLATE,
                 Character.DIRECTIONALITY_POP_DIRECTIONAL_FORMAT,
                 Character.DIRECTIONALITY_POP_DIRECTIONAL_ISOLATE -> true;
            default -> false;
        };
    }
}
