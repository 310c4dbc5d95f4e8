package io.penstock.gateway.door.bulk;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.exporter.stage.Refusal;
import io.penstock.gateway.door.OpenDoor;
import io.penstock.gateway.ingest.Gzip;
import io.penstock.model.RepoName;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code _bulk}: what is staged, where, and what each item is answered. */
class BulkDoorTest {
    private static final BulkDoorConfig CONFIG =
            new BulkDoorConfig(
                    true,
                    Map.of("logs-*", "web", "logs-audit-*", "audit", "logs-audit-x", "exact"),
                    "",
                    "doc_id",
                    "8.17.0",
                    false,
                    0);

    private final OpenDoor door = new OpenDoor(lane -> new BulkDoor(lane, CONFIG));

    @AfterEach
    void close() {
        door.close();
    }

    private static String item(Object item) {
        JsonObject object = (JsonObject) item;
        String op = object.fieldNames().iterator().next();
        JsonObject said = object.getJsonObject(op);
        String what =
                said.containsKey("error")
                        ? said.getJsonObject("error").getString("type")
                        : said.getString("result");
        return op + " " + said.getString("_index") + " " + said.getInteger("status") + " " + what;
    }

    private static List<String> items(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.headers().firstValue("x-elastic-product")).hasValue("Elasticsearch");
        JsonArray items = new JsonObject(answer.body()).getJsonArray("items");
        return items.stream().map(BulkDoorTest::item).collect(Collectors.toList());
    }

    @Test
    void documentsGoToTheReposOfTheirIndicesAndEachItemIsAnswered() throws Exception {
        HttpResponse<String> answer =
                door.post(
                        "/plain/_bulk",
                        """
                        {"index":{}}
                        {"n":1}
                        {"create":{"_index":"logs-2026","_id":"a\\"b"}}
                        { "n":2, "text":"zw\u00f6lf"}
                        {"delete":{"_index":"plain","_id":"1"}}
                        {"update":{"_index":"plain","_id":"1"}}
                        {"doc":{}}

                        {"index":{"_index":"Wrong"}}
                        {"n":4}
                        {"index":{"_index":"logs-audit-y","_id":7}}
                        {}
                        {"index":{"_index":"logs-audit-x"}}
                        {"n":
                        {"create":{"_index":"logs-audit-x","_type":"_doc","_id":null}}
                        {"n":6}  \r
                        """,
                        "content-type",
                        "application/x-ndjson");

        assertThat(items(answer))
                .containsExactly(
                        "index plain 201 created",
                        "create logs-2026 201 created",
                        "delete plain 400 illegal_argument_exception",
                        "update plain 400 illegal_argument_exception",
                        "index Wrong 400 invalid_index_name_exception",
                        "index logs-audit-y 201 created",
                        "index logs-audit-x 400 document_parsing_exception",
                        "create logs-audit-x 201 created");
        assertThat(new JsonObject(answer.body()).getBoolean("errors")).isTrue();
        assertThat(answer.body()).contains("\"_id\":\"a\\\"b\"", "line 14, column 6: ");
        assertThat(door.records("plain"))
                .containsExactly(new JsonObject("{\"n\":1,\"time_unix_nano\":1234000000}"));
        assertThat(door.arrived("web").get(0))
                .contains("\"doc_id\":\"a\\\"b\"", "\"n\":2", "\"text\":\"zw\u00f6lf\"");
        assertThat(door.arrived("audit").get(0)).contains("\"doc_id\":\"7\"");
        assertThat(door.arrived("exact").get(0)).contains("\"n\":6");
        assertThat(door.port().intake().staged()).hasSize(4);
    }

    @Test
    void documentsAreStagedByteForByte() throws Exception {
        String document = "{\"a\" : 1.50, \"b\":[1,{\"c\":null}],\"\u00fc\":\"\\u00fc\"}";
        String body = "{\"index\":{\"_index\":\"x\"}}\n" + document + "\n";
        HttpResponse<String> answer =
                door.send(
                        "PUT",
                        "/_bulk?refresh=true",
                        Gzip.of(body.getBytes(StandardCharsets.UTF_8)),
                        "content-encoding",
                        "gzip");

        assertThat(items(answer)).containsExactly("index x 201 created");
        assertThat(new JsonObject(answer.body()).getBoolean("errors")).isFalse();
        assertThat(door.port().intake().staged().get(0).bytes().toString())
                .isEqualTo(document + "\n");
    }

    @Test
    void theHeaderNamesTheRepoOfAll() throws Exception {
        HttpResponse<String> answer =
                door.post(
                        "/_bulk",
                        "{\"index\":{\"_index\":\"Any\"}}\n{}\n{\"index\":{}}\n{}\n",
                        "x-penstock-repo",
                        "mine");
        assertThat(items(answer)).containsExactly("index Any 201 created", "index  201 created");
        assertThat(door.arrived("mine")).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"index\":{}}\\n{} | terminated by a newline",
                "{\"index\":{}}\\n | line [1], the document behind it is missing",
                "{\"index\":{}\\n{}\\n | Malformed action/metadata line [1], ",
                "\\n{\"put\":{}}\\n{}\\n | line [2], expected one of [create, delete, index,"
                        + " update]",
                "{\"index\":3}\\n{}\\n | line [1], expected an object behind the action",
                "{\"index\":{},\"create\":{}}\\n{}\\n | line [1], expected one object with one"
                        + " action",
                "{\"index\":{\"_id\":[]}}\\n{}\\n | line [1], expected a text behind _id",
                "'' | request body is required",
                "\\n | no requests added",
            })
    void aBrokenActionLineSpoilsTheRequest(String body, String reason) throws Exception {
        HttpResponse<String> answer = door.post("/x/_bulk", body.replace("\\n", "\n"));
        assertThat(answer.statusCode()).isEqualTo(400);
        JsonObject error = new JsonObject(answer.body()).getJsonObject("error");
        assertThat(error.getString("type")).isEqualTo("illegal_argument_exception");
        assertThat(error.getString("reason")).contains(reason);
        assertThat(door.port().intake().staged()).isEmpty();
    }

    @Test
    void aFullStageIsAnsweredPerItemSoThatClientsSendTheItemAgain() throws Exception {
        door.port().intake().refuse(new Refusal.Full(new RepoName("x"), 250, "no room"));
        HttpResponse<String> answer = door.post("/x/_bulk", "{\"index\":{}}\n{}\n");
        assertThat(items(answer)).containsExactly("index x 429 es_rejected_execution_exception");

        door.port().intake().refuse(new Refusal.UnknownRepo("no such repo"));
        answer = door.post("/x/_bulk", "{\"index\":{}}\n{}\n");
        assertThat(items(answer)).containsExactly("index x 404 index_not_found_exception");
    }

    @Test
    void aDrainingNodeRefusesTheRequest() throws Exception {
        door.port().node().drain();
        HttpResponse<String> answer = door.post("/x/_bulk", "{\"index\":{}}\n{}\n");
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("retry-after")).isPresent();
        assertThat(new JsonObject(answer.body()).getInteger("status")).isEqualTo(503);
    }

    @Test
    void aDocumentOverTheLimitIsRefusedAloneAndTooManyReposToo() throws Exception {
        StringBuilder body = new StringBuilder();
        body.append("{\"index\":{}}\n{\"a\":\"").append("x".repeat(70_000)).append("\"}\n");
        for (int n = 0; n < 70; n++) {
            body.append("{\"index\":{\"_index\":\"r").append(n).append("\"}}\n{\"n\":1}\n");
        }
        List<String> items = items(door.post("/x/_bulk", body.toString()));
        assertThat(items.get(0)).isEqualTo("index x 400 document_parsing_exception");
        assertThat(items.subList(1, 65)).allMatch(item -> item.endsWith(" 201 created"));
        assertThat(items.subList(65, 71)).allMatch(item -> item.contains(" 400 "));
        assertThat(door.port().intake().staged()).hasSize(64);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET / 200",
                "HEAD / 200",
                "GET /_cluster/health 200",
                "GET /_license 200",
                "GET /_xpack 200",
                "GET /_index_template/a 404",
                "HEAD /_template/a 404",
                "PUT /_index_template/a 200",
                "PUT /_ilm/policy/a 200",
                "DELETE /_license 405",
                "GET /_bulk 405",
                "GET /_cat/indices 404"
            })
    void whatClientsAskFirstIsAnswered(String asked) throws Exception {
        String[] words = asked.split(" ", -1);
        HttpResponse<String> answer = door.send(words[0], words[1], new byte[0]);
        assertThat(answer.statusCode()).isEqualTo(Integer.parseInt(words[2]));
        if (!words[1].startsWith("/_cat")) {
            assertThat(answer.headers().firstValue("x-elastic-product")).hasValue("Elasticsearch");
        }
    }
}
