package stillpoint.kernel;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/// The arrows of lib/kernel.
class ArchitectureTest {
    private static final JavaClasses KERNEL =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .importPackages("stillpoint.kernel");

    @Test
    void onlyThePreloadKnowsStillpoint() {
        noClasses()
                .that()
                .resideInAPackage("stillpoint.kernel")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "stillpoint.picture..",
                        "stillpoint.evidence..",
                        "stillpoint.program..",
                        "stillpoint.machine..",
                        "stillpoint.check..",
                        "stillpoint.swap..",
                        "stillpoint.notebook..",
                        "stillpoint.page..",
                        "stillpoint.cli..")
                .check(KERNEL);
    }
}
