package io.penstock.gateway.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.exporter.fanout.LedgerRow;
import io.penstock.model.AckLevel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GatewayTest {
    private static final String TO_FILES =
            "repos: {exports: [{name: file, batch: {linger_ms: 0}, sink: {type: file, directory:"
                    + " '%s'}}]}";
    private static final String TO_NOBODY =
            "repos: {exports: [{name: http, sink: {type: http, url: 'http://127.0.0.1:1/'}}]}";

    @TempDir private Path directory;

    private Path data() {
        return directory.resolve("data dir");
    }

    @Test
    void deliversWhatWasPushedAndStopsClean() throws Exception {
        Path out = directory.resolve("out");
        try (TestNode node = TestNode.start(data(), TO_FILES.formatted(out))) {
            assertThat(node.gateway().state()).isEqualTo(GatewayState.RUNNING);
            node.push("access", 1000, AckLevel.STAGED);
            assertThat(TestNode.await(node.gateway().stop())).isTrue();
            assertThat(node.gateway().state()).isEqualTo(GatewayState.STOPPED);
        }
        assertThat(lines(out)).isEqualTo(1000);
    }

    @Test
    void aRestartFindsWhatWasStaged() throws Exception {
        try (TestNode node = TestNode.start(data(), TO_NOBODY.replace("name: http", "name: it"))) {
            node.push("access", 500, AckLevel.SYNCED);
        }
        Path out = directory.resolve("out");
        String toFiles = TO_FILES.formatted(out).replace("name: file", "name: it");
        try (TestNode node = TestNode.start(data(), toFiles)) {
            TestNode.until(() -> only(node.gateway().view().ledger()).delivered() == 500);
            LedgerRow row = only(node.gateway().view().ledger());
            assertThat(row.accepted()).isEqualTo(500);
            assertThat(row.residue()).isZero();
        }
        assertThat(lines(out)).isEqualTo(500);
    }

    private static LedgerRow only(List<LedgerRow> rows) {
        assertThat(rows).hasSize(1);
        return rows.get(0);
    }

    private static long lines(Path out) throws IOException {
        long lines = 0;
        try (Stream<Path> files = Files.list(out)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".ndjson")).toList()) {
                lines += Files.readAllLines(file).size();
            }
        }
        return lines;
    }

    @Test
    void aSinkThatIsDownDoesNotHoldUpTheStop() throws Exception {
        TestNode node = TestNode.start(data(), TO_NOBODY);
        node.push("access", 100, AckLevel.STAGED);
        long startNs = System.nanoTime();
        node.close();
        assertThat((System.nanoTime() - startNs) / 1_000_000).isLessThan(6_000);
        assertThat(node.gateway().state()).isEqualTo(GatewayState.STOPPED);
    }

    @Test
    void stopsWithoutStartAndTwice() throws Exception {
        Gateway gateway = TestNode.make(TestNode.yaml(data(), ""));
        assertThat(TestNode.await(gateway.stop())).isTrue();
        assertThat(TestNode.await(gateway.stop())).isTrue();
        assertThatThrownBy(() -> TestNode.await(gateway.start()))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void refusesADataDirectoryInUseAndNamesTheHolder() throws Exception {
        try (TestNode holder = TestNode.start(data(), "")) {
            assertThat(startFailure(TestNode.yaml(data(), "")))
                    .startsWith("node.data_dir: " + data() + ": in use by process ")
                    .contains(String.valueOf(ProcessHandle.current().pid()))
                    .contains("node test")
                    .contains("admin port " + holder.admin());
            holder.push("access", 1, AckLevel.SYNCED); // the holder was not disturbed
        }
        TestNode.start(data(), "").close();
    }

    @Test
    void namesThePortThatIsInUse() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = Integer.toString(taken.getLocalPort());
            assertThat(
                            startFailure(
                                    TestNode.yaml(
                                            data(),
                                            "ingress: {port: %s, max_batch_bytes: 512KiB, max_inflated_bytes: 512KiB}"
                                                    .formatted(port))))
                    .startsWith("ingress.port: " + port + " is in use on 127.0.0.1");
            assertThat(
                            startFailure(
                                    TestNode.yaml(data(), "")
                                            .replace(
                                                    "admin: {port: 0}",
                                                    "admin: {port: " + port + "}")))
                    .startsWith("admin.port: " + port + " is in use on 127.0.0.1");
        }
        assertThat(
                        startFailure(
                                TestNode.yaml(data(), "")
                                                .replace("admin: {", "admin: {host: 192.0.2.1, ")
                                        + "access: {anonymous: push}\n"))
                .startsWith("admin.host: 192.0.2.1 is no address of this machine");
    }

    @Test
    void namesTheOtlpPortThatIsInUse() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = taken.getLocalPort();
            assertThat(otlpFailure("grpc_port: " + port + ", http_port: 0"))
                    .startsWith("otlp.grpc_port: " + port + " is in use on 127.0.0.1");
            assertThat(otlpFailure("grpc_port: 0, http_port: " + port))
                    .startsWith("otlp.http_port: " + port + " is in use on 127.0.0.1");
        }
    }

    private String otlpFailure(String ports) throws Exception {
        return startFailure(TestNode.yaml(data(), "otlp: {listen: true, " + ports + "}"));
    }

    @Test
    void namesADataDirectoryThatCannotBeMade() throws Exception {
        Path file = Files.createFile(directory.resolve("file"));
        assertThat(startFailure(TestNode.yaml(file, "")))
                .isEqualTo("node.data_dir: " + file + ": " + file + " is not a directory");
        assertThat(startFailure(TestNode.yaml(file.resolve("sub"), "")))
                .startsWith("node.data_dir: " + file.resolve("sub") + ": Not a directory");
    }

    @Test
    void namesADataDirectoryThatIsFull() throws Exception {
        try (SmallDisk disk = SmallDisk.mount(directory.resolve("small"))) {
            disk.fill();
            assertThat(startFailure(TestNode.yaml(disk.path().resolve("data"), "")))
                    .startsWith("node.data_dir: " + disk.path().resolve("data") + ": ")
                    .contains("No space left on device");
        }
    }

    private static String startFailure(String yaml) throws Exception {
        Gateway gateway = TestNode.make(yaml);
        try {
            TestNode.await(gateway.start());
        } catch (StartException expected) {
            assertThat(gateway.state()).isEqualTo(GatewayState.STOPPED);
            return String.valueOf(expected.getMessage());
        }
        TestNode.await(gateway.stop());
        throw new AssertionError("the node must not start");
    }
}
