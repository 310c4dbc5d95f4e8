package io.penstock.gateway.planning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import io.penstock.gateway.boot.AdminHttp;
import io.penstock.gateway.boot.TestNode;
import io.penstock.gateway.cli.ExitCode;
import io.penstock.gateway.cli.Main;
import io.penstock.gateway.history.Archive;
import io.penstock.gateway.history.SeededHistory;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import jakarta.mail.internet.MimeMessage;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** A node that remembers two weeks, of which the answers are known. */
class PlanningNodeTest {
    private static final int DAYS = 14;
    private static final double DAY_MS = 86_400_000;
    private static final double CORES = Runtime.getRuntime().availableProcessors();
    private static final AdminHttp ADMIN = new AdminHttp(() -> PlanningNodeTest.node.admin());

    @TempDir private static Path directory;
    private static final GreenMail POST =
            new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    private static TestNode node;
    private static long nowMs;

    @BeforeAll
    static void start() throws Exception {
        Path data = directory.resolve("data");
        nowMs = System.currentTimeMillis();
        SeededHistory.write(data, DAYS, nowMs, CORES);
        POST.start();
        node =
                TestNode.start(
                        data,
                        """
                        report: {keep: 3, channels: [desk]}
                        notices: {mail: [{name: desk, host: 127.0.0.1, port: %d, security: none, from: p@example.org, to: [desk@example.org]}]}
                        repos: {exports: [{name: out, sink: {type: blackhole}}]}
                        """
                                .formatted(POST.getSmtp().getPort()));
        // the day that ended at 06:00 is made up for
        TestNode.until(() -> !reports().isEmpty());
        assertThat(reports().getJsonObject(0).getString("report")).matches("daily-[0-9-]+-0600");
        TestNode.until(() -> ADMIN.send("POST", "/v1/reports?kind=hourly", "").status() == 201);
    }

    @AfterAll
    static void stop() {
        node.close();
        POST.stop();
    }

    private static JsonArray reports() throws Exception {
        return ADMIN.get("/v1/reports").with(200).json().getJsonArray("reports");
    }

    @Test
    void theReportOfTheDayComesByMailAsWell() throws Exception {
        TestNode.until(() -> POST.getReceivedMessages().length > 0);
        MimeMessage mail = POST.getReceivedMessages()[0];
        assertThat(mail.getSubject()).contains("daily report of test");
        String parts = GreenMailUtil.getBody(mail);
        assertThat(parts).contains("text/plain", "text/html", "Penstock: daily report of test");
        assertThat(POST.getReceivedMessages()).as("those on request are not sent").hasSize(1);
    }

    private record Said(int code, String out, String err) {}

