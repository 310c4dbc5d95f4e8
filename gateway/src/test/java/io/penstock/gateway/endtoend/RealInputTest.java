package io.penstock.gateway.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.proto.record.v1.FieldSchema;
import io.penstock.proto.record.v1.FieldType;
import io.penstock.proto.record.v1.Record;
import io.penstock.proto.record.v1.RecordBatch;
import io.penstock.proto.record.v1.Value;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Real access-log lines through gRPC, HTTP/2 protobuf and NDJSON to files and an HTTP target: every
 * field of every record against an independent parse.
 */
class RealInputTest {

    private static final List<String> REPOS = List.of("via-grpc", "via-http2", "via-ndjson");
    private static final List<String> FIELDS =
            List.of(
                    "client",
                    "ident",
                    "user",
                    "time_local",
                    "method",
                    "path",
                    "query",
                    "protocol",
                    "status",
                    "bytes",
                    "referer",
                    "agent");
    private static final int BATCH = 400;
    private static final Duration ARRIVAL_LIMIT = Duration.ofSeconds(60);

    @Test
    void everyFieldOfEveryRecordArrives(@TempDir Path directory) throws Exception {
        List<String> lines = AccessLines.lines();
        List<JsonObject> expected = lines.stream().map(AccessLines::fields).toList();
        Map<String, CountingReceiver> receivers = new HashMap<>();
        for (String repo : REPOS) {
            receivers.put(repo, new CountingReceiver(n -> false));
        }
        try (GatewayProcess gateway =
                new GatewayProcess(directory, exports(directory, receivers))) {
            gateway.start();
            pushOverGrpc(gateway.port(), lines, directory);
            pushOverHttp2(gateway.port(), expected);
            pushAsNdjson(gateway.port(), expected);
            for (String repo : REPOS) {
                awaitLines(at(receivers, repo), lines.size());
            }
            assertThat(gateway.stop()).isZero();

            for (String repo : REPOS) {
                assertThat(counted(parsed(at(receivers, repo).lines().toList())))
                        .as("%s to http", repo)
                        .isEqualTo(counted(expected));
                assertThat(counted(parsed(filesOf(directory.resolve(repo)))))
                        .as("%s to file", repo)
                        .isEqualTo(counted(expected));
            }
        } finally {
            receivers.values().forEach(CountingReceiver::close);
        }
    }

    private static CountingReceiver at(Map<String, CountingReceiver> receivers, String repo) {
        return Objects.requireNonNull(receivers.get(repo), repo);
    }

    private static String exports(Path directory, Map<String, CountingReceiver> receivers) {
        StringBuilder yaml = new StringBuilder("exports:\n");
        for (String repo : REPOS) {
            yaml.append(
                    """
                      - name: files
                        repo: %s
                        sink: {type: file, directory: '%s', format: ndjson}
                      - name: http
                        repo: %s
                        batch: {max_records: 777}
                        sink: {type: http, url: '%s', format: ndjson}
                    """
                            .formatted(
                                    repo,
                                    directory.resolve(repo),
                                    repo,
                                    at(receivers, repo).url()));
        }
        return yaml.toString();
    }

    /** As a person would: the command-line client on a file. */
    private static void pushOverGrpc(int port, List<String> lines, Path directory)
            throws IOException, InterruptedException {
        Path file = Files.write(directory.resolve("access.log"), lines);
        Process push =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                "io.penstock.gateway.cli.Main",
                                "push",
                                "--repo=via-grpc",
                                "--to=127.0.0.1:" + port,
                                "--format=combined",
                                "--batch-records=" + BATCH,
                                file.toString())
                        .redirectErrorStream(true)
                        .redirectOutput(directory.resolve("push.log").toFile())
                        .start();
        assertThat(push.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(push.exitValue())
                .as(() -> "penstock push said: " + read(directory.resolve("push.log")))
                .isZero();
    }

    /** Batches made by the generated classes, over HTTP/2 without upgrade. */
    private static void pushOverHttp2(int port, List<JsonObject> records) throws Exception {
        Vertx vertx = Vertx.vertx();
        HttpClient client =
                vertx.createHttpClient(
                        new HttpClientOptions()
                                .setProtocolVersion(HttpVersion.HTTP_2)
                                .setHttp2ClearTextUpgrade(false));
        try {
            for (int at = 0; at < records.size(); at += BATCH) {
                byte[] body = batch(records.subList(at, Math.min(at + BATCH, records.size())));
                JsonObject answer =
                        onEventLoop(vertx, () -> post(client, port, body))
                                .get(30, TimeUnit.SECONDS);
                assertThat(answer.encode()).contains("\"records\"");
            }
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
        }
    }

