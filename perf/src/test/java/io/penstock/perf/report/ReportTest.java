package io.penstock.perf.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.penstock.perf.load.BatchSize;
import io.penstock.perf.wire.Transport;
import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {
    private static final Host HOST = new Host(Map.of("cpu", "<fast> & \"new\"", "cpus", 2));

    @TempDir private Path directory;

    @Test
    void jsonHasTheFormThatOthersRead() throws Exception {
        Path file = directory.resolve("out.json");

        JsonReport.write(report(), file);

        JsonObject json = new JsonObject(Files.readString(file));
        assertThat(json.getJsonObject("host").getInteger("cpus")).isEqualTo(2);
        JsonObject run = json.getJsonArray("runs").getJsonObject(0);
        assertThat(run.getString("transport")).isEqualTo("grpc");
        assertThat(run.getString("batch")).isEqualTo("64KiB");
        assertThat(run.getString("ack")).isEqualTo("staged");
        assertThat(run.getString("sink")).isEqualTo("blackhole");
        for (String side : List.of("gateway", "floor")) {
            assertThat(run.getJsonObject(side).fieldNames())
                    .contains(
                            "mbPerS", "recordsPerS", "requestsPerS", "cpuSPerGb", "cpuSPerMRecords")
                    .contains("p50Ms", "p99Ms", "p999Ms", "rssMb");
        }
        assertThat(run.getJsonObject("gateway").getDouble("mbPerS")).isEqualTo(20);
        assertThat(run.getJsonObject("ratio").getDouble("throughput")).isEqualTo(2);
        assertThat(run.getJsonObject("ratio").fieldNames())
                .containsExactly("throughput", "cpuPerGb", "requests");
    }

    @Test
    void mediansAreOfEachMetricAndRangesOfTheRounds() {
        RunResult run = report().runs().get(0);

        assertThat(run.ratio(Metric.MB_PER_S)).isEqualTo(20.0 / 10);
        assertThat(run.roundRatios(Metric.MB_PER_S)[0]).isCloseTo(30.0 / 20, within(1e-9));
        assertThat(run.roundRatios(Metric.MB_PER_S)[2]).isCloseTo(10.0 / 4, within(1e-9));
    }

    @Test
    void thePageIsWholeAndEscapesWhatItShows() throws Exception {
        Path file = directory.resolve("out.html");

        HtmlReport.write(report(), file);

        String page = Files.readString(file);
        assertThat(page).startsWith("<!DOCTYPE html>").endsWith("</html>\n");
        assertThat(page).contains("<svg", "&lt;fast&gt; &amp;", "grpc 64KiB staged blackhole");
        assertThat(page).doesNotContain("<fast>", "src=", "href=");
    }

    @Test
    void theTableNamesWhatFailed() {
        StringWriter text = new StringWriter();

        TableReport.print(report(), new PrintWriter(text, true));

        assertThat(text.toString()).contains("throughput 2.00 of the floor", "FAILED http1: gone");
    }

    private static Report report() {
        RunCase what = new RunCase(Transport.GRPC, BatchSize.of("64KiB"), "staged", "blackhole");
        RunResult run =
                new RunResult(
                        what,
                        List.of(side(30), side(10), side(20)),
                        List.of(side(20), side(4), side(10)));
        return new Report(HOST, List.of(run), List.of("http1: gone"));
    }

    private static SideNumbers side(double mbPerS) {
        Map<Metric, Double> values = new EnumMap<>(Metric.class);
        for (Metric metric : Metric.values()) {
            values.put(metric, metric == Metric.MB_PER_S ? mbPerS : mbPerS * 100);
        }
        return new SideNumbers(values);
    }
}
