package io.penstock.gateway.door.remotewrite;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.exporter.stage.Refusal;
import io.penstock.gateway.door.OpenDoor;
import io.penstock.model.RepoName;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xerial.snappy.Snappy;

/** Remote write: what is staged, and the statuses that its specification asks for. */
class RemoteWriteDoorTest {
    private static final String[] HEADERS = {
        "content-type", "application/x-protobuf",
        "content-encoding", "snappy",
        "x-prometheus-remote-write-version", "0.1.0"
    };

    private final OpenDoor door =
            new OpenDoor(lane -> new RemoteWriteDoor(lane, RemoteWriteDoorConfig.DEFAULT));

    @AfterEach
    void close() {
        door.close();
    }

    /** A length-delimited field. */
    private static byte[] field(int number, byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int length = Arrays.stream(parts).mapToInt(part -> part.length).sum();
        out.write(number << 3 | 2);
        out.writeBytes(varint(length));
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    private static byte[] varint(long value) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            out.write((int) (rest | 0x80));
            rest >>>= 7;
        }
        out.write((int) rest);
        return out.toByteArray();
    }

    private static byte[] label(String name, String value) {
        return field(
                1,
                field(1, name.getBytes(StandardCharsets.UTF_8)),
                field(2, value.getBytes(StandardCharsets.UTF_8)));
    }

    private static byte[] sample(double value, long ms) {
        ByteBuffer fixed =
                ByteBuffer.allocate(9)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .put((byte) 9)
                        .putDouble(value);
        return field(2, fixed.array(), new byte[] {2 << 3}, varint(ms));
    }

    private HttpResponse<String> push(byte[]... series) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] one : series) {
            out.writeBytes(one);
        }
        return door.send("POST", "/api/v1/write", Snappy.compress(out.toByteArray()), HEADERS);
    }

    @Test
    void eachSampleIsARecord() throws Exception {
        HttpResponse<String> answer =
                push(
                        field(
                                1,
                                label("__name__", "up"),
                                label("job", "a"),
                                sample(1, 1000),
                                sample(-0.5, 2000)),
                        field(1, label("__name__", "x"), label("value", "\u00fc"), sample(2, 3000)),
                        field(3, field(2, "x".getBytes(StandardCharsets.UTF_8))));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(204);
        assertThat(door.records("prometheus"))
                .containsExactly(
                        new JsonObject(
                                "{\"time_unix_nano\":1000000000,\"value\":1.0,\"__name__\":\"up\",\"job\":\"a\"}"),
                        new JsonObject(
                                "{\"time_unix_nano\":2000000000,\"value\":-0.5,\"__name__\":\"up\",\"job\":\"a\"}"),
                        new JsonObject(
                                "{\"time_unix_nano\":3000000000,\"value\":2.0,\"__name__\":\"x\",\"value_1\":\"\u00fc\"}"));
    }

    @Test
    void whatIsGoodIsStagedAndTheAnswerSaysThatTheRestIsNot() throws Exception {
        HttpResponse<String> answer =
                push(
                        field(1, label("__name__", "up"), sample(1, 1000)),
                        field(1, label("", "a"), sample(1, 1000)),
                        field(1, label("__name__", "h"), field(4, new byte[0])));
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body())
                .isEqualTo(
                        "2 of the samples were not taken, the others were: a label without name\n");
        assertThat(door.arrived("prometheus")).hasSize(1);
    }

    @Test
    void aRequestWithoutSamplesIsAGoodOne() throws Exception {
        assertThat(push(field(3, new byte[0])).statusCode()).isEqualTo(204);
        assertThat(door.port().intake().staged()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "application/x-protobuf;proto=io.prometheus.write.v2.Request, snappy, 415",
        "application/x-protobuf;proto=prometheus.WriteRequest, snappy, 204",
        "text/plain, snappy, 415",
        "application/x-protobuf, gzip, 415",
    })
    void headersDecide(String type, String coding, int status) throws Exception {
        byte[] body = Snappy.compress(field(1, label("a", "b"), sample(1, 1)));
        HttpResponse<String> answer =
                door.send(
                        "POST",
                        "/api/v1/write",
                        body,
                        "content-type",
                        type,
                        "content-encoding",
                        coding);
        assertThat(answer.statusCode()).isEqualTo(status);
    }

    @Test
    void brokenBytesAndBombsAreRefusedForGood() throws Exception {
        HttpResponse<String> garbage =
                door.send("POST", "/api/v1/write", new byte[] {9, 1, 2}, HEADERS);
        assertThat(garbage.statusCode()).isEqualTo(400);
        HttpResponse<String> framing = push(new byte[] {10, 100, 1});
        assertThat(framing.statusCode()).isEqualTo(400);
        byte[] bomb = Snappy.compress(new byte[5 << 20]);
        HttpResponse<String> large = door.send("POST", "/api/v1/write", bomb, HEADERS);
        assertThat(large.statusCode()).isEqualTo(413);
        assertThat(large.body()).contains("inflates to 5242880 bytes, the limit is 4194304");
    }

    @Test
    void aSeriesOfManySamplesAndLongLabelsIsBounded() throws Exception {
        byte[][] parts = new byte[20_001][];
        parts[0] = label("__name__", "n".repeat(10_000));
        for (int n = 1; n < parts.length; n++) {
            parts[n] = sample(n, n);
        }
        HttpResponse<String> answer = push(field(1, parts));
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("not taken");
        int bytes = door.port().intake().staged().stream().mapToInt(s -> s.bytes().length()).sum();
        assertThat(bytes).isBetween(8 << 20, 9 << 20);
    }

    @Test
    void refusalsThatPassAreRepeatedByTheSender() throws Exception {
        byte[] series = field(1, label("a", "b"), sample(1, 1));
        door.port().intake().refuse(new Refusal.Full(new RepoName("x"), 10, "no room"));
        assertThat(push(series).statusCode()).isEqualTo(429);
        door.port().intake().refuse(new Refusal.Unavailable(10, "gone"));
        assertThat(push(series).statusCode()).isEqualTo(503);
        door.port().intake().refuse(new Refusal.UnknownRepo("none"));
        assertThat(push(series).statusCode()).isEqualTo(404);
    }
}
