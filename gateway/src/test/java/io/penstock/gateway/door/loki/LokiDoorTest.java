package io.penstock.gateway.door.loki;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.gateway.door.OpenDoor;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xerial.snappy.Snappy;

/** Loki's push as JSON. */
class LokiDoorTest {
    private final OpenDoor door = new OpenDoor(lane -> new LokiDoor(lane, LokiDoorConfig.DEFAULT));

    @AfterEach
    void close() {
        door.close();
    }

    private HttpResponse<String> push(String json) throws Exception {
        return door.post("/loki/api/v1/push", json, "content-type", "application/json");
    }

    @Test
    void eachLineIsARecordWithItsLabels() throws Exception {
        HttpResponse<String> answer =
                push(
                        """
                        {"streams":[
                          {"stream":{"app":"web","message":"\\u00fc"},
                           "values":[["1700000000000000001","a \\"q\\""],
                                     [ "2" , "b", {"trace":"t"} ]]},
                          {"stream":{},"values":[]}]}
                        """);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(204);
        assertThat(door.records("loki"))
                .containsExactly(
                        new JsonObject()
                                .put("time_unix_nano", 1_700_000_000_000_000_001L)
                                .put("message", "a \"q\"")
                                .put("app", "web")
                                .put("message_1", "\u00fc"),
                        new JsonObject()
                                .put("time_unix_nano", 2)
                                .put("message", "b")
                                .put("app", "web")
                                .put("message_1", "\u00fc")
                                .put("trace", "t"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{} | expected an array 'streams'",
                "{\"streams\":[{}]} | expected an object 'stream'",
                "{\"streams\":[{\"stream\":{}}]} | expected an array 'values'",
                "{\"streams\":[{\"stream\":{},\"values\":[1]}]} | byte 35: expected [time, line]",
                "{\"streams\":[{\"stream\":{},\"values\":[[1]]}]} | byte 36: expected a text",
                "{\"streams\":[{\"stream\":{},\"values\":[[\"1\"]]}]} | byte 39: expected a line",
                "{\"streams\":[{\"stream\":{},\"values\":[[\"x\",\"\"]]}]} | not nanoseconds",
                "{\"streams\":[{\"stream\":{},\"values\":[[]]}]} | expected a text",
                "{\"streams\":[{\"stream\":{},\"values\":[[\"1\",\"\",1]]}]} | an object of texts",
                "{\"streams\":[{\"stream\":{\"a\":1},\"values\":[]}]} | byte 27: expected a text",
                "{\"streams\":[{\"stream\":{\"\":\"\"},\"values\":[]}]} | a name must have",
                "{\"streams\":[ | byte 12: expected",
                "{\"streams\":[3]} | byte 12: expected '{'",
            })
    void aBrokenRequestIsRefusedWhole(String json, String reason) throws Exception {
        HttpResponse<String> answer = push(json);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains(reason);
        assertThat(door.port().intake().staged()).isEmpty();
    }

    @Test
    void theBinaryFormSaysTheSame() throws Exception {
        byte[] request =
                Files.readAllBytes(Path.of("src/test/resources/fuzz/loki_protobuf/request.bin"));
        HttpResponse<String> answer =
                door.send(
                        "POST",
                        "/loki/api/v1/push",
                        Snappy.compress(request),
                        "content-type",
                        "application/x-protobuf",
                        "content-encoding",
                        "snappy");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(204);
        assertThat(door.records("loki"))
                .containsExactly(
                        new JsonObject()
                                .put("time_unix_nano", 1_700_000_000_000_000_005L)
                                .put("message", "a \"q\"")
                                .put("app", "web")
                                .put("path", "/a\"b\u00fcA"),
                        new JsonObject()
                                .put("time_unix_nano", 2_000_000_000L)
                                .put("message", "zw\u00f6lf")
                                .put("app", "web")
                                .put("path", "/a\"b\u00fcA")
                                .put("trace", "t"));
    }

    @Test
    void whatElseIsAsked() throws Exception {
        assertThat(door.send("GET", "/ready", new byte[0]).statusCode()).isEqualTo(200);
        HttpResponse<String> other =
                door.post("/loki/api/v1/push", "x", "content-type", "text/plain");
        assertThat(other.statusCode()).isEqualTo(415);
        HttpResponse<String> broken =
                door.post("/loki/api/v1/push", "x", "content-type", "application/x-protobuf");
        assertThat(broken.statusCode()).isEqualTo(400);
    }
}
