package heapcraft.lab;

import heapcraft.grade.Report;
import heapcraft.grade.Scoreboard;
import heapcraft.grade.Verdict.Colour;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi.Style;

/// What a terminal shows: colour where there is a terminal and nobody has set `NO_COLOR`.
final class Screen {

    private Screen() { }

    static String scoreboard(CommandLine command, Report report) {
        return command.getColorScheme().ansi().enabled()
                ? Scoreboard.of(report, Screen::painted) : Scoreboard.of(report);
    }

    private static String painted(Colour colour, String state) {
        Style style = switch (colour) {
            case GREEN -> Style.fg_green;
            case YELLOW -> Style.fg_yellow;
            case RED -> Style.fg_red;
        };
        return style.on() + state + style.off();
    }
}
