package io.penstock.perf.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.penstock.gateway.terminal.LiveLine;
import io.penstock.perf.load.BatchSize;
import io.penstock.perf.report.Metric;
import io.penstock.perf.side.Cores;
import io.penstock.perf.side.JvmOptions;
import io.penstock.perf.wire.Transport;
import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TlsBenchTest {
    @TempDir private Path directory;

    private static boolean isOpensslThere() {
        return Pattern.compile(File.pathSeparator, Pattern.LITERAL)
                .splitAsStream(System.getenv().getOrDefault("PATH", ""))
                .anyMatch(each -> new File(each, "openssl").canExecute());
    }

    @ParameterizedTest
    @EnumSource(
            value = Transport.class,
            names = {"GRPC", "HTTP1"})
    void allThreeTakeTheSameLoad(Transport transport) throws Exception {
        assumeTrue(isOpensslThere(), "no openssl to make a certificate with");
        FanoutSettings settings =
                new FanoutSettings(0.5, 0, 1, Cores.SHARED, JvmOptions.launcher(), directory);

        List<TlsRound> all =
                new TlsBench(settings, transport, BatchSize.of("64KiB"), LiveLine.onErr()).run();

        assertThat(all).extracting(TlsRound::what).containsExactly("none", "openssl", "jdk");
        assertThat(all)
                .allSatisfy(
                        each ->
                                assertThat(each.rounds().get(0).get(Metric.RECORDS_PER_S))
                                        .isPositive());
    }
}