    /** On an event loop, since a body that nobody listens to yet is gone. */
    private static CompletableFuture<JsonObject> onEventLoop(
            Vertx vertx, Supplier<Future<JsonObject>> call) {
        CompletableFuture<JsonObject> answer = new CompletableFuture<>();
        vertx.runOnContext(
                start ->
                        call.get()
                                .onSuccess(answer::complete)
                                .onFailure(answer::completeExceptionally));
        return answer;
    }

    private static Future<JsonObject> post(HttpClient client, int port, byte[] body) {
        return client.request(HttpMethod.POST, port, "127.0.0.1", "/v1/repos/via-http2/batches")
                .compose(
                        request ->
                                request.putHeader("Content-Type", "application/x-protobuf")
                                        .send(Buffer.buffer(body)))
                .compose(
                        response -> {
                            assertThat(response.version()).isEqualTo(HttpVersion.HTTP_2);
                            assertThat(response.statusCode()).isEqualTo(200);
                            return response.body().map(Buffer::toJsonObject);
                        });
    }

    private static byte[] batch(List<JsonObject> records) {
        RecordBatch.Builder batch = RecordBatch.newBuilder();
        for (String field : FIELDS) {
            boolean number = field.equals("status") || field.equals("bytes");
            batch.addFields(
                    FieldSchema.newBuilder()
                            .setName(field)
                            .setType(
                                    number
                                            ? FieldType.FIELD_TYPE_INT64
                                            : FieldType.FIELD_TYPE_STRING));
        }
        for (JsonObject record : records) {
            long seconds = Instant.parse(record.getString("time")).getEpochSecond();
            Record.Builder row = Record.newBuilder().setTimeUnixNano(seconds * 1_000_000_000L);
            for (String field : FIELDS) {
                Object value = record.getValue(field);
                Value.Builder cell = Value.newBuilder();
                if (value instanceof Integer number) {
                    cell.setIntValue(number);
                } else if (value instanceof String text) {
                    cell.setStringValue(text);
                }
                row.addValues(cell);
            }
            batch.addRecords(row);
        }
        return batch.build().toByteArray();
    }

    private static void pushAsNdjson(int port, List<JsonObject> records) throws Exception {
        java.net.http.HttpClient client = java.net.http.HttpClient.newHttpClient();
        URI target = URI.create("http://127.0.0.1:" + port + "/v1/repos/via-ndjson/batches");
        for (int at = 0; at < records.size(); at += BATCH) {
            StringBuilder body = new StringBuilder();
            records.subList(at, Math.min(at + BATCH, records.size()))
                    .forEach(record -> body.append(record.encode()).append('\n'));
            HttpResponse<String> answer =
                    client.send(
                            HttpRequest.newBuilder(target)
                                    .version(java.net.http.HttpClient.Version.HTTP_1_1)
                                    .header("Content-Type", "application/x-ndjson")
                                    .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        }
    }

    private static void awaitLines(CountingReceiver receiver, int lines)
            throws InterruptedException {
        long end = System.nanoTime() + ARRIVAL_LIMIT.toNanos();
        while (receiver.lines().count() < lines && System.nanoTime() < end) {
            Thread.sleep(50);
        }
    }

    private static List<JsonObject> parsed(List<String> lines) {
        List<JsonObject> records = new ArrayList<>();
        for (String line : lines) {
            JsonObject record = new JsonObject(line);
            record.getMap().values().removeIf(value -> value == null);
            records.add(record);
        }
        return records;
    }

    private static Map<Map<String, Object>, Integer> counted(List<JsonObject> records) {
        Map<Map<String, Object>, Integer> counts = new HashMap<>();
        records.forEach(record -> counts.merge(record.getMap(), 1, Integer::sum));
        return counts;
    }

    private static List<String> filesOf(Path directory) throws IOException {
        List<String> lines = new ArrayList<>();
        try (Stream<Path> found = Files.walk(directory)) {
            for (Path file : found.filter(f -> f.toString().endsWith(".ndjson")).toList()) {
                lines.addAll(Files.readAllLines(file));
            }
        }
        return lines;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return "nothing that could be read: " + e.getMessage();
        }
    }
}
