package io.penstock.perf.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    private static final Path PAGE = Path.of("..", "docs", "architecture.md");
    private static final int MOST_TYPES = 30;

    private static JavaClasses house;
    private static JavaClasses planted;
    private static PackageTable table;

    @BeforeAll
    static void readTheHouse() throws IOException {
        house =
                new ClassFileImporter()
                        .withImportOption(new ImportOption.DoNotIncludeTests())
                        .withImportOption(location -> !location.contains("-tests.jar"))
                        .withImportOption(location -> !location.contains("io/penstock/proto/"))
                        .withImportOption(location -> !isGenerated(location))
                        .importPackages("io.penstock");
        planted = new ClassFileImporter().importPackages(pkg("planted"));
        table = PackageTable.read(PAGE);
    }

    @Test
    void everyImportStandsInTheTable() {
        assertThat(HouseRules.importsOutsideTheTable(house, table)).isEmpty();
    }

    @Test
    void everyRowOfTheTableHasCode() {
        assertThat(HouseRules.rowsWithoutCode(house, table)).isEmpty();
    }

    @Test
    void noParentImportsItsChild() {
        assertThat(HouseRules.parentsThatImportChildren(house)).isEmpty();
    }

    @Test
    void packagesFormNoCircle() {
        assertThat(HouseRules.circles(house)).isEmpty();
    }

    @Test
    void noInterfaceMakesItsOwnImplementation() {
        assertThat(HouseRules.factoriesOnInterfaces(house)).isEmpty();
    }

    @Test
    void noPackageHasAnEmptyWordForAName() {
        assertThat(HouseRules.emptyWords(house)).isEmpty();
    }

    @Test
    void noPackageIsCrowded() {
        assertThat(HouseRules.crowdedPackages(house, MOST_TYPES)).isEmpty();
    }

    @Test
    void aPlantedImportOutsideTheTableIsSeen() {
        PackageTable strict =
                new PackageTable(
                        java.util.Map.of(
                                pkg("planted"),
                                new PackageTable.Row(
                                        java.util.Set.of(), false, java.util.Set.of())));

        assertThat(HouseRules.importsOutsideTheTable(planted, strict))
                .contains(
                        pkg("planted.Parent") + " -> " + pkg("planted.child"),
                        pkg("planted.Foreign") + " -> io.vertx.core",
                        pkg("planted.util") + " has no row in the table");
        assertThat(HouseRules.rowsWithoutCode(house, strict)).containsExactly(pkg("planted"));
    }

    @Test
    void aPlantedParentIsSeen() {
        assertThat(HouseRules.parentsThatImportChildren(planted))
                .containsExactly(pkg("planted.Parent") + " -> " + pkg("planted.child"));
    }

    @Test
    void aPlantedCircleIsSeen() {
        assertThat(HouseRules.circles(planted)).contains("Cycle detected");
    }

    @Test
    void aPlantedFactoryIsSeen() {
        assertThat(HouseRules.factoriesOnInterfaces(planted))
                .containsExactly(pkg("planted.child.Made") + ".make()");
    }

    @Test
    void aPlantedEmptyWordIsSeen() {
        assertThat(HouseRules.emptyWords(planted)).containsExactly(pkg("planted.util"));
    }

    @Test
    void aPlantedCrowdIsSeen() {
        assertThat(HouseRules.crowdedPackages(planted, 1)).containsEntry(pkg("planted"), 2);
    }

    /** What JMH and jcstress make of the annotated classes. */
    private static boolean isGenerated(Location location) {
        return location.contains("jmh_generated") || location.contains("_jcstress");
    }

    private static String pkg(String name) {
        return "io.penstock.perf.architecture." + name;
    }
}
