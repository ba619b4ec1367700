package heapcraft.exercise;

import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.constant.ClassDesc;
import java.util.stream.StreamSupport;

/// The rule that a learner builds the exercise's subject, instead of calling the library's.
///
/// ```java
/// OwnWork.without(LayoutMath.class, Layout.class);
/// ```
public final class OwnWork {

    private OwnWork() { }

    /// Claims that an exercise and its nested classes never name a class of the library.
    public static void without(Class<?> exercise, Class<?> subject) {
        for (Class<?> part : exercise.getNestHost().getNestMembers()) {
            if (names(part, subject)) {
                throw new Story("the code of " + exercise.getSimpleName(),
                        "it uses " + subject.getName(),
                        "your own " + subject.getSimpleName() + ", built here",
                        "Write its steps out yourself. Which one comes first?");
            }
        }
    }

    private static boolean names(Class<?> part, Class<?> subject) {
        ClassDesc wanted = subject.describeConstable().orElseThrow();
        return StreamSupport
                .stream(ClassFile.of().parse(bytes(part)).constantPool().spliterator(), false)
                .anyMatch(entry -> entry instanceof ClassEntry named
                        && named.asSymbol().equals(wanted));
    }

    private static byte[] bytes(Class<?> part) {
        String file = part.getName().substring(part.getPackageName().length() + 1) + ".class";
        try (InputStream in = part.getResourceAsStream(file)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new IllegalStateException("cannot read " + part.getName() + " to check it", e);
        }
    }
}
