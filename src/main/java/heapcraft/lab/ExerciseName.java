package heapcraft.lab;

import heapcraft.grade.Course;
import heapcraft.grade.Course.Exercise;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// The exercise that a word on the command line means.
final class ExerciseName implements ITypeConverter<Exercise> {

    @Override
    public Exercise convert(String name) {
        List<Exercise> found = named(name);
        if (found.size() != 1) {
            throw new TypeConversionException("\"" + name + "\" has " + found.size()
                    + " exercises; name one of them: "
                    + found.stream().map(Exercise::id).collect(Collectors.joining(", ")));
        }
        return found.getFirst();
    }

    private static List<Exercise> named(String name) {
        try {
            return Course.load().named(name);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }
}
