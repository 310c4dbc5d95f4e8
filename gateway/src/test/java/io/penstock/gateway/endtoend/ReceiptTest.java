package io.penstock.gateway.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.gateway.boot.TestNode;
import io.penstock.gateway.cli.Main;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** A batch is asked for by what its push was answered with, before, during and after deliveries. */
class ReceiptTest {
    private static final int WAIT_SECONDS = 20;

    private final Vertx vertx = Vertx.vertx();
    private final AtomicInteger status = new AtomicInteger(503);
    private HttpServer target;

    @BeforeEach
    void open() throws Exception {
        target =
                vertx.createHttpServer()
                        .requestHandler(
                                request ->
                                        request.body()
                                                .onSuccess(
                                                        body ->
                                                                request.response()
                                                                        .putHeader(
                                                                                "Retry-After", "0")
                                                                        .setStatusCode(status.get())
                                                                        .end()))
                        .listen(0, "127.0.0.1")
                        .await(WAIT_SECONDS, TimeUnit.SECONDS);
    }

    @AfterEach
    void close() throws Exception {
        vertx.close().await(WAIT_SECONDS, TimeUnit.SECONDS);
    }

    private String exports() {
        return """
        exports:
        - {name: all, repo: orders, batch: {linger_ms: 0}, sink: {type: blackhole}}
        - {name: none, repo: orders, batch: {linger_ms: 0}, transforms: [{filter: 'n > 100'}], sink: {type: blackhole}}
        - {name: web, repo: orders, batch: {linger_ms: 0}, sink: {type: http, url: 'http://127.0.0.1:%d'}}
        """
                .formatted(target.actualPort());
    }

    @Test
    void aBatchIsFollowedFromTheRingToItsTargetsAndToTheDeadLetters(@TempDir Path directory)
            throws Exception {
        try (TestNode node = TestNode.start(directory, exports())) {
            JsonObject receipt = push(node.data());
            String path = path(receipt);
            TestNode.until(
                    () ->
                            state(node.admin(), path, "all").equals("delivered")
                                    && state(node.admin(), path, "none").equals("dropped")
                                    && state(node.admin(), path, "web").equals("in_flight"));
            JsonObject waited = AdminCall.get(node.admin(), path + "?wait=100ms");
            assertThat(waited.getBoolean("settled")).isFalse();
            assertThat(of(waited, "web").getInteger("offers")).isPositive();
            assertThat(of(waited, "all").getString("settled_at")).isNotEmpty();
            assertThat(of(waited, "none").getJsonObject("run").getInteger("dropped")).isEqualTo(2);
            assertThat(AdminCall.verb(node.admin(), "receipt", id(receipt)).code()).isEqualTo(1);

            String all = "/v1/exports/orders/all/";
            assertThat(AdminCall.http(node.admin(), "POST", all + "pause", "").code())
                    .isEqualTo(200);
            String behind = path(push(node.data()));
            assertThat(state(node.admin(), behind, "all")).isEqualTo("staged");
            assertThat(AdminCall.http(node.admin(), "POST", all + "resume", "").code())
                    .isEqualTo(200);
            TestNode.until(() -> state(node.admin(), behind, "all").equals("delivered"));

            status.set(422);
            AdminCall told = AdminCall.verb(node.admin(), "receipt", id(receipt), "--wait", "20s");
            assertThat(told.code()).as(told.text()).isZero();
            assertThat(told.text()).contains("dead_lettered");
            JsonArray letters =
                    of(AdminCall.get(node.admin(), path), "web").getJsonArray("dead_letters");
            assertThat(letters).hasSize(2);

            status.set(200);
            for (Object letter : letters) {
                String of = "/v1/dlq/replay?repo=orders&export=web&id=" + letter;
                assertThat(AdminCall.http(node.admin(), "POST", of, "").code()).isEqualTo(200);
            }
            assertThat(state(node.admin(), path, "web")).isEqualTo("delivered");

            String other = path + "?node=elsewhere";
            assertThat(AdminCall.http(node.admin(), "GET", other, "").code()).isEqualTo(404);
            String ahead = path.replaceAll("/[0-9]+$", "/999999999");
            assertThat(AdminCall.http(node.admin(), "GET", ahead, "").code()).isEqualTo(404);
            String nobody = path.replace("orders", "nobody");
            assertThat(AdminCall.http(node.admin(), "GET", nobody, "").code()).isEqualTo(404);
            assertThat(AdminCall.http(node.admin(), "GET", path + "?wait=1h", "").code())
                    .isEqualTo(400);
        }
    }

