package io.penstock.perf.packages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code penstock-VERSION.tar.gz}, unpacked. */
class TarGzIT {
    @TempDir private static Path directory;
    private static Path home = Path.of("");

    @BeforeAll
    static void unpack() throws Exception {
        Path place = Files.createDirectories(directory.resolve("opt with a space"));
        Program.in(place).well("tar", "xzf", Packed.tarGz().toString());
        try (Stream<Path> inside = Files.list(place)) {
            home = inside.findFirst().orElseThrow();
        }
        Program.in(place).well(bin("penstock-cds").toString());
    }

    @Test
    void aNodeStartsFromALinkTakesAPushAndUsesItsClassData() throws Exception {
        Path link = Files.createSymbolicLink(directory.resolve("penstock"), bin("penstock"));
        Path state = Files.createDirectories(directory.resolve("state"));
        Path configuration = state.resolve("gateway.yaml");
        Files.writeString(configuration, InstalledNode.configuration("."));
        Program program = Program.in(state);
        ProcessBuilder start =
                program.builder(link.toString(), "run", "--config", configuration.toString());
        try (InstalledNode node = new InstalledNode(start, state)) {
            node.ready().takesAPush();
            assertThat(Files.readString(Path.of("/proc/" + node.pid() + "/maps")))
                    .contains("lib/classes.jsa");
            String[] ledger = {link.toString(), "ledger", "--admin", node.address("admin")};
            assertThat(program.well(ledger)).contains("The ledger balances");
            node.stops();
        }
    }

    @Test
    void anotherJavaPassesOverClassDataThatAreNotItsOwn() throws Exception {
        Optional<Path> other = otherJava();
        assumeTrue(other.isPresent(), "there is one Java only: skipped");
        Program.Run run =
                Program.in(directory)
                        .with("JAVA_HOME", other.get().toString())
                        .run(bin("penstock").toString(), "run", "--config", "nowhere.yaml");
        assertThat(run.output()).startsWith("penstock run: ").doesNotContain("warning");
    }

    @Test
    void everyLibraryStandsInTheListOfLicences() throws Exception {
        String list = Files.readString(home.resolve("THIRD-PARTY.txt"));
        try (Stream<Path> jars = Files.list(home.resolve("lib"))) {
            assertThat(jars.map(jar -> jar.getFileName().toString()))
                    .filteredOn(name -> name.endsWith(".jar") && !name.startsWith("penstock-"))
                    .hasSizeGreaterThan(50)
                    .allSatisfy(name -> assertThat(list).contains(artifact(name)));
        }
        assertThat(list)
                .doesNotContain("Unknown license")
                .doesNotContain("duckdb")
                .doesNotContain("io.penstock");
        for (String file : List.of("LICENSE", "NOTICE", "README.md", "docs/install.md")) {
            assertThat(home.resolve(file)).isNotEmptyFile();
        }
    }

    /** As the list has it: {@code :artifact:version}, but for what names a platform. */
    private static String artifact(String jar) {
        String name = jar.substring(0, jar.length() - ".jar".length());
        int version = 0;
        while (!name.substring(version).matches("-[0-9].*")) {
            version++;
        }
        String classifier = "-(linux|osx|windows)-.*";
        return ":"
                + name.substring(0, version)
                + ":"
                + name.substring(version + 1).replaceFirst(classifier, "");
    }

    @Test
    void nothingInItTellsWhereItWasBuilt() throws Exception {
        String listing = Program.in(directory).well("tar", "tvzf", Packed.tarGz().toString());
        assertThat(listing.lines())
                .isNotEmpty()
                .allSatisfy(line -> assertThat(line).matches("[-dl]\\S+ (root/root|0/0) .*"));
        assertThat(listing.lines().map(line -> line.split(" +", -1)[3]).distinct()).hasSize(1);
    }

    private static Path bin(String name) {
        return home.resolve("bin").resolve(name);
    }

    private static Optional<Path> otherJava() throws IOException {
        Path all = Path.of("/usr/lib/jvm");
        if (!Files.isDirectory(all)) {
            return Optional.empty();
        }
        try (Stream<Path> each = Files.list(all)) {
            return each.filter(jvm -> Files.isExecutable(jvm.resolve("bin/java")))
                    .filter(jvm -> feature(jvm) > Runtime.version().feature())
                    .findFirst();
        }
    }

    private static int feature(Path jvm) {
        try {
            return Files.readString(jvm.resolve("release"), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> line.startsWith("JAVA_VERSION="))
                    .map(line -> line.replaceAll("[^0-9.]", "").split("\\.", -1)[0])
                    .mapToInt(Integer::parseInt)
                    .findFirst()
                    .orElse(0);
        } catch (IOException unreadable) {
            return 0;
        }
    }
}
