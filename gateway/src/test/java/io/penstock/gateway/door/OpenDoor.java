package io.penstock.gateway.door;

import io.penstock.exporter.record.Encoding;
import io.penstock.exporter.record.NdjsonWriter;
import io.penstock.exporter.record.RecordReader;
import io.penstock.exporter.record.WriteBuffer;
import io.penstock.gateway.http.HttpIngress;
import io.penstock.gateway.ingest.DataPort;
import io.penstock.gateway.ingest.FakeIntake;
import io.penstock.gateway.ingest.Lane;
import io.penstock.gateway.ingest.Transport;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** Doors on a data port over a {@link FakeIntake}, and a client that is the JDK's. */
public final class OpenDoor implements AutoCloseable {
    private static final long ARRIVED_MS = 1_234;

    private final DataPort port;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /** Opens doors. */
    public OpenDoor(Function<Lane, Transport> doors) {
        port = new DataPort(DataPort.small(), 1, List.of(doors, HttpIngress::new));
    }

    /** The data port. */
    public DataPort port() {
        return port;
    }

    /** Where it listens. */
    public String url() {
        return "http://127.0.0.1:" + port.port();
    }

    /** Sends a request. */
    public HttpResponse<String> send(String method, String path, byte[] body, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(url() + path))
                        .method(method, BodyPublishers.ofByteArray(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }

    /** Posts a text. */
    public HttpResponse<String> post(String path, String body, String... headers)
            throws IOException, InterruptedException {
        return send("POST", path, body.getBytes(StandardCharsets.UTF_8), headers);
    }

    /** The records of a repo as JSON lines, in order. */
    public List<String> arrived(String repo) {
        return port.intake().staged().stream()
                .filter(staged -> staged.repo().value().equals(repo))
                .flatMap(staged -> lines(staged).stream())
                .toList();
    }

    /** The same, as objects; the time is {@code time_unix_nano}. */
    public List<JsonObject> records(String repo) {
        return arrived(repo).stream().map(OpenDoor::object).toList();
    }

    private static JsonObject object(String line) {
        JsonObject object = new JsonObject(line);
        Instant time = Instant.parse((String) object.remove("time"));
        long nanos = TimeUnit.SECONDS.toNanos(time.getEpochSecond()) + time.getNano();
        return object.put("time_unix_nano", nanos);
    }

    private static List<String> lines(FakeIntake.Staged staged) {
        WriteBuffer out = new WriteBuffer(1024);
        byte[] body = staged.body();
        new RecordReader()
                .wrap(Encoding.ofCode(staged.encoding()), body, 0, body.length, ARRIVED_MS)
                .read(new NdjsonWriter(out));
        List<String> lines = out.toString().lines().toList();
        if (lines.size() != staged.records()) {
            throw new AssertionError(staged.records() + " were counted, not " + lines.size());
        }
        return lines;
    }

    @Override
    public void close() {
        DataPort.awaitUntil("no bytes in flight", () -> port.node().budget().usedBytes() == 0);
        DataPort.awaitUntil("no calls open", () -> port.node().http().openCalls() == 0);
        port.close();
    }
}
