package io.penstock.gateway.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.PatternLayout;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import io.penstock.exporter.relay.ExportName;
import io.penstock.gateway.config.GatewayConfig;
import io.penstock.model.NamedSubject;
import io.penstock.model.RepoName;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LogsTest {
    private static final RepoName REPO = new RepoName("orders");
    private static final ExportName EXPORT = new ExportName(REPO, "web");

    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final LoggerContext context = new LoggerContext();
    private List<Repeats> repeats = List.of();
    private long nowMs;

    private Logger logger(GatewayConfig.LogFormat format, int burst) {
        context.setMDCAdapter(new LogbackMDCAdapter());
        PatternLayout layout = new PatternLayout();
        layout.setContext(context);
        layout.setPattern("%level %msg%n");
        layout.start();
        LayoutWrappingEncoder<ILoggingEvent> encoder = new LayoutWrappingEncoder<>();
        encoder.setContext(context);
        encoder.setLayout(layout);
        encoder.start();
        OutputStreamAppender<ILoggingEvent> appender = new OutputStreamAppender<>();
        appender.setContext(context);
        appender.setEncoder(encoder);
        appender.setOutputStream(written);
        appender.start();
        Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.addAppender(appender);
        root.setLevel(Level.DEBUG);
        repeats =
                Logs.apply(
                        context,
                        new GatewayConfig.Log(GatewayConfig.Level.DEBUG, format, burst, 10_000),
                        () -> TimeUnit.MILLISECONDS.toNanos(nowMs));
        return context.getLogger("io.penstock.test");
    }

    private List<String> lines() {
        return written.toString(StandardCharsets.UTF_8).lines().toList();
    }

    @Test
    void aLineOfJsonHasWhatItIsAboutAsFields() {
        Logger log = logger(GatewayConfig.LogFormat.JSON, 0);
        log.warn(
                "export {}: {}",
                EXPORT,
                "\"quoted\"\n\ttab \u0001 é",
                new IOException("disk full"));
        log.info("repo {} is created", REPO);
        log.info("source {} begins", NamedSubject.source(REPO, "topics"));
        log.info("nothing in particular");

        List<JsonObject> read = lines().stream().map(JsonObject::new).toList();
        assertThat(read).hasSize(4);
        assertThat(read.get(0).getMap())
                .containsEntry("level", "WARN")
                .containsEntry("logger", "io.penstock.test")
                .containsEntry("message", "export orders/web: \"quoted\"\n\ttab \u0001 é")
                .containsEntry("repo", "orders")
                .containsEntry("export", "web")
                .containsEntry("error", "java.io.IOException: disk full")
                .containsKeys("time", "thread", "stack");
        assertThat(read.get(1).getMap()).containsEntry("repo", "orders").doesNotContainKey("error");
        assertThat(read.get(2).getMap()).containsEntry("source", "topics");
        assertThat(read.get(3).getMap()).doesNotContainKeys("repo", "export");
    }

    @Test
    void tenThousandFailuresAreAHandfulOfLinesWithTheirNumber() {
        Logger log = logger(GatewayConfig.LogFormat.TEXT, 5);
        for (int i = 0; i < 10_000; i++) {
            log.warn("export {}: {}", EXPORT, "failure " + i);
        }
        log.warn("export {}: {}", new ExportName(REPO, "other"), "of its own");
        for (int i = 0; i < 20; i++) {
            log.debug("for those who look");
        }
        assertThat(lines()).hasSize(5 + 1 + 20);

        nowMs = 9_999;
        repeats.forEach(Repeats::sweep);
        assertThat(lines()).hasSize(26);
        nowMs = 10_000;
        repeats.forEach(Repeats::sweep);
        assertThat(lines())
                .hasSize(27)
                .last()
                .isEqualTo("WARN export orders/web: failure 9999 (and 9995 more like this)");

        log.warn("export {}: {}", EXPORT, "in another interval");
        assertThat(lines()).last().isEqualTo("WARN export orders/web: in another interval");
    }

    @Test
    void whatIsCountedIsBounded() {
        Logger log = logger(GatewayConfig.LogFormat.TEXT, 1);
        log.info("repo {} is created", REPO);
        log.info("repo {} is created", REPO);
        for (int i = 0; i < Repeats.MOST_KEYS; i++) {
            log.info("repo {} is created", new RepoName("r" + i));
        }
        repeats.forEach(Repeats::sweep);
        assertThat(lines())
                .hasSize(Repeats.MOST_KEYS + 2)
                .contains("INFO repo orders is created (and 1 more like this)");
    }
}
