package heapcraft.grade;

import heapcraft.grade.Course.Exercise;
import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeElement;
import java.lang.classfile.MethodModel;
import java.lang.classfile.constantpool.MemberRefEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LineNumber;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Looks through the learner's class files, before anything of theirs runs, for members that the
/// exercise does not allow.
///
/// Every call and every field, behind lambdas and method references too, is named in a class file's
/// constant pool; so the pool is what is read.
final class Scan {

    private final AllowList allowed;
    private final Exercise exercise;

    Scan(Exercise exercise) {
        this.exercise = exercise;
        this.allowed = new AllowList(exercise);
    }

    /// The first thing found that is not allowed.
    ///
    /// @param classes the folder with the learner's class files
    Optional<Finding> run(Path classes) throws IOException {
        try (Stream<Path> files = Files.walk(classes)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                Optional<Finding> found = scan(ClassFile.of().parse(file));
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }

    private Optional<Finding> scan(ClassModel type) {
        for (MethodModel method : type.methods()) {
            if ((method.flags().flagsMask() & ClassFile.ACC_NATIVE) != 0) {
                return Optional.of(new Finding("native " + method.methodName().stringValue(),
                        "is not allowed in this exercise", "", "Write the method in Java.",
                        List.of()));
            }
        }
        for (PoolEntry entry : type.constantPool()) {
            if (entry instanceof MemberRefEntry member) {
                Optional<String> refusal = allowed.refusal(owner(member), member.name().stringValue());
                if (refusal.isPresent()) {
                    return Optional.of(finding(type, member, refusal.get()));
                }
            }
        }
        return Optional.empty();
    }

    private Finding finding(ClassModel type, MemberRefEntry member, String refusal) {
        String name = owner(member).replaceFirst("^.*\\.", "").replace('$', '.') + "."
                + member.name().stringValue();
        List<String> where = line(type, member).map(line -> exercise.id() + ".java:" + line)
                .stream().toList();
        return new Finding(name.replace(".<init>", ""), "is not allowed in this exercise", "",
                refusal, where);
    }

    private static String owner(MemberRefEntry member) {
        return member.owner().asInternalName().replace('/', '.');
    }

    /// The first line that uses a member directly.
    private static Optional<Integer> line(ClassModel type, MemberRefEntry member) {
        return type.methods().stream().flatMap(method -> method.code().stream())
                .flatMap(code -> {
                    int[] line = {0};
                    return code.elementStream()
                            .peek(element -> line[0] = lineAt(element, line[0]))
                            .filter(element -> uses(element, member))
                            .map(element -> line[0]);
                })
                .filter(line -> line > 0).findFirst();
    }

    private static int lineAt(CodeElement element, int before) {
        return element instanceof LineNumber number ? number.line() : before;
    }

    private static boolean uses(CodeElement element, MemberRefEntry member) {
        return switch (element) {
            case InvokeInstruction call -> call.method().equals(member);
            case FieldInstruction field -> field.field().equals(member);
            default -> false;
        };
    }
}