    private static Said run(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine line = Main.commandLine();
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(err, true));
        int code = line.execute(arguments);
        return new Said(code, out.toString(), err.toString());
    }

    private static JsonObject capacity() throws Exception {
        return ADMIN.get("/v1/capacity").with(200).json();
    }

    @Test
    void tellsWhatACoreCarriesFromWhatWasMeasured() throws Exception {
        JsonObject records = capacity().getJsonObject("unit").getJsonObject("records");
        assertThat(records.getDouble("per_core_s"))
                .isCloseTo(SeededHistory.PER_CORE, within(SeededHistory.PER_CORE * 0.03));
        assertThat(records.getDouble("per_core_s_low"))
                .isLessThanOrEqualTo(records.getDouble("per_core_s"));
        assertThat(records.getDouble("idle_cores"))
                .isCloseTo(SeededHistory.IDLE_CORES, within(0.03));
    }

    @Test
    void tellsWhenTheLineIsCrossed() throws Exception {
        JsonObject forecast = capacity().getJsonObject("forecast");
        assertThat(forecast.getString("resource")).isEqualTo("cpu");
        assertThat(forecast.getDouble("trend_per_day")).isCloseTo(0.02, within(0.002));
        // 0.15 + 0.1 at the daily peak + 0.02 a day reaches 0.8 after 27.5 days
        double crossingDays = (forecast.getLong("crossing_ms") - nowMs) / DAY_MS + DAYS;
        assertThat(crossingDays).isCloseTo(27.5, within(1.2));
        assertThat(forecast.getLong("earliest_ms"))
                .isLessThanOrEqualTo(forecast.getLong("crossing_ms"));
    }

    @Test
    void showsTheLevelsAndTheSignal() throws Exception {
        JsonObject told = capacity();
        assertThat(
                        told.getJsonArray("levels").stream()
                                .map(l -> ((JsonObject) l).getString("resource")))
                .containsExactly("cpu", "heap", "disk", "network", "targets");
        assertThat(told.getJsonObject("signal").getInteger("wanted_nodes")).isEqualTo(1);
        Said said = run("capacity", "--admin", node.admin());
        assertThat(said.err()).isEmpty();
        assertThat(said.out())
                .contains("RESOURCE")
                .contains("A core carries")
                .contains("cpu reaches 80 %")
                .contains("Nodes wanted: 1 of 1");
        assertThat(
                        new JsonObject(run("capacity", "--admin", node.admin(), "-o", "json").out())
                                .getString("node"))
                .isEqualTo("test");
        assertThat(ADMIN.get("/metrics").text())
                .contains("penstock_capacity_wanted_nodes 1")
                .contains("penstock_capacity_used_ratio ");
    }

    @Test
    void aReportTellsOfTheDayAndTheDayBefore() throws Exception {
        Said said = run("report", "--admin", node.admin());
        assertThat(said.err()).isEmpty();
        assertThat(said.code()).isZero();
        assertThat(said.out())
                .contains("# Penstock: daily report of test")
                .contains("| web/out ")
                .contains("answers 503 \\<busy>")
                .contains("| full ")
                .contains("| acme ")
                .contains("Compared with the same length of time just before")
                .containsPattern(
                        "\\| Records accepted \\| [0-9,]+ \\| [0-9,]+ \\| \\+[0-9]+ % \\|");
        String delays =
                said.out()
                        .lines()
                        .filter(l -> l.startsWith("| web/out "))
                        .findFirst()
                        .orElseThrow();
        assertThat(delays).contains("| 1.5 min |").containsPattern("\\| (29|30)\\.[0-9] min \\|");
        Said html = run("report", "--admin", node.admin(), "-o", "html");
        assertThat(html.out())
                .startsWith("<!doctype html>")
                .contains("<svg viewBox", "answers 503 &lt;busy&gt;", "prefers-color-scheme: dark")
                .doesNotContain("<script", "http-equiv", " src=", "NaN", "Infinity");
        Path example = Path.of("target/report/example.html");
        Files.createDirectories(example.getParent());
        Files.writeString(example, html.out());
    }

    @Test
    void reportsAreKeptShownAndTheOldestGo() throws Exception {
        for (int hour = 1; hour <= 5; hour++) {
            String to = Instant.ofEpochMilli(nowMs - hour * 3_600_000L).toString();
            String from = Instant.ofEpochMilli(nowMs - hour * 3_600_000L - 7_200_000).toString();
            assertThat(run("report", "--admin", node.admin(), "--from", from, "--to", to).code())
                    .isZero();
        }
        JsonArray all = reports();
        assertThat(all).hasSize(3);
        String name = all.getJsonObject(0).getString("report");
        assertThat(ADMIN.get("/v1/reports/" + name + ".html").with(200).text())
                .startsWith("<!doctype html>");
        assertThat(ADMIN.get("/v1/reports/" + name + ".md").with(200).text())
                .startsWith("# Penstock");
        for (String bad : new String[] {"none", "..%2fnode.json", "daily-2020-01-01-0600.html"}) {
            assertThat(ADMIN.get("/v1/reports/" + bad).status()).as(bad).isEqualTo(404);
        }
        assertThat(ADMIN.send("POST", "/v1/reports?from=now", "").status()).isEqualTo(400);
        assertThat(run("report", "--to", "2026-01-01T00:00:00Z").code()).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void theLastWeeksAreShownAsTheLastHoursAre() throws Exception {
        JsonObject week = ADMIN.get("/v1/history?span=7d").with(200).json();
        assertThat(week.getLong("step_ms")).isEqualTo(6 * Archive.STEP_MS);
        assertThat(
                        week.getJsonObject("series").getJsonArray("accepted_per_s").stream()
                                .filter(v -> v != null)
                                .count())
                .isGreaterThan(300);
        assertThat(ADMIN.get("/v1/history?span=30d&repo=web&export=out").status()).isEqualTo(200);
        assertThat(ADMIN.get("/v1/history?span=30d&repo=none").status()).isEqualTo(404);
    }

    @Test
    void aMeasurementIsRefusedWhereTheMachineIsBusyAndTellsARangeElsewhere() throws Exception {
        assertThat(Calibration.run(new Calibration.Plan(0, 1, 1, -1)).getString("refused"))
                .contains("busy");
        JsonObject told = Calibration.run(new Calibration.Plan(200, 4, 100, 2));
        assertThat(told.getDouble("records_per_core_s")).isGreaterThan(1_000);
        assertThat(told.getDouble("records_per_core_s_low"))
                .isLessThanOrEqualTo(told.getDouble("records_per_core_s_high"));
        assertThat(told.getString("says")).contains("upper bound");
    }
}
