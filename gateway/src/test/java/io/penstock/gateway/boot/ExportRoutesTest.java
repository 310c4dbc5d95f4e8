package io.penstock.gateway.boot;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.gateway.boot.AdminHttp.Said;
import io.penstock.gateway.config.ExportForm;
import io.penstock.model.AckLevel;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Exports made, changed, paused and deleted over the admin port of a real node. */
class ExportRoutesTest {
    private static final String ONE = "/v1/exports/web/out";
    private static final String CONFIGURED =
            """
            repos: {auto_create: %s, exports: [{name: all, batch: {linger_ms: 0}, sink: {type: blackhole}}]}
            exports: [{name: conf, repo: web, batch: {linger_ms: 0}, sink: {type: blackhole}}]
            """;
    private static final String NOBODY =
            "{\"batch\": {\"linger_ms\": 0}, \"sink\": {\"type\": \"http\", \"url\":"
                    + " \"http://127.0.0.1:1/\"}}";

    @TempDir private Path directory;
    private @Nullable TestNode node;
    private final AdminHttp admin = new AdminHttp(() -> node().admin());

    @AfterEach
    void stop() {
        if (node != null) {
            node.close();
        }
    }

    private TestNode node() {
        if (node == null) {
            throw new IllegalStateException("no node runs");
        }
        return node;
    }

    private TestNode start() throws Exception {
        return start(CONFIGURED.formatted(true));
    }

    private TestNode start(String sections) throws Exception {
        TestNode started = TestNode.start(directory.resolve("data"), sections);
        node = started;
        return started;
    }

    private TestNode restart(String sections) throws Exception {
        node().close();
        return start(sections);
    }

    private String toFiles(String more) {
        return """
        {"batch": {"linger_ms": 0}, %s
         "sink": {"type": "file", "directory": "%s", "format": "ndjson"}}
        """
                .formatted(more, directory.resolve("out"));
    }

    private long lines() throws IOException {
        long lines = 0;
        Path out = directory.resolve("out");
        if (!Files.isDirectory(out)) {
            return 0;
        }
        try (Stream<Path> files = Files.list(out)) {
            for (Path file : files.toList()) {
                lines += Files.readAllLines(file).size();
            }
        }
        return lines;
    }

    private JsonObject row(String export) throws Exception {
        for (Object each : admin.get("/v1/exports").with(200).json().getJsonArray("exports")) {
            JsonObject row = (JsonObject) each;
            if (row.getString("repo").equals("web") && row.getString("export").equals(export)) {
                return row;
            }
        }
        return new JsonObject();
    }

    private void untilDelivered(long records) throws Exception {
        TestNode.until(() -> row("out").getLong("delivered_records", 0L) == records);
    }

    @Test
    void anExportIsMadeChangedPausedAndDeletedWhileTheNodeRuns() throws Exception {
        TestNode node = start();
        node.push("web", 100, AckLevel.STAGED);
        JsonObject made = admin.send("PUT", ONE, toFiles("")).with(201).json();
        assertThat(made.getString("done")).isEqualTo("created");
        JsonObject export = made.getJsonObject("export");
        assertThat(export.getString("origin")).isEqualTo("request");
        assertThat(export.getString("from")).isEqualTo("now");
        assertThat(export.getJsonObject("definition").getJsonObject("sink").getString("type"))
                .isEqualTo("file");
        node.push("web", 200, AckLevel.DELIVERED);
        untilDelivered(200);
        assertThat(lines()).isEqualTo(200);

        JsonObject changed =
                admin.send("PUT", ONE, toFiles("\"concurrency\": 2,")).with(200).json();
        assertThat(changed.getString("done")).isEqualTo("changed");
        assertThat(changed.getJsonArray("differences")).containsExactly("concurrency");
        JsonObject same = admin.send("PUT", ONE, toFiles("\"concurrency\": 2,")).with(200).json();
        assertThat(same.getString("done")).isEqualTo("nothing");

        admin.send("POST", ONE + "/pause", "").with(200);
        node.push("web", 300, AckLevel.STAGED);
        TestNode.until(() -> row("out").getLong("lag_records") == 300);
        assertThat(row("out").getString("state")).isEqualTo("paused");
        Said kept = admin.send("DELETE", ONE, "").with(409);
        assertThat(kept.key()).isEqualTo("force");
        assertThat(kept.error()).contains("has not delivered 300 records").contains("force=true");
        assertThat(kept.json().getJsonObject("would_lose").getLong("records")).isEqualTo(300);
        assertThat(kept.json().getJsonObject("would_lose").getLong("bytes")).isPositive();

        admin.send("POST", ONE + "/resume", "").with(200);
        untilDelivered(500);
        assertThat(lines()).isEqualTo(500);
        admin.send("DELETE", ONE, "").with(200);
        admin.get(ONE).with(404);
        node.push("web", 10, AckLevel.DELIVERED);
        assertThat(lines()).isEqualTo(500);
    }

