package stillpoint.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// The picture in `lib/README.md` holds, and each of its checks is able to fail.
class ArchitectureTest {
    private static final JavaClasses OURS =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .withImportOption(location -> !location.contains("jmh_generated"))
                    .importPackages("stillpoint");
    private static final House HOUSE = new House("stillpoint");

    @Test
    void everyArrowOfThePictureHolds() {
        HOUSE.arrowsPointOneWay().check(OURS);
    }

    @Test
    void noPackageUsesItselfThroughOthers() {
        HOUSE.noCycles().check(OURS);
    }

    @Test
    void everyTypeIsNamedForWhatItIs() {
        HOUSE.namesSayWhatAThingIs().check(OURS);
    }

    @Test
    void everyPackageIsNullMarked() {
        HOUSE.nullDoesNotExist().check(OURS);
    }

    @Test
    void noPublicRecordHoldsAnArray() {
        HOUSE.publicRecordsHoldNoArrays().check(OURS);
    }

    @Test
    void nothingPublicIsMutable() {
        HOUSE.nothingPublicIsMutable().check(OURS);
    }

    @Test
    void everyInterfaceHasTwoImplementations() {
        HOUSE.anInterfaceHasTwoImplementations().check(OURS);
    }

    @Test
    void theChecksSeeEveryModule() {
        for (String stage :
                List.of(
                        "program",
                        "machine",
                        "check",
                        "swap",
                        "primitive",
                        "statistics",
                        "picture",
                        "page",
                        "kernel"))
            assertThat(OURS.containPackage("stillpoint." + stage)).as(stage).isTrue();
    }

    /// The same rules on a house that breaks each of them.
    @Nested
    class InACrookedHouse {
        private static final JavaClasses CROOKED =
                new ClassFileImporter().importPackages("crooked");
        private static final House HOUSE = new House("crooked");

        @Test
        void aCheckerThatLooksAtTheSimulatorIsFound() {
            assertFinds(HOUSE.arrowsPointOneWay(), "check may not see simulate");
        }

        @Test
        void evidenceThatKnowsWhoFoundItIsFound() {
            assertFinds(HOUSE.arrowsPointOneWay(), "evidence may not see check");
        }

        @Test
        void aPictureThatSearchesIsFound() {
            assertFinds(HOUSE.arrowsPointOneWay(), "picture may not see check");
        }

        @Test
        void aKernelThatDrawsIsFound() {
            assertFinds(HOUSE.arrowsPointOneWay(), "kernel may not see picture");
        }

        @Test
        void aPackageOutsideThePictureIsFound() {
            assertFinds(HOUSE.arrowsPointOneWay(), "attic has no place in the picture");
        }

        @Test
        void aCycleIsFound() {
            assertFinds(HOUSE.noCycles(), "Cycle detected");
        }

        @Test
        void anEmptyNameIsFound() {
            assertFinds(HOUSE.namesSayWhatAThingIs(), "crooked.attic.BoxManager");
        }

        @Test
        void aPackageThatIsNotNullMarkedIsFound() {
            assertFinds(HOUSE.nullDoesNotExist(), "crooked.attic.BoxManager");
        }

        @Test
        void anArrayInAPublicRecordIsFound() {
            assertFinds(HOUSE.publicRecordsHoldNoArrays(), "crooked.attic.Boxes");
        }

        @Test
        void aPublicFieldThatCanChangeIsFound() {
            assertFinds(HOUSE.nothingPublicIsMutable(), "crooked.attic.BoxManager");
        }

        @Test
        void anInterfaceWithOneImplementationIsFound() {
            assertFinds(HOUSE.anInterfaceHasTwoImplementations(), "crooked.attic.Box");
        }

        private static void assertFinds(ArchRule rule, String what) {
            assertThat(rule.evaluate(CROOKED).getFailureReport().toString()).contains(what);
        }
    }
}
