package heapcraft.trace.profile;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// What a recorded text says about itself, in lines such as `# program: parser.c`.
final class Head {

    private static final Pattern FACT =
            Pattern.compile("^# ([a-z]+): (.+)$", Pattern.MULTILINE);

    private Head() { }

    static Map<String, String> of(String text) {
        Map<String, String> facts = new LinkedHashMap<>();
        FACT.matcher(text).results().forEach((MatchResult fact) ->
                facts.putIfAbsent(fact.group(1), fact.group(2).strip()));
        return facts;
    }
}