    @Test
    void aDeletionThatIsForcedSaysWhatWasGivenUp() throws Exception {
        TestNode node = start();
        node.push("web", 1, AckLevel.STAGED);
        admin.send("PUT", ONE, NOBODY).with(201);
        node.push("web", 100, AckLevel.STAGED);
        admin.send("DELETE", ONE + "?force=perhaps", "").with(400);
        admin.send("DELETE", ONE, "").with(409);
        JsonObject gone = admin.send("DELETE", ONE + "?force=true", "").with(200).json();
        assertThat(gone.getJsonObject("lost").getLong("records")).isEqualTo(100);
        assertThat(row("out")).isEmpty();
        restart(CONFIGURED.formatted(true));
        assertThat(row("out")).isEmpty();
    }

    @Test
    void deadLettersAreNotGivenUpUnasked() throws Exception {
        Vertx vertx = Vertx.vertx();
        try {
            HttpServer target =
                    vertx.createHttpServer()
                            .requestHandler(r -> r.response().setStatusCode(422).end());
            int port = TestNode.await(target.listen(0, "127.0.0.1")).actualPort();
            TestNode node = start();
            node.push("web", 1, AckLevel.DELIVERED);
            admin.send("PUT", ONE, NOBODY.replace(":1/", ":" + port + "/")).with(201);
            node.push("web", 100, AckLevel.DELIVERED);
            Said kept = admin.send("DELETE", ONE, "").with(409);
            assertThat(kept.error()).contains("holds 100 records as dead letters");
            admin.send("DELETE", ONE + "?force=true", "").with(200);
            admin.send("PUT", ONE, toFiles("")).with(201);
            assertThat(row("out").getLong("dead_lettered_records")).isZero();
        } finally {
            TestNode.await(vertx.close());
        }
    }

    @Test
    void aRestartRemembersExportsAndPauses() throws Exception {
        String sections = CONFIGURED.formatted(true);
        TestNode node = start(sections);
        node.push("web", 1, AckLevel.DELIVERED);
        admin.send("PUT", ONE, toFiles("")).with(201);
        node.push("web", 100, AckLevel.DELIVERED);
        admin.send("POST", ONE + "/pause", "").with(200);
        admin.send("POST", "/v1/exports/web/conf/pause", "").with(200);
        admin.send("POST", "/v1/exports/web/all/pause", "").with(200);
        node.push("web", 50, AckLevel.STAGED);

        TestNode again = restart(sections);
        for (String each : List.of("out", "conf", "all")) {
            assertThat(row(each).getString("state")).as(each).isEqualTo("paused");
            assertThat(row(each).getBoolean("paused")).as(each).isTrue();
            assertThat(row(each).getLong("lag_records")).as(each).isEqualTo(50);
        }
        assertThat(row("conf").getString("origin")).isEqualTo("configuration");
        for (String each : List.of("out", "conf", "all")) {
            admin.send("POST", "/v1/exports/web/" + each + "/resume", "").with(200);
        }
        again.push("web", 25, AckLevel.DELIVERED);
        untilDelivered(175);
        assertThat(lines()).isEqualTo(175);

        restart(sections);
        admin.send("POST", ONE + "/resume", "").with(200);
        assertThat(row("conf").getBoolean("paused")).isFalse();
    }

    @Test
    void aDryRunJudgesAndChangesNothing() throws Exception {
        start();
        JsonObject would =
                admin.send("PUT", ONE + "?dry_run=true&from=start", toFiles("")).with(200).json();
        assertThat(would.getBoolean("dry_run")).isTrue();
        assertThat(would.getString("would")).isEqualTo("create");
        assertThat(would.getString("note")).contains("oldest");
        assertThat(would.getJsonObject("capabilities").getBoolean("blocking")).isTrue();
        assertThat(would.getJsonObject("capabilities").getBoolean("idempotent")).isTrue();
        admin.get(ONE).with(404);
        admin.send("PUT", ONE, toFiles("")).with(201);
        would =
                admin.send("PUT", ONE + "?dry_run=true", toFiles("\"concurrency\": 3,"))
                        .with(200)
                        .json();
        assertThat(would.getString("would")).isEqualTo("change");
        assertThat(would.getJsonArray("differences")).containsExactly("concurrency");
        admin.send("PUT", ONE + "?dry_run=true", "{\"sink\": {\"type\": \"fil\"}}").with(422);
        assertThat(admin.get(ONE).json().getJsonObject("definition").containsKey("concurrency"))
                .isFalse();
    }

