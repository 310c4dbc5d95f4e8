package io.penstock.gateway.boot;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.core.AppenderBase;
import io.penstock.gateway.access.Key;
import io.penstock.gateway.access.KeyBook;
import io.penstock.gateway.access.KeyFile;
import io.penstock.gateway.access.Role;
import io.penstock.gateway.access.Scope;
import io.penstock.gateway.cli.Main;
import io.penstock.gateway.config.ConfigException;
import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;

/**
 * Secrets that can be recognised are planted wherever there may be one; then all that a node can be
 * brought to say is looked through for them.
 */
class SecretsTest {
    /** Begins every secret that is planted. */
    private static final String MARK = "PLANTED";

    /** Exports whose target refuses connections at once. */
    private static final Set<String> FAILING = Set.of("headers", "points", "other");

    private final Queue<String> logged = new ConcurrentLinkedQueue<>();
    private final Map<String, String> said = new TreeMap<>();
    private final AppenderBase<ILoggingEvent> ear =
            new AppenderBase<>() {
                @Override
                protected void append(ILoggingEvent event) {
                    logged.add(event.getLoggerName() + ": " + event.getFormattedMessage());
                    IThrowableProxy cause = event.getThrowableProxy();
                    while (cause != null) {
                        logged.add(cause.getClassName() + ": " + cause.getMessage());
                        cause = cause.getCause();
                    }
                }
            };

    private String key = "";

    @TempDir private Path directory;

    @BeforeEach
    void listen() {
        Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        ear.start();
        root.addAppender(ear);
        ((Logger) LoggerFactory.getLogger("io.penstock")).setLevel(Level.DEBUG);
    }

    @AfterEach
    void stopListening() {
        ((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).detachAppender(ear);
        ((Logger) LoggerFactory.getLogger("io.penstock")).setLevel(null);
    }

    private String configuration() throws Exception {
        Path inFile = Files.writeString(directory.resolve("secret.txt"), MARK + "-in-a-file\n");
        return """
        access: {keys_file: '%1$s', anonymous: push}
        cluster: {forward_key: PLANTED-forward}
        kafka:
          there:
            bootstrap_servers: '127.0.0.1:1'
            properties:
              security.protocol: SASL_PLAINTEXT
              sasl.mechanism: PLAIN
              sasl.jaas.config: 'org.apache.kafka.common.security.plain.PlainLoginModule required username="u" password="PLANTED-sasl";'
        exports:
          - {name: headers, repo: web, batch: {linger_ms: 0}, sink: {type: http, url: 'http://127.0.0.1:1/', headers: {authorization: 'Bearer PLANTED-header', x-key: '${file:%2$s}'}}}
          - {name: points, repo: web, batch: {linger_ms: 0}, sink: {type: opensearch, url: 'http://127.0.0.1:1', index: i, username: u, password: '${file:%2$s}'}}
          - {name: other, repo: web, batch: {linger_ms: 0}, sink: {type: grpc, url: 'http://127.0.0.1:1', key: PLANTED-sink-key}}
          - {name: topic, repo: web, batch: {linger_ms: 0}, transforms: [{hash: {fields: [a], key: PLANTED-hash}}], sink: {type: kafka, cluster: there, topic: t}}
        """
                .formatted(directory.resolve("keys.json"), inFile);
    }

    private void ask(int port, String method, String path, String body, String... headers)
            throws Exception {
        RawHttp.Said answer = RawHttp.ask(port, method, path, body, headers);
        said.put(said.size() + " " + method + " " + path.split("\\?", -1)[0], answer.head());
        said.put(said.size() + " body", answer.body());
    }

    private void admin(TestNode node, String method, String path, String body) throws Exception {
        ask(node.gateway().adminPort(), method, path, body, "Authorization", "Bearer " + key);
    }

    private void verb(String... arguments) {
        StringWriter out = new StringWriter();
        CommandLine line = Main.commandLine();
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(out, true));
        line.execute(arguments);
        said.put(said.size() + " penstock " + arguments[0], out.toString());
    }

    @Test
    void nothingThatANodeSaysHoldsASecret() throws Exception {
        KeyBook keys = new KeyBook(new KeyFile(directory.resolve("keys.json")), () -> 1);
        key =
                Objects.requireNonNull(
                                keys.create(
                                                "test",
                                                new Key.Rights(Set.of(Role.ADMIN), Scope.WHOLE),
                                                Key.NEVER)
                                        .token())
                        .text();
        String yaml = TestNode.yaml(directory.resolve("data"), configuration());
        try (TestNode node = TestNode.start(directory.resolve("data"), configuration())) {
            push(node);
            changes(node);
            JsonObject document =
                    RawHttp.ask(
                                    node.gateway().adminPort(),
                                    "GET",
                                    "/v1/openapi.json",
                                    "",
                                    "Authorization",
                                    "Bearer " + key)
                            .json();
            TestNode.until(
                    () ->
                            node.gateway().fanOut().stats().stream()
                                    .filter(stats -> FAILING.contains(stats.export()))
                                    .allMatch(stats -> stats.failures() > 0));
            for (String path : document.getJsonObject("paths").fieldNames()) {
                everything(node, path, document.getJsonObject("paths").getJsonObject(path));
            }
            verbs(node, yaml);
            said.put("node.json", Files.readString(directory.resolve("data/node.json")));
        }
        assertThat(said.size()).isGreaterThan(60);
        assertThat(logged).isNotEmpty();
        faultyConfigurations();
        audit();
        String secret = key.substring(key.lastIndexOf(key.split("_", 3)[2]));
        said.forEach(
                (what, text) ->
                        assertThat(text).as(what).doesNotContain(MARK).doesNotContain(secret));
        assertThat(logged).noneMatch(line -> line.contains(MARK) || line.contains(secret));
    }

