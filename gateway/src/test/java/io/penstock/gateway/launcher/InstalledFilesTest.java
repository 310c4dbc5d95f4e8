package io.penstock.gateway.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.penstock.exporter.fanout.SinkRegistry;
import io.penstock.gateway.config.ConfigLoader;
import io.penstock.gateway.config.GatewayConfig;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files that packages install: units, manifests, and their configurations. */
class InstalledFilesTest {
    private static final Path CONF = Path.of("../conf");
    private static final Path UNIT = CONF.resolve("systemd/penstock.service");

    /** What {@code run} waits beyond {@code node.stop_deadline_ms}. */
    private static final int STOP_GRACE_S = 3;

    @TempDir private Path directory;

    private static GatewayConfig load(String file, Map<String, String> environment)
            throws Exception {
        String text = Files.readString(CONF.resolve(file));
        return new ConfigLoader(SinkRegistry.onClassPath(), environment::get)
                .parse(file, text.replace("${file:/etc/penstock-secret/forward-key}", "secret"));
    }

    @Test
    void configurationsOfPackagesAreGoodOnes() throws Exception {
        GatewayConfig systemd =
                load(
                        "systemd/gateway.yaml",
                        Map.of("STATE_DIRECTORY", "/var/lib/penstock", "PENSTOCK_NODE_ID", "here"));
        assertThat(systemd.node().id()).isEqualTo("here");
        assertThat(systemd.node().dataDir()).isEqualTo(Path.of("/var/lib/penstock/data"));
        assertThat(load("systemd/gateway.yaml", Map.of()).node().dataDir())
                .isEqualTo(Path.of("/var/lib/penstock/data"));
        assertThat(load("container/gateway.yaml", Map.of()).ingress().host()).isEqualTo("0.0.0.0");
        Map<String, String> pod =
                Map.of("POD_NAME", "penstock-0", "POD_NAMESPACE", "p", "POD_IP", "10.0.0.1");
        assertThat(load("kubernetes/gateway.yaml", pod).node().id()).isEqualTo("penstock-0");
    }

    @Test
    void whoStopsANodeWaitsLongerThanTheNodeItself() throws Exception {
        long deadlineS =
                load("systemd/gateway.yaml", Map.of()).node().stopDeadlineMs() / 1000
                        + STOP_GRACE_S;
        assertThat(number(UNIT, "TimeoutStopSec=(\\d+)s")).isGreaterThan(deadlineS);
        Path pods = CONF.resolve("kubernetes/nodes.yaml");
        long preStopS = number(pods, "command: \\[sleep, \"(\\d+)\"]");
        assertThat(number(pods, "terminationGracePeriodSeconds: (\\d+)"))
                .isGreaterThan(deadlineS + preStopS);
    }

    @Test
    void whoStartsANodeWaitsLongerThanTheNodeItself() throws Exception {
        long deadlineS = load("systemd/gateway.yaml", Map.of()).node().startDeadlineMs() / 1000;
        assertThat(number(UNIT, "TimeoutStartSec=(\\d+)s")).isGreaterThan(deadlineS);
        Path pods = CONF.resolve("kubernetes/nodes.yaml");
        assertThat(2 * number(pods, "failureThreshold: (\\d+)")).isGreaterThan(deadlineS);
    }

    /** The first number that a pattern finds in a file. */
    private static long number(Path file, String pattern) throws IOException {
        Matcher found = Pattern.compile(pattern).matcher(Files.readString(file));
        assertThat(found.find()).as(pattern).isTrue();
        return Long.parseLong(found.group(1));
    }

    @Test
    void systemdFindsTheUnitSafeEnough() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/systemd-analyze")), "no systemd: skipped");
        String said = analyze(0, "security", "--offline=true", "--threshold=20", UNIT.toString());
        assertThat(said).contains("Overall exposure level for penstock.service");
    }

    @Test
    void systemdUnderstandsEveryLineOfTheUnit() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/systemd-analyze")), "no systemd: skipped");
        // the program that it starts is not installed here
        String unit = Files.readString(UNIT).replace("ExecStart=penstock", "ExecStart=/bin/true");
        Path ours = Files.writeString(directory.resolve("penstock.service"), unit);
        assertThat(analyze(0, "verify", "--man=no", ours.toString())).doesNotContain("penstock");
        Path wrong = directory.resolve("wrong.service");
        Files.writeString(wrong, unit.replace("ProtectClock=", "ProtectClocks="));
        assertThat(analyze(0, "verify", "--man=no", wrong.toString())).contains("ProtectClocks");
    }

    private static String analyze(int code, String... arguments) throws Exception {
        ProcessBuilder builder = new ProcessBuilder("/usr/bin/systemd-analyze");
        builder.command().addAll(List.of(arguments));
        Process process = builder.redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isEqualTo(code);
        return said;
    }
}
