package io.penstock.perf.packages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** {@code penstock_VERSION_all.deb}, through its life in a system of its own. */
class DebianPackageIT {
    private static final String CONFIGURATION = "/etc/penstock/gateway.yaml";
    private static final String STATE = "/var/lib/penstock";

    private static Path directory = Path.of("");

    @BeforeAll
    static void mayInstall() throws IOException {
        assumeTrue(
                Program.isRoot() && Files.exists(Packed.system()) && Program.isThere("unshare"),
                "no root, or no system to install into (mmdebstrap): skipped");
        directory = Files.createTempDirectory("penstock");
    }

    @AfterAll
    static void delete() throws Exception {
        // by a program that knows nothing of links that lead out of the directory
        if (directory.isAbsolute()) {
            Program.in(Path.of("/")).well("rm", "-rf", directory.toString());
        }
    }

    @Test
    void isInstalledStartedUpgradedRemovedAndPurged() throws Exception {
        CleanRoot system = CleanRoot.unpack(directory.resolve("root"));
        Set<String> before = system.files();
        Files.copy(Packed.debian(), system.at("/root/penstock.deb"));

        system.well("dpkg", "-i", "/root/penstock.deb");
        assertThat(system.well("penstock", "--version")).startsWith("penstock ");
        assertThat(mode(system, STATE)).isEqualTo("rwx------");
        assertThat(mode(system, CONFIGURATION)).isEqualTo("rw-r-----");
        system.well("penstock", "validate", "--config", CONFIGURATION);

        String mine = InstalledNode.configuration("${STATE_DIRECTORY}");
        Files.writeString(system.at(CONFIGURATION), mine);
        runs(system);

        system.well("dpkg", "-i", "/root/penstock.deb");
        assertThat(system.at(CONFIGURATION)).hasContent(mine);
        runs(system);

        system.well("dpkg", "-r", "penstock");
        assertThat(system.has("/usr/bin/penstock")).isFalse();
        assertThat(system.has("/usr/share/penstock")).isFalse();
        assertThat(system.has(CONFIGURATION)).isTrue();
        assertThat(system.has(STATE + "/data")).isTrue();

        system.well("dpkg", "-P", "penstock");
        Files.delete(system.at("/root/penstock.deb"));
        Set<String> left = new TreeSet<>(system.files());
        left.removeAll(before);
        left.remove("/run/adduser"); // adduser's own lock
        left.removeIf(path -> path.matches("/etc/(passwd|group|shadow|gshadow|subuid|subgid)-?"));
        assertThat(left).isEmpty();
        assertThat(Files.readString(system.at("/etc/passwd"))).doesNotContain("penstock");
    }

    /** As the unit does it: the user, the environment, and how it waits for the start. */
    private static void runs(CleanRoot system) throws Exception {
        ProcessBuilder start = system.as("penstock:penstock", command(system, "ExecStart"));
        start.environment().put("STATE_DIRECTORY", STATE);
        start.environment().put("PENSTOCK_NODE_ID", "debian");
        try (InstalledNode node = new InstalledNode(start, system.at(STATE))) {
            String pid = Long.toString(node.pid());
            Program.in(system.at(STATE))
                    .with("MAINPID", pid)
                    .well(command(system, "ExecStartPost"));
            node.ready().takesAPush();
            assertThat(Files.readString(Path.of("/proc/" + pid + "/maps")))
                    .contains("/var/cache/penstock/classes.jsa");
            assertThat(Files.readString(Path.of("/proc/" + pid + "/status")))
                    .doesNotContainPattern("Uid:\t0\t");
            node.stops();
            Program late = Program.in(system.at(STATE)).with("MAINPID", pid);
            assertThat(late.run(command(system, "ExecStartPost")).code()).isEqualTo(1);
        }
    }

    /** A command of the unit, with {@code $MAINPID} left to the shell, which has it, too. */
    private static String[] command(CleanRoot system, String key) throws IOException {
        String unit = Files.readString(system.at("/lib/systemd/system/penstock.service"));
        Matcher line = Pattern.compile("(?m)^" + key + "=(.*)$").matcher(unit);
        assertThat(line.find()).isTrue();
        Matcher shell = Pattern.compile("(\\S+) -c '(.*)'").matcher(line.group(1));
        return shell.matches()
                ? new String[] {shell.group(1), "-c", shell.group(2)}
                : line.group(1).split(" ", -1);
    }

    private static String mode(CleanRoot system, String path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(system.at(path)));
    }

    @Test
    void lintianFindsNoError() throws Exception {
        assumeTrue(Program.isThere("lintian"), "no lintian: skipped");
        // a changelog in Debian's form is for Debian's own packages; ours is CHANGELOG.md
        String[] lintian = {
            "lintian",
            "--allow-root",
            "--fail-on",
            "error",
            "--suppress-tags",
            "no-changelog",
            Packed.debian().toString()
        };
        Program.Run run = Program.in(directory).run(lintian);
        assertThat(run.code()).as(run.output()).isZero();
    }
}