    @Test
    void itIsKnownThroughAKillAndWhatAnExportDoesNotOweIsSaid(@TempDir Path directory)
            throws Exception {
        String url = "'http://127.0.0.1:%d'".formatted(target.actualPort());
        String exports =
                """
                log: {format: json}
                exports:
                - {name: all, repo: orders, batch: {linger_ms: 0}, sink: {type: blackhole}}
                - {name: web, repo: orders, batch: {linger_ms: 0}, sink: {type: http, url: %s}}
                """
                        .formatted(url);
        try (GatewayProcess node = new GatewayProcess(directory, exports)) {
            node.start();
            String admin = "127.0.0.1:" + node.adminPort();
            String path = path(push("127.0.0.1:" + node.port()));
            TestNode.until(
                    () ->
                            state(admin, path, "all").equals("delivered")
                                    && state(admin, path, "web").equals("in_flight"));
            node.kill();
            node.start();

            assertThat(state(admin, path, "all")).isEqualTo("delivered");
            assertThat(of(AdminCall.get(admin, path), "all").containsKey("settled_at")).isFalse();
            assertThat(state(admin, path, "web")).isIn("in_flight", "staged");
            String late = "{\"sink\": {\"type\": \"blackhole\"}, \"batch\": {\"linger_ms\": 0}}";
            assertThat(
                            AdminCall.http(admin, "PUT", "/v1/exports/orders/late?from=now", late)
                                    .code())
                    .isEqualTo(201);
            assertThat(state(admin, path, "late")).isEqualTo("not_owed");
            String second = path(push("127.0.0.1:" + node.port()));
            TestNode.until(() -> state(admin, second, "late").equals("delivered"));

            status.set(200);
            JsonObject waited = AdminCall.get(admin, second + "?wait=20s");
            assertThat(waited.getBoolean("settled")).isTrue();
            assertThat(state(admin, path, "web")).isEqualTo("delivered");

            // and everything it said by then is JSON, with what it is about
            assertThat(Files.readAllLines(node.log()).stream().map(JsonObject::new))
                    .anyMatch(said -> "orders".equals(said.getString("repo")))
                    .anyMatch(said -> "web".equals(said.getString("export")))
                    .allMatch(said -> said.containsKey("message"));
        }
    }

    @Test
    void aPushFromTheCommandLineSaysItsReceipts(@TempDir Path directory) throws Exception {
        Path lines = directory.resolve("lines.ndjson");
        Files.writeString(lines, "{\"n\":1}\n{\"n\":2}\n{\"n\":3}\n");
        try (TestNode node = TestNode.start(directory.resolve("data"), "")) {
            StringWriter out = new StringWriter();
            CommandLine verbs = Main.commandLine();
            verbs.setOut(new PrintWriter(out, true));
            String options = "push --repo orders --receipt --batch-records 1 --under-way 1 --to ";
            assertThat(verbs.execute((options + node.data() + " " + lines).split(" ", -1)))
                    .isZero();
            String[] receipts =
                    out.toString()
                            .lines()
                            .filter(line -> line.matches("orders/[0-9a-f]{16}/[0-9]+@test"))
                            .toArray(String[]::new);
            assertThat(receipts).hasSize(3);
            assertThat(AdminCall.verb(node.admin(), "receipt", receipts[2]).code()).isZero();
        }
    }

    private static JsonObject push(String data) throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create("http://" + data + "/v1/repos/orders/batches"))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString("[{\"n\":1},{\"n\":2}]"))
                        .build();
        HttpResponse<String> pushed =
                HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(pushed.statusCode()).as(pushed.body()).isEqualTo(200);
        return new JsonObject(pushed.body()).getJsonObject("receipt");
    }

    private static String path(JsonObject receipt) {
        return "/v1/receipts/" + id(receipt).replaceAll("@.*", "");
    }

    private static String id(JsonObject receipt) {
        return "orders/"
                + receipt.getString("epoch")
                + "/"
                + receipt.getLong("first_position")
                + "@"
                + receipt.getString("node");
    }

    private static String state(String admin, String path, String export) throws Exception {
        AdminCall asked = AdminCall.http(admin, "GET", path, "");
        return asked.code() == 200
                ? of(new JsonObject(asked.text()), export).getString("state")
                : asked.text();
    }

    private static JsonObject of(JsonObject answer, String export) {
        return answer.getJsonArray("exports").stream()
                .map(each -> (JsonObject) each)
                .filter(each -> each.getString("export").equals(export))
                .findFirst()
                .orElseGet(() -> new JsonObject().put("state", "none"));
    }
}