    @Test
    void aNewExportMayBeginWithWhatIsThere() throws Exception {
        TestNode node =
                start(
                        "exports: [{name: slow, repo: web, sink: {type: http, url:"
                                + " 'http://127.0.0.1:1/'}}]");
        node.push("web", 100, AckLevel.STAGED);
        admin.send("PUT", ONE + "?from=start", toFiles("")).with(201);
        untilDelivered(100);
        admin.send("PUT", "/v1/exports/web/late", toFiles("")).with(201);
        assertThat(row("late").getLong("lag_records")).isZero();
        assertThat(row("late").getLong("delivered_records")).isZero();
    }

    @Test
    void anExportOfARepoThatIsNotThereWaitsForIt() throws Exception {
        TestNode node = start("repos: {auto_create: false}");
        JsonObject made = admin.send("PUT", ONE, toFiles("")).with(201).json();
        assertThat(made.getJsonObject("export").getString("state")).isEqualTo("closed");
        assertThat(row("out").getString("sink")).isEqualTo("file");
        node.push("web", 100, AckLevel.DELIVERED); // the export names the repo: it may be made
        assertThat(lines()).isEqualTo(100);
    }

    @Test
    void whatTheConfigurationHasIsChangedInItsFile() throws Exception {
        start();
        Said put = admin.send("PUT", "/v1/exports/web/conf", toFiles("")).with(409);
        assertThat(put.error()).contains("change it in its file");
        admin.send("PUT", "/v1/exports/web/all", toFiles("")).with(409);
        admin.send("PUT", "/v1/exports/web/conf?dry_run=true", toFiles("")).with(409);
        Said delete = admin.send("DELETE", "/v1/exports/web/conf?force=true", "").with(409);
        assertThat(delete.error()).contains("take it out of its file");
        JsonObject conf = admin.get("/v1/exports/web/conf").with(200).json();
        assertThat(conf.getString("origin")).isEqualTo("configuration");
        assertThat(conf.getJsonObject("definition").getJsonObject("sink"))
                .isEqualTo(new JsonObject().put("type", "blackhole"));
    }

    @Test
    void whatNobodyDefinesAnyMoreCanBeForgotten() throws Exception {
        TestNode node = start(CONFIGURED.formatted(true).replace("name: conf", "name: old"));
        admin.send("POST", "/v1/exports/web/old/pause", "").with(200);
        node.push("web", 100, AckLevel.STAGED);
        restart(CONFIGURED.formatted(true));
        assertThat(row("old").getString("state")).isEqualTo("orphaned");
        assertThat(row("old").getString("origin")).isEqualTo("none");
        admin.send("DELETE", "/v1/exports/web/old", "").with(409);
        JsonObject gone =
                admin.send("DELETE", "/v1/exports/web/old?force=true", "").with(200).json();
        assertThat(gone.getJsonObject("lost").getLong("records")).isEqualTo(100);
        assertThat(row("old")).isEmpty();
        admin.send("DELETE", "/v1/exports/web/old?force=true", "").with(404);
    }

