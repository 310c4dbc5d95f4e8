package io.penstock.gateway.fuzz;

import com.github.luben.zstd.Zstd;
import io.penstock.exporter.accesslog.AccessLogField;
import io.penstock.exporter.record.BatchBuilder;
import io.penstock.gateway.accesslog.AccessLogGenerator;
import io.penstock.gateway.ingest.Batches;
import io.penstock.gateway.ingest.Gzip;
import io.penstock.gateway.otlp.OtlpSignal;
import io.penstock.gateway.otlp.Telemetry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.xerial.snappy.Snappy;

/** Valid inputs: the files of a target's folder, and what is made by builders. */
final class Corpus {
    private static final Path KEPT = Path.of("src", "test", "resources", "fuzz");

    private Corpus() {}

    static List<byte[]> of(FuzzTarget target) throws IOException {
        List<byte[]> inputs = new ArrayList<>(made(target));
        Path folder = KEPT.resolve(target.name().toLowerCase(Locale.ROOT));
        if (Files.isDirectory(folder)) {
            try (Stream<Path> files = Files.list(folder)) {
                for (Path file : files.sorted().toList()) {
                    inputs.add(Files.readAllBytes(file));
                }
            }
        }
        return inputs;
    }

    private static List<byte[]> made(FuzzTarget target) throws IOException {
        byte[] text =
                "the same again and again, the same again"
                        .repeat(40)
                        .getBytes(StandardCharsets.UTF_8);
        return switch (target) {
            case NATIVE -> List.of(Batches.batch(3, 10).toByteArray(), accessLog());
            case OTLP_LOGS ->
                    List.of(
                            Telemetry.of(OtlpSignal.LOGS).toByteArray(),
                            Telemetry.logs("web", "a", "\u00fc").toByteArray());
            case OTLP_METRICS -> List.of(Telemetry.of(OtlpSignal.METRICS).toByteArray());
            case OTLP_TRACES -> List.of(Telemetry.of(OtlpSignal.TRACES).toByteArray());
            case SNAPPY -> List.of(Snappy.compress(text), Snappy.compress(new byte[100_000]));
            case GZIP -> List.of(Gzip.of(text), Gzip.of(new byte[1200 << 10]));
            case ZSTD -> List.of(Zstd.compress(text), Zstd.compress(new byte[1200 << 10]));
            case PUSH_REQUEST -> List.of(Batches.request("web").toByteArray());
            case GRPC_FRAMER ->
                    List.of(
                            Batches.framed(Batches.request("web")),
                            Batches.joined(
                                    Batches.framed(new byte[3], true),
                                    Batches.framed(new byte[0], false),
                                    Batches.framed(text, false)));
            default -> List.of();
        };
    }

    private static byte[] accessLog() {
        BatchBuilder batch = new BatchBuilder();
        AccessLogField.announce(batch);
        AccessLogGenerator generator = new AccessLogGenerator(1, 1_700_000_000);
        for (int i = 0; i < 4; i++) {
            generator.record(batch);
        }
        return batch.build();
    }
}
