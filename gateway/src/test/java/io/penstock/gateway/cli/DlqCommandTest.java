package io.penstock.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.gateway.boot.TestNode;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DlqCommandTest {
    private final Vertx vertx = Vertx.vertx();
    private volatile boolean rejects = true;
    private String sections = "";

    @TempDir private Path directory;

    @BeforeEach
    void startTarget() throws Exception {
        HttpServer target =
                vertx.createHttpServer()
                        .requestHandler(
                                request ->
                                        request.body()
                                                .onSuccess(
                                                        body ->
                                                                request.response()
                                                                        .setStatusCode(
                                                                                rejects ? 422 : 200)
                                                                        .end("never")));
        int port = TestNode.await(target.listen(0, "127.0.0.1")).actualPort();
        sections =
                """
                exports:
                  - name: out
                    repo: web
                    batch: {linger_ms: 0, max_records: 1}
                    sink: {type: http, url: 'http://127.0.0.1:%d/'}
                """
                        .formatted(port);
    }

    @AfterEach
    void stopTarget() throws Exception {
        TestNode.await(vertx.close());
    }

    private static Cli dlq(String verb, String where, String... more) {
        List<String> arguments =
                new ArrayList<>(List.of("dlq", verb, "--repo=web", "--export=out", where));
        arguments.addAll(List.of(more));
        return Cli.run(arguments.toArray(String[]::new));
    }

    private static List<String> ids(Cli listed) {
        JsonArray letters = new JsonObject(listed.out()).getJsonArray("letters");
        return letters.stream().map(l -> ((JsonObject) l).getLong("id").toString()).toList();
    }

    @Test
    void listsShowsReplaysAndDrops() throws Exception {
        Path data = directory.resolve("data");
        String files = "--data-dir=" + data;
        try (TestNode node = TestNode.start(data, sections)) {
            String live = "--admin=" + node.admin();
            Cli.withInput(
                    "{\"n\":1}\n{\"n\":2}\n{\"n\":3}\n",
                    "push",
                    "--repo=web",
                    "--raw",
                    "--ack=delivered",
                    "--to=" + node.data());
            List<String> ids = ids(dlq("ls", live, "-o", "json"));
            assertThat(ids).hasSize(3);
            assertThat(dlq("ls", live).out()).contains("422").contains("3 letters with 3 records");
            assertThat(dlq("show", live, ids.get(1)).out()).contains("{\\\"n\\\":2}");
            Cli refused = dlq("replay", live, ids.get(0));
            assertThat(refused.code()).isEqualTo(ExitCode.FAILED);
            assertThat(refused.out()).contains("stays: ").contains("0 of 1 replayed");
            rejects = false;
            assertThat(dlq("replay", live, ids.get(0)).out()).contains("1 of 1 replayed");
            assertThat(dlq("drop", live, ids.get(1)).out()).contains("1 of 1 dropped");
            assertThat(dlq("drop", live, ids.get(1)).code()).isEqualTo(ExitCode.FAILED);
            assertThat(dlq("show", live, "77").err()).contains("no dead letter 77");
            assertThat(dlq("drop", live, "x").code()).isEqualTo(ExitCode.USAGE);
        }
        assertThat(dlq("replay", files, "all").err()).contains("a stopped node has no sink");
        assertThat(dlq("drop", files, "all").out()).contains("1 of 1 dropped");
        assertThat(Cli.run("dlq", "ls", "--repo=web", "--export=none", files).err())
                .contains("no export 'none'");
        Cli ledger = Cli.run("ledger", files, "-o", "json");
        JsonObject row = new JsonObject(ledger.out()).getJsonArray("ledger").getJsonObject(0);
        assertThat(row.getLong("delivered")).isEqualTo(1);
        assertThat(row.getLong("dropped")).isEqualTo(2);
        assertThat(row.getLong("residue")).isZero();
    }
}