    @Test
    void secretsAreMaskedAndAMaskKeepsTheSecret() throws Exception {
        start();
        String secret =
                NOBODY.replace("\"url\"", "\"headers\": {\"authorization\": \"geheim\"}, \"url\"");
        Said made = admin.send("PUT", ONE, secret).with(201);
        assertThat(made.text()).doesNotContain("geheim").contains(ExportForm.MASK);
        JsonObject definition = admin.get(ONE).json().getJsonObject("definition");
        definition.put("concurrency", 3);
        JsonObject changed = admin.send("PUT", ONE, definition.encode()).with(200).json();
        assertThat(changed.getJsonArray("differences")).containsExactly("concurrency");
        assertThat(Files.readString(directory.resolve("data/exports.json")))
                .contains("geheim")
                .doesNotContain(ExportForm.MASK);
        Said other = admin.send("PUT", "/v1/exports/web/b", definition.put("name", "b").encode());
        assertThat(other.with(422).key()).isEqualTo("sink.headers.authorization");
        for (String path : List.of("/v1/exports", ONE, "/v1/repos/web")) {
            assertThat(admin.get(path).text()).doesNotContain("geheim");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '¦',
            quoteCharacter = '`',
            textBlock =
                    """
                    /v1/exports/web/out               ¦ {"snik": {"type": "blackhole"}} ¦ 422 ¦ snik ¦ did you mean 'sink'?
                    /v1/exports/web/out               ¦ {} ¦ 422 ¦ sink ¦ missing; this key has no default
                    /v1/exports/web/out               ¦ {"sink": {"type": "fil"}} ¦ 422 ¦ sink.type ¦ unknown sink 'fil'; did you mean 'file'?
                    /v1/exports/web/out               ¦ {"sink": {"type": "file", "directroy": "x"}} ¦ 422 ¦ sink.directroy ¦ did you mean 'directory'?
                    /v1/exports/web/out               ¦ {"concurrency": 99, "sink": {"type": "blackhole"}} ¦ 422 ¦ concurrency ¦ must lie between 1 and 32, not 99
                    /v1/exports/web/out               ¦ {"concurrency": "x", "sink": {"type": "blackhole"}} ¦ 422 ¦ concurrency ¦ expected a whole number, found 'x'
                    /v1/exports/web/out               ¦ {"name": "in", "sink": {"type": "blackhole"}} ¦ 422 ¦ name ¦ is 'in' here and 'out' in the path
                    /v1/exports/web/out               ¦ {"repo": "w", "sink": {"type": "blackhole"}} ¦ 422 ¦ repo ¦ is 'w' here and 'web' in the path
                    /v1/exports/web/out               ¦ {"sink": {"type": "kafka", "cluster": "main", "topic": "t"}} ¦ 422 ¦ sink ¦ no cluster 'main' under kafka
                    /v1/exports/web/out               ¦ {"sink": {"type": "file", "directory": "${NOT_SET}"}} ¦ 422 ¦ sink.directory ¦ environment variable NOT_SET is not set
                    /v1/exports/web/out               ¦ {"concurrency": "${file:/proc/version}", "sink": {"type": "blackhole"}} ¦ 422 ¦ concurrency ¦ expected a whole number, found '${file:/proc/version}'
                    /v1/exports/web/out               ¦ {"sink": null} ¦ 422 ¦ sink.type ¦ missing; one of
                    /v1/exports/web/out               ¦ {"sink": [1]} ¦ 422 ¦ sink ¦ expected keys with values, found a list
                    /v1/exports/web/out               ¦ {"sink": ¦ 400 ¦ - ¦ the body is no JSON: line 1, column
                    /v1/exports/web/out               ¦ {"sink": {}, "sink": {}} ¦ 400 ¦ - ¦ Duplicate field 'sink'
                    /v1/exports/web/out               ¦ [] ¦ 400 ¦ - ¦ expected an object
                    /v1/exports/web/out               ¦ {} x ¦ 400 ¦ - ¦ the body is no JSON
                    /v1/exports/WEB/out               ¦ {} ¦ 400 ¦ repo ¦ repo name has character
                    /v1/exports/..%2f/out             ¦ {} ¦ 400 ¦ repo ¦ repo name starts with '.'
                    /v1/exports/web/%2Fetc            ¦ {} ¦ 400 ¦ export ¦ export name has character
                    /v1/exports/web/out?dryrun=true   ¦ {} ¦ 400 ¦ dryrun ¦ unknown parameter; did you mean 'dry_run'?
                    /v1/exports/web/out?dry_run=yes   ¦ {} ¦ 400 ¦ dry_run ¦ expected true or false
                    /v1/exports/web/out?from=then     ¦ {} ¦ 400 ¦ from ¦ expected start or now
                    /v1/exports/web                   ¦ {} ¦ 404 ¦ - ¦ no such path
                    /v1/exports/web/out/now           ¦ {} ¦ 404 ¦ - ¦ no such path
                    /v1/exports/web/out/pause         ¦ {} ¦ 405 ¦ - ¦ this path takes POST
                    """)
    void namesWhatIsWrongWithARequest(
            String path, String body, int status, String key, String error) throws Exception {
        start();
        Said said = admin.send("PUT", path, body).with(status);
        assertThat(said.error()).contains(error);
        assertThat(said.key()).isEqualTo(key.equals("-") ? "" : key);
        assertThat(row("out")).isEmpty();
    }

    @Test
    void saysEverythingThatIsWrongAtOnce() throws Exception {
        start();
        Said said = admin.send("PUT", ONE, "{\"a\": 1, \"concurrency\": 0}").with(422);
        JsonArray faults = said.json().getJsonArray("faults");
        assertThat(faults.size()).isEqualTo(2);
        assertThat(faults.getJsonObject(1).getString("key")).isEqualTo("sink");
    }

    @Test
    void refusesABodyThatIsTooLargeAndServesOn() throws Exception {
        start();
        Said said = admin.send("PUT", ONE, "{\"x\": \"" + "x".repeat(300 << 10) + "\"}");
        assertThat(said.with(413).error()).contains("more than 262144 bytes");
        admin.get("/v1/exports").with(200);
    }

    @Test
    void unknownReposAndExportsAre404() throws Exception {
        start();
        for (String path : List.of("/v1/repos/none", ONE, "/v1/exports/none/all")) {
            assertThat(admin.get(path).with(404).error()).contains("there is no");
        }
        admin.send("POST", ONE + "/pause", "").with(404);
        admin.send("POST", "/v1/exports/none/all/pause", "").with(404);
        admin.send("DELETE", ONE, "").with(404);
        assertThat(admin.get("/v1/repos/%20").with(400).key()).isEqualTo("repo");
        node().push("web", 1, AckLevel.DELIVERED);
        JsonObject web = admin.get("/v1/repos/web").with(200).json();
        assertThat(web.getJsonObject("repo").getLong("accepted_records")).isEqualTo(1);
        assertThat(web.getJsonArray("exports").size()).isEqualTo(2);
    }

    @Test
    void changesOfOneExportAtOnceAreOneAfterAnother() throws Exception {
        TestNode node = start();
        node.push("web", 10, AckLevel.DELIVERED);
        admin.send("PUT", ONE, toFiles("")).with(201);
        List<CompletableFuture<Said>> all = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            String body = toFiles("\"timeout_ms\": %d,".formatted(1_000 + i));
            all.add(
                    CompletableFuture.supplyAsync(
                            () -> {
                                try {
                                    return admin.send("PUT", ONE, body);
                                } catch (Exception failed) {
                                    throw new AssertionError(failed);
                                }
                            }));
        }
        node.push("web", 2_000, AckLevel.STAGED);
        for (CompletableFuture<Said> each : all) {
            each.get().with(200);
        }
        untilDelivered(2_000);
        assertThat(lines()).isEqualTo(2_000);
    }