    private void push(TestNode node) throws Exception {
        int port = node.gateway().dataPort();
        String batches = "/v1/repos/web/batches";
        String json = "[{\"a\":1}]";
        ask(port, "POST", batches, json, "Content-Type", "application/json");
        for (String header :
                List.of(
                        "Bearer PLANTED-bearer",
                        "Basic UExBTlRFRDpQTEFOVEVE",
                        "Bearer pk_abc_PLANTED" + "s".repeat(36))) {
            ask(
                    port,
                    "POST",
                    batches,
                    json,
                    "Content-Type",
                    "application/json",
                    "Authorization",
                    header);
            ask(port, "POST", "/v1/logs", "{}", "Authorization", header);
            ask(node.gateway().adminPort(), "GET", "/v1/node", "", "Authorization", header);
        }
    }

    private void changes(TestNode node) throws Exception {
        String good =
                "{\"sink\": {\"type\": \"http\", \"url\": \"http://127.0.0.1:1/\", \"headers\":"
                        + " {\"authorization\": \"PLANTED-request\"}}}";
        admin(node, "PUT", "/v1/exports/web/made", good);
        admin(node, "PUT", "/v1/exports/web/made?dry_run=true&key=PLANTED-query", good);
        for (String sink :
                List.of(
                        "{\"type\": \"http\", \"url\": \"http://u:PLANTED-url@127.0.0.1:1/\"}",
                        "{\"type\": \"http\", \"url\": \"htp://u:PLANTED-url@127.0.0.1:1/\"}",
                        "{\"type\": \"http\", \"url\": \"http://u:PLANTED-url@[127.0.0.1:1/\"}",
                        "{\"type\": \"opensearch\", \"url\": \"http://u:PLANTED-url@h/?x=1\"}",
                        "{\"type\": \"http\", \"url\": \"http://h/\", \"timeout_ms\":"
                                + " \"${file:"
                                + directory.resolve("secret.txt")
                                + "}\"}")) {
            admin(node, "PUT", "/v1/exports/web/wrong", "{\"sink\": " + sink + "}");
        }
        admin(node, "POST", "/v1/keys", "{\"name\": \"!\", \"roles\": [\"push\"]}");
    }

    /** With names that are there where a path wants names. */
    private void everything(TestNode node, String template, JsonObject methods) throws Exception {
        String letter = template.startsWith("/v1/dlq") ? "?repo=web&export=headers&id=1" : "";
        String query = template.endsWith("/why") ? "?task=web/headers%230" : letter;
        if (template.equals("/v1/live")) {
            // it has no end
            AdminHttp admin = new AdminHttp(node::admin, () -> "Bearer " + key);
            said.put(template, admin.event(template, snapshot -> true).encode());
            return;
        }
        for (String method : methods.fieldNames()) {
            String path =
                    template.replace("{repo}", "web")
                            .replace("{export}", "headers")
                            .replace("{key}", "none")
                            .replaceAll("\\{[a-z]+}", "none");
            admin(node, method.toUpperCase(Locale.ROOT), path + query, "");
        }
    }

    private void verbs(TestNode node, String yaml) throws Exception {
        Path config = Files.writeString(directory.resolve("gateway.yaml"), yaml);
        Path keyFile = Files.writeString(directory.resolve("key"), key);
        for (List<String> verb :
                List.of(
                        List.of("exports"),
                        List.of("exports", "show", "web", "headers"),
                        List.of("exports", "show", "web", "points", "-o", "json"),
                        List.of("audit"),
                        List.of("ledger"),
                        List.of("keys", "ls"))) {
            String[] all =
                    Stream.concat(
                                    verb.stream(),
                                    Stream.of(
                                            "--admin",
                                            node.admin(),
                                            "--key-file",
                                            keyFile.toString()))
                            .toArray(String[]::new);
            verb(all);
        }
        verb("exports", "--admin", node.admin(), "--key", "PLANTED-no-key");
        verb("exports", "--admin", node.admin(), "--key", "pk_abc_PLANTED" + "s".repeat(36));
        verb("validate", "-c", config.toString());
        verb("keys", "ls", "-c", config.toString());
        verb("keys", "revoke", "none", "-c", config.toString());
    }

    private void faultyConfigurations() throws Exception {
        String text = configuration();
        for (String faulty :
                List.of(
                        text.replace("PLANTED-forward", "'PLANTED forward'"),
                        text.replace(
                                "'http://127.0.0.1:1/'", "'http://u:PLANTED-url@127.0.0.1:1/'"),
                        text.replace(
                                "linger_ms: 0",
                                "linger_ms: '${file:%s}'"
                                        .formatted(directory.resolve("secret.txt"))))) {
            try {
                TestNode.await(TestNode.make(faulty).stop());
                throw new AssertionError("should be faulty: " + faulty);
            } catch (ConfigException wrong) {
                said.put(said.size() + " configuration", String.valueOf(wrong.getMessage()));
            }
        }
    }

    private void audit() throws Exception {
        try (Stream<Path> files = Files.list(directory.resolve("data/audit"))) {
            for (Path file : files.toList()) {
                said.put(file.toString(), Files.readString(file));
            }
        }
    }
}
