package io.penstock.gateway.alert.watch;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.penstock.gateway.boot.AdminHttp;
import io.penstock.gateway.boot.TestNode;
import io.penstock.gateway.cli.Main;
import io.penstock.gateway.notify.Hook;
import io.penstock.model.AckLevel;
import io.penstock.suite.Alone;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import jakarta.mail.Multipart;
import jakarta.mail.internet.MimeMessage;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** A node whose target fails, and who is told. */
@Alone
class WatchNodeTest {
    private static final long HOLD_MS = 1000;

    @TempDir private static Path directory;

    private final AdminHttp admin = new AdminHttp(() -> this.node().admin());
    private @Nullable TestNode running;

    private TestNode node() {
        return Objects.requireNonNull(running);
    }

    private record Line(int code, String out) {}

    private Line cli(String... arguments) {
        StringWriter out = new StringWriter();
        CommandLine line = Main.commandLine();
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(out, true));
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--admin", node().admin()));
        return new Line(line.execute(all.toArray(new String[0])), out.toString());
    }

    private List<JsonObject> alerts(String condition) throws Exception {
        JsonArray all = admin.get("/v1/alerts").with(200).json().getJsonArray("alerts");
        return all.stream()
                .map(each -> (JsonObject) each)
                .filter(each -> each.getString("condition").equals(condition))
                .toList();
    }

    private boolean isFiring() throws Exception {
        return alerts("export_blocked").stream()
                .anyMatch(each -> each.getString("state").equals("firing"));
    }

    private static TestNode start(String target, String hook, int mailPort) throws Exception {
        return TestNode.start(
                directory.resolve("data"),
                """
                alerts:
                  group_wait_ms: 100
                  group_interval_ms: 100
                  rules: [{condition: export_blocked, hold_ms: %3$d, clear_hold_ms: 0}]
                notices:
                  webhooks: [{name: hook, url: '%2$s'}]
                  mail: [{name: mail, host: 127.0.0.1, port: %4$d, security: none, from: n@example.org, to: [oncall@example.org]}]
                exports: [{name: out, repo: web, batch: {linger_ms: 0}, sink: {type: http, url: '%1$s'}}]
                """
                        .formatted(target, hook, HOLD_MS, mailPort));
    }

    /** One story, since each node takes seconds to fail, and to be well again. */
    @Test
    void aTargetThatFailsIsToldOfOnceThroughARestartAndSoIsItsEnd() throws Exception {
        Vertx vertx = Vertx.vertx();
        GreenMail mail = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        mail.start();
        try (Hook target = new Hook(vertx);
                Hook hook = new Hook(vertx)) {
            target.answer(500);
            running = start(target.url(), hook.url(), mail.getSmtp().getPort());
            assertThat(cli("alerts").out()).contains("Nothing is wrong.");
            node().push("web", 3, AckLevel.STAGED);
            TestNode.until(() -> !target.calls().isEmpty());
            long failedMs = System.currentTimeMillis();
            TestNode.until(this::isFiring);
            assertThat(System.currentTimeMillis() - failedMs)
                    .isBetween(HOLD_MS - 100, HOLD_MS + 2000);
            TestNode.until(() -> !hook.calls().isEmpty());
            firing(hook.calls().get(0).json());
            assertThat(mail.waitForIncomingEmail(10_000, 1)).isTrue();
            read(mail.getReceivedMessages()[0]);
            shown();
            silences();

            Path file = directory.resolve("data/alerts.json");
            assertThat(Files.readString(file)).contains("EXPORT_BLOCKED");
            assertThat(Files.readString(file)).doesNotContain("pathsecret");
            node().close();
            running = start(target.url(), hook.url(), mail.getSmtp().getPort());
            assertThat(isFiring()).isTrue(); // known before the first round
            target.answer(200);
            TestNode.until(() -> alerts("export_blocked").isEmpty());
            TestNode.until(() -> hook.calls().size() > 2);
            JsonObject over = hook.calls().get(2).json(); // the trial message was between
            assertThat(over.getString("subject")).startsWith("[resolved] test: export_blocked");
            assertThat(over.getJsonObject("data").getInteger("resolved_count")).isEqualTo(1);
            Line history = cli("alerts", "history");
            assertThat(history.out()).contains("resolved").contains("firing").contains("web/out");
            assertThat(hook.calls()).hasSize(3); // nothing was told twice
            assertThat(admin.get("/metrics").text())
                    .contains("penstock_alerts{state=\"firing\"} 0")
                    .contains("penstock_notices_sent_total{channel=\"hook\"} 1");
        } finally {
            if (running != null) {
                running.close();
            }
            mail.stop();
            TestNode.await(vertx.close());
        }
    }

    private static void read(MimeMessage mail) throws Exception {
        assertThat(mail.getSubject()).startsWith("[critical] test: export_blocked web/out");
        Multipart parts = (Multipart) mail.getContent();
        assertThat(parts.getBodyPart(0).getContent().toString()).contains("- export_blocked");
        assertThat(parts.getBodyPart(1).getContent().toString())
                .contains("<li>export_blocked web/out")
                .contains("/console/#/alerts");
    }

    private static void firing(JsonObject told) {
        assertThat(told.getString("kind")).isEqualTo("alert");
        assertThat(told.getString("subject"))
                .startsWith("[critical] test: export_blocked web/out: it is backing off");
        JsonObject data = told.getJsonObject("data");
        assertThat(data.getString("group")).startsWith("target http 127.0.0.1:");
        JsonObject alert = data.getJsonArray("firing").getJsonObject(0);
        assertThat(alert.getString("repo")).isEqualTo("web");
        assertThat(alert.getString("name")).isEqualTo("out");
        assertThat(alert.getDouble("value")).isEqualTo(1);
        assertThat(Instant.parse(alert.getString("since"))).isBefore(Instant.now());
        assertThat(told.encode()).doesNotContain("pathsecret");
    }

    private void shown() throws Exception {
        Line alerts = cli("alerts");
        assertThat(alerts.code()).isEqualTo(1); // something critical fires
        assertThat(alerts.out()).contains("export_blocked").contains("web/out");
        assertThat(cli("alerts", "test", "hook").out()).contains("hook took the trial message");
        assertThat(cli("alerts", "test", "nobody").code()).isEqualTo(1);
        assertThat(admin.get("/metrics").text())
                .contains("penstock_alerts{state=\"firing\"} 1")
                .contains("penstock_notices_lost_total{channel=\"hook\"} 0");
    }

    private void silences() throws Exception {
        Line made = cli("alerts", "silence", "--repo", "we*", "--for", "2h", "--reason", "known");
        assertThat(made.out()).contains("silence 1 holds until");
        assertThat(alerts("export_blocked").get(0).getInteger("silence")).isEqualTo(1);
        assertThat(cli("alerts").code()).isZero(); // silenced
        String audit = admin.get("/v1/audit").json().encode();
        assertThat(audit).contains("silence 1 of * we*/* until").contains("/v1/alerts/silences");
        assertThat(cli("alerts", "unsilence", "1").out()).contains("silence 1 is over");
        assertThat(cli("alerts", "silence", "--for", "soon").code()).isEqualTo(2);
    }
}