    @Test
    void aSinkThatCannotBeMadeLeavesEverythingAsItWas() throws Exception {
        TestNode node = start();
        node.push("web", 10, AckLevel.DELIVERED);
        Path file = Files.createFile(directory.resolve("file"));
        String nowhere = toFiles("").replace(directory.resolve("out").toString(), file + "/sub");
        Said first = admin.send("PUT", ONE, nowhere).with(422);
        assertThat(first.key()).isEqualTo("sink");
        assertThat(row("out")).isEmpty();
        admin.send("PUT", ONE, toFiles("")).with(201);
        admin.send("PUT", ONE, nowhere).with(422);
        node.push("web", 100, AckLevel.DELIVERED);
        assertThat(lines()).isEqualTo(100);
        restart(CONFIGURED.formatted(true));
        assertThat(admin.get(ONE).json().getJsonObject("definition").toString())
                .contains(directory.resolve("out").toString());
    }

    @Test
    void aDefinitionThatDoesNotHoldAnyMoreIsTold() throws Exception {
        start();
        admin.send("PUT", ONE, toFiles("")).with(201);
        admin.send("PUT", "/v1/exports/web/kept", toFiles("")).with(201);
        node().push("web", 10, AckLevel.DELIVERED);
        // the configuration comes to have one of the same name, which then is the one that runs
        restart(CONFIGURED.formatted(true).replace("name: conf", "name: out"));
        assertThat(row("out").getString("origin")).isEqualTo("configuration");
        assertThat(row("out").getString("sink")).isEqualTo("blackhole");
        assertThat(row("kept").getString("origin")).isEqualTo("request");
        restart(CONFIGURED.formatted(true));
        assertThat(row("out").getString("origin")).isEqualTo("request");
    }

    @Test
    void aFileOfALaterVersionStopsTheStart() throws Exception {
        start();
        node().close();
        Path file = directory.resolve("data/exports.json");
        Files.writeString(file, "penstock-exports 2 00000000 0\n");
        Gateway gateway = TestNode.make(TestNode.yaml(directory.resolve("data"), ""));
        try {
            TestNode.await(gateway.start());
        } catch (StartException expected) {
            assertThat(expected).hasMessageContaining(file + ": is of format 2");
            Files.delete(file);
            return;
        }
        throw new AssertionError("the node must not start");
    }
}
