package io.penstock.gateway.door.influx;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.exporter.stage.Refusal;
import io.penstock.gateway.door.OpenDoor;
import io.penstock.gateway.ingest.Gzip;
import io.penstock.model.RepoName;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Line protocol: what is staged, and InfluxDB's words. */
class InfluxDoorTest {
    private final OpenDoor door =
            new OpenDoor(
                    lane ->
                            new InfluxDoor(
                                    lane,
                                    new InfluxDoorConfig(
                                            true, Map.of("My *", "mine"), "", false, 0)));

    @AfterEach
    void close() {
        door.close();
    }

    @Test
    void linesOfBothVersionsBecomeRecords() throws Exception {
        String lines =
                """
                # a comment
                cpu\\ load,host=h\\,1,az=\u00fc busy=1.5,n=-3i,u=4u,ok=t,text="a \\"q\\" \\\\ b" 1700000000
                 mem,host=h2 host="twin",free=1e3

                """;
        HttpResponse<String> first = door.post("/write?db=met&precision=s", lines);
        assertThat(first.statusCode()).as(first.body()).isEqualTo(204);
        assertThat(first.headers().firstValue("x-influxdb-version")).isPresent();
        HttpResponse<String> second =
                door.send(
                        "POST",
                        "/api/v2/write?org=o&bucket=My%20Bucket&precision=s",
                        Gzip.of(lines.getBytes(StandardCharsets.UTF_8)),
                        "content-encoding",
                        "gzip");
        assertThat(second.statusCode()).as(second.body()).isEqualTo(204);

        assertThat(door.records("met"))
                .containsExactly(
                        new JsonObject()
                                .put("time_unix_nano", 1_700_000_000_000_000_000L)
                                .put("measurement", "cpu load")
                                .put("host", "h,1")
                                .put("az", "\u00fc")
                                .put("busy", 1.5)
                                .put("n", -3)
                                .put("u", 4)
                                .put("ok", true)
                                .put("text", "a \"q\" \\ b"),
                        new JsonObject()
                                .put("time_unix_nano", 1_234_000_000)
                                .put("measurement", "mem")
                                .put("host", "h2")
                                .put("host_1", "twin")
                                .put("free", 1000.0));
        assertThat(door.arrived("mine")).isEqualTo(door.arrived("met"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "cpu | missing fields at line 1, column 4",
                "cpu,host=a | missing fields at line 1, column 11",
                "cpu,host= v=1 | missing tag value at line 1, column 10",
                "cpu v= | missing field value at line 1, column 7",
                "cpu v=1x | invalid number at line 1, column 7",
                "cpu v=NaN | invalid number at line 1, column 7",
                "cpu v=9223372036854775808i | value out of range at line 1, column 1",
                "cpu v=1 12x | bad timestamp at line 1, column 11",
                "cpu v=1 99999999999999999 | time outside range at line 1, column 1",
                "cpu v=\"a | unbalanced quotes at line 1, column 7",
                ",a=b v=1 | missing measurement at line 1, column 1",
                "cpu =1 | missing field key at line 1, column 5",
                "cpu v=1,\"x\" | missing field value at line 1, column 12",
                "cpu v=\"a\"b | invalid field format at line 1, column 10",
            })
    void aBadLineIsToldWithItsPlaceAndTheOthersAreWritten(String line, String reason)
            throws Exception {
        HttpResponse<String> alone = door.post("/write?db=d&precision=s", line);
        assertThat(alone.statusCode()).isEqualTo(400);
        assertThat(new JsonObject(alone.body()).getString("error"))
                .isEqualTo("unable to parse '" + line + "': " + reason);
        assertThat(door.arrived("d")).isEmpty();

        String behind = "a v=1 1\nb text=\"two\nlines\"\n" + line + "\nc v=2";
        HttpResponse<String> among = door.post("/api/v2/write?bucket=d&precision=s&org=o", behind);
        assertThat(among.statusCode()).isEqualTo(400);
        JsonObject said = new JsonObject(among.body());
        assertThat(said.getString("code")).isEqualTo("invalid");
        assertThat(said.getInteger("line")).isEqualTo(4);
        boolean swallows = line.contains("\"a") && !line.contains("\"a\"");
        assertThat(said.getString("message"))
                .startsWith("partial write: unable to parse '")
                .endsWith(" dropped=1")
                .contains(reason.replace("line 1", "line 4"));
        assertThat(door.arrived("d")).hasSize(swallows ? 2 : 3);
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /write, 400, database is required",
        "POST, /api/v2/write, 400, bucket is required",
        "POST, /write?db=UPPER, 400, doors.influxdb.repos can name another",
        "POST, /write?db=a&precision=week, 400, invalid precision",
        "GET, /write?db=a, 405, POST",
        "GET, /query?q=SHOW+DATABASES, 405, nothing here to be queried",
        "POST, /query?q=CREATE+DATABASE+a, 200, statement_id",
        "GET, /ping, 204, ''",
        "HEAD, /ping, 204, ''",
        "GET, /health, 200, pass",
    })
    void whatElseIsAsked(String method, String path, int status, String words) throws Exception {
        HttpResponse<String> answer = door.send(method, path, new byte[0]);
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.body()).contains(words);
    }

    @Test
    void refusalsSayWhetherToComeBack() throws Exception {
        door.port().intake().refuse(new Refusal.Full(new RepoName("x"), 2500, "no room"));
        HttpResponse<String> full = door.post("/write?db=a", "a v=1");
        assertThat(full.statusCode()).isEqualTo(429);
        assertThat(full.headers().firstValue("retry-after")).hasValue("3");
        HttpResponse<String> unpacked = door.post("/write?db=a", "a v=1", "content-encoding", "br");
        assertThat(unpacked.statusCode()).isEqualTo(415);
        HttpResponse<String> broken = door.post("/write?db=a", "a v=1", "content-encoding", "gzip");
        assertThat(broken.statusCode()).isEqualTo(400);
        assertThat(door.post("/write?db=a", "").statusCode()).isEqualTo(204);
    }

    @Test
    void fieldsOfAllSortsAreTakenAndARequestThatGrowsTooLargeIsToldHowFarItWent() throws Exception {
        StringBuilder lines = new StringBuilder();
        for (int n = 0; n < 60_000; n++) {
            lines.append("m a").append(n).append("=1\n");
        }
        assertThat(door.post("/write?db=a", lines.toString()).statusCode()).isEqualTo(204);
        assertThat(door.arrived("a")).hasSize(60_000);

        HttpResponse<String> answer = door.post("/write?db=b", "m a=1 1\n".repeat(131_000));
        assertThat(answer.statusCode()).isEqualTo(413);
        int arrived = door.arrived("b").size();
        assertThat(answer.body())
                .contains(
                        "partial write: ",
                        "the request is too large",
                        "dropped=" + (131_000 - arrived));
        assertThat(arrived).isGreaterThan(100_000);
    }
}
