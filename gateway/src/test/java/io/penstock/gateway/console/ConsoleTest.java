package io.penstock.gateway.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.gateway.boot.AdminHttp;
import io.penstock.gateway.boot.TestNode;
import io.penstock.model.AckLevel;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the admin port answers for the console. */
class ConsoleTest {
    @TempDir private static Path directory;
    private static TestNode node;
    private static final AdminHttp ADMIN = new AdminHttp(() -> node.admin());
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @BeforeAll
    static void start() throws Exception {
        node =
                TestNode.start(
                        directory.resolve("data"),
                        "exports: [{name: out, repo: web, sink: {type: blackhole}}]");
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    private static HttpResponse<String> ask(String method, String path, String... headers)
            throws Exception {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create("http://" + node.admin() + path))
                        .method(method, HttpRequest.BodyPublishers.noBody());
        if (headers.length > 0) {
            request.headers(headers);
        }
        return CLIENT.send(request.build(), BodyHandlers.ofString());
    }

    @Test
    void theRootLeadsToThePage() throws Exception {
        HttpResponse<String> root = ask("GET", "/");
        assertThat(root.statusCode()).isEqualTo(302);
        assertThat(root.headers().firstValue("Location")).hasValue("/console/");
        HttpResponse<String> page = ask("GET", "/console/");
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).contains("app.js");
        assertThat(page.body()).doesNotContain("http:").doesNotContain("https:");
    }

    @Test
    void everyFileThatAFileNamesIsThere() throws Exception {
        List<String> missing = new ArrayList<>();
        for (String file : Assets.names()) {
            String text = ask("GET", "/console/" + file).body();
            for (String part : text.split("\"", -1)) {
                boolean isFile = part.matches("\\./[a-z]+\\.js");
                if (isFile && ask("GET", "/console/" + part.substring(2)).statusCode() != 200) {
                    missing.add(file + " names " + part);
                }
            }
        }
        assertThat(missing).isEmpty();
    }

    @Test
    void filesAreGuardedAndNotSentTwice() throws Exception {
        HttpResponse<String> first = ask("GET", "/console/app.js");
        assertThat(first.headers().firstValue("Content-Type"))
                .hasValue("text/javascript; charset=utf-8");
        assertThat(first.headers().firstValue("Content-Security-Policy").orElse(""))
                .contains("default-src 'self'")
                .contains("frame-ancestors 'none'")
                .doesNotContain("unsafe");
        assertThat(first.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
        assertThat(first.headers().firstValue("Cache-Control")).hasValue("no-cache");
        String tag = first.headers().firstValue("ETag").orElseThrow();
        HttpResponse<String> again = ask("GET", "/console/app.js", "If-None-Match", tag);
        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
        HttpResponse<String> other = ask("GET", "/console/app.js", "If-None-Match", "\"x\"");
        assertThat(other.body()).isEqualTo(first.body());
    }

    @Test
    void headAndWhatIsNotThere() throws Exception {
        HttpResponse<String> head = ask("HEAD", "/console/app.js");
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.headers().firstValue("ETag")).isPresent();
        assertThat(ask("HEAD", "/v1/live").statusCode()).isEqualTo(200);
        assertThat(ask("HEAD", "/v1/tail?repo=web").statusCode()).isEqualTo(200);
        for (String path :
                List.of("/console/none.js", "/console/..%2fapp.js", "/console/Assets.class")) {
            assertThat(ask("GET", path).statusCode()).as(path).isEqualTo(404);
        }
        assertThat(ask("POST", "/console/app.js").statusCode()).isEqualTo(405);
    }

    @Test
    void aSnapshotTellsRatesAndAllThatListenGetTheSame() throws Exception {
        Thread pushes =
                new Thread(
                        () -> {
                            try {
                                while (!Thread.interrupted()) {
                                    node.push("web", 200, AckLevel.STAGED);
                                }
                            } catch (Exception stopped) {
                                Thread.currentThread().interrupt();
                            }
                        });
        pushes.start();
        try {
            JsonObject one =
                    ADMIN.event(
                            "/v1/live",
                            json ->
                                    rate(json, "repos", "accepted_per_s") > 0
                                            && rate(json, "exports", "delivered_per_s") > 0
                                            && json.getJsonObject("totals")
                                                            .getLong("accepted_per_s")
                                                    > 0);
            JsonObject export = one.getJsonArray("exports").getJsonObject(0);
            assertThat(export.getString("export")).isEqualTo("out");
            assertThat(export.getString("sink")).isEqualTo("blackhole");
            assertThat(one.containsKey("cluster")).isFalse();
        } finally {
            pushes.interrupt();
            pushes.join();
        }
        TestNode.until(
                () -> {
                    JsonObject kept = ADMIN.get("/v1/history?repo=web&export=out").json();
                    return kept.getJsonObject("series").getJsonArray("delivered_per_s").stream()
                            .anyMatch(v -> v != null && ((Number) v).doubleValue() > 0);
                });
    }

    private static long rate(JsonObject snapshot, String list, String field) {
        JsonArray rows = snapshot.getJsonArray(list);
        return rows.isEmpty() ? 0 : rows.getJsonObject(0).getLong(field, 0L);
    }

    @Test
    void tooManyListenersAreRefusedUntilOneLeaves() throws Exception {
        List<Socket> listening = new ArrayList<>();
        try {
            for (int i = 0; i < LiveFeed.MAX_LISTENERS; i++) {
                listening.add(listen("/v1/live"));
            }
            TestNode.until(() -> status("/v1/live").equals("503"));
            listening.remove(0).close();
            TestNode.until(() -> status("/v1/live").equals("200"));
        } finally {
            for (Socket each : listening) {
                each.close();
            }
        }
        TestNode.until(() -> !ADMIN.event("/v1/live", json -> true).isEmpty());
    }

    private static String status(String path) throws Exception {
        try (Socket socket = listen(path)) {
            byte[] start = socket.getInputStream().readNBytes("HTTP/1.1 200".length());
            return new String(start, StandardCharsets.US_ASCII).substring("HTTP/1.1 ".length());
        }
    }

    /** One that does not read: whatever the node sends piles up in front of it. */
    private static Socket listen(String path) throws Exception {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), node.gateway().adminPort());
        socket.setSoTimeout(20_000);
        socket.getOutputStream()
                .write(
                        ("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n")
                                .getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    @Test
    void aTailShowsRecordsAsTheyComeAndNoMoreThanAskedFor() throws Exception {
        node.push("tailed", 250, AckLevel.STAGED);
        JsonObject first = ADMIN.event("/v1/tail?repo=tailed&rate=7", json -> true);
        assertThat(first.getJsonArray("records").size()).isEqualTo(7);
        String record = first.getJsonArray("records").getJsonObject(0).getString("record");
        assertThat(new JsonObject(record).getString("time")).isNotEmpty();
        // a second look begins behind the first: it shows the new record alone
        try (Socket socket = listen("/v1/tail?repo=tailed&rate=100")) {
            InputStream in = socket.getInputStream();
            readUntil(in, "data: ");
            new AdminHttp(() -> node.data())
                    .send("POST", "/v1/repos/tailed/batches", "[{\"mark\": \"newest\"}]")
                    .with(200);
            String event = readUntil(in, "\"mark\\\":\\\"newest\\\"");
            assertThat(event.substring(event.lastIndexOf("data: ")))
                    .contains("\"records\":[{\"position\"")
                    .doesNotContain("},{");
        }
    }

    private static String readUntil(InputStream in, String end) throws Exception {
        StringBuilder text = new StringBuilder();
        while (text.indexOf(end) < 0) {
            int next = in.read();
            assertThat(next).as("the stream ended: %s", text).isNotEqualTo(-1);
            text.append((char) next);
        }
        return text.toString();
    }
}
