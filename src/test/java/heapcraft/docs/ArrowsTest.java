package heapcraft.docs;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Which part of the library may know which: the arrows go one way.
class ArrowsTest {

    private static final JavaClasses LIBRARY = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("heapcraft");

    private static final DescribedPredicate<JavaClass> OURS = resideInAPackage("heapcraft..");

    @ParameterizedTest
    @CsvSource({
        "alloc, ''",
        "own, alloc",
        "trace, alloc",
        "exercise, alloc own trace",
        "view, alloc own trace",
        "grade, alloc own trace exercise view"})
    void a_package_knows_only_what_stands_before_it(String of, String known) {
        String[] allowed = (of + " " + known).strip().split(" ");
        for (int i = 0; i < allowed.length; i++) {
            allowed[i] = "heapcraft." + allowed[i] + "..";
        }
        noClasses().that().resideInAPackage("heapcraft." + of + "..")
                .should().dependOnClassesThat(OURS.and(DescribedPredicate.not(
                        resideInAnyPackage(allowed))))
                .allowEmptyShould(true).check(LIBRARY);
    }
}
