package heapcraft.grade;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import heapcraft.grade.Report.Result;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Known mistakes and the tests each one fails: from the pattern of a learner's failures it tells
/// which mistake theirs looks like.
///
/// The table is measured, not written: a test runs every bug of the zoo and holds `zoo.json` equal
/// to what it saw.
final class Zoo {

    /// A likeness below this share of common failures says nothing.
    private static final double ALIKE = 0.7;

    /// A known mistake.
    ///
    /// @param about the misconception in one line
    /// @param fails the tests it fails
    record Bug(String exercise, String name, String about, Set<String> fails) { }

    private final List<Bug> bugs;

    Zoo(List<Bug> bugs) {
        this.bugs = bugs;
    }

    /// The zoo that this library was built with.
    static Zoo load() {
        try (InputStream in = Zoo.class.getResourceAsStream("/heapcraft/zoo.json")) {
            List<Bug> bugs = new ArrayList<>();
            for (JsonNode bug : JsonMapper.builder().build().readTree(in)) {
                Set<String> fails = new HashSet<>();
                bug.required("fails").forEach(test -> fails.add(test.asText()));
                bugs.add(new Bug(bug.required("exercise").asText(), bug.required("bug").asText(),
                        bug.required("about").asText(), fails));
            }
            return new Zoo(bugs);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The one mistake that results look like, in a line; nothing where several fit as well, or
    /// where a test got no answer to judge: still to do, say, or crashed.
    Optional<String> likeness(String exercise, List<Result> results) {
        if (results.stream().anyMatch(result -> result.verdict() != Verdict.WRONG
                && result.verdict() != Verdict.PASSED)) {
            return Optional.empty();
        }
        Set<String> failed = results.stream()
                .filter(result -> result.verdict() == Verdict.WRONG)
                .map(result -> result.test().name()).collect(Collectors.toSet());
        double best = ALIKE;
        List<String> fitting = new ArrayList<>();
        for (Bug bug : bugs) {
            double alike = bug.exercise.equals(exercise) ? alike(bug.fails, failed) : 0;
            if (alike > best) {
                best = alike;
                fitting.clear();
            }
            if (alike == best) {
                fitting.add(bug.about);
            }
        }
        return fitting.size() == 1 ? Optional.of(fitting.getFirst()) : Optional.empty();
    }

    /// The common part of two sets, from 0 for none to 1 for all.
    private static double alike(Set<String> a, Set<String> b) {
        long common = a.stream().filter(b::contains).count();
        long all = a.size() + b.size() - common;
        return all == 0 ? 0 : (double) common / all;
    }
}
