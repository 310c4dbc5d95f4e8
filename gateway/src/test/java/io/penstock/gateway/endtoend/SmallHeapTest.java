package io.penstock.gateway.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.gateway.abuse.Siege;
import io.penstock.suite.Alone;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A gateway with 112 MiB of heap and limits that fit it, under everything at once. */
@Alone
class SmallHeapTest {
    @TempDir private Path directory;

    @Test
    void outlivesASiegeAndServesAnHonestClientMeanwhile() throws Exception {
        try (GatewayProcess gateway =
                new GatewayProcess(
                        directory,
                        """
                        ring: {segment_bytes: 1MiB, resident_bytes: 2MiB, max_bytes: 64MiB}
                        repos: {exports: [{name: none, sink: {type: blackhole}}]}
                        """,
                        "-Xmx112m",
                        "-XX:+ExitOnOutOfMemoryError")) {
            Path config = directory.resolve("gateway.yaml");
            Files.writeString(
                    config,
                    Files.readString(config)
                            .replace(
                                    "max_inflated_bytes: 512KiB}",
                                    "max_inflated_bytes: 512KiB, max_inflight_bytes: 16MiB,"
                                            + " max_connections: 150, body_timeout_ms: 2s,"
                                            + " guard: {max_window_bytes: 8MiB,"
                                            + " max_open_requests: 512, head_timeout_ms: 2s}}"));
            gateway.start();

            new Siege(gateway.port(), 40, 12_000).run();

            assertThat(gateway.stop()).isZero();
            assertThat(Files.readString(gateway.log())).doesNotContain("OutOfMemory");
        }
    }
}
