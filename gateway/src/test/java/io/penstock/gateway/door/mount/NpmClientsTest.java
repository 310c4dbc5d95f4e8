package io.penstock.gateway.door.mount;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.exporter.stage.Refusal;
import io.penstock.gateway.door.OpenDoor;
import io.penstock.model.RepoName;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients of others, unchanged but for the address. */
class NpmClientsTest {
    @TempDir Path directory;
    private final OpenDoor door = new OpenDoor(lane -> new Doors(lane, DoorsConfig.DEFAULT));

    @AfterEach
    void close() {
        door.close();
    }

    @Test
    void theOfficialClientOfElasticsearchFindsItsServerAndItsItems() throws Exception {
        JsonObject said = DoorClients.run("elasticsearch.js", door.url(), directory);

        assertThat(said.getString("info")).isEqualTo("You Know, for Search");
        assertThat(said.getString("health")).isEqualTo("green");
        assertThat(said.getBoolean("errors")).isTrue();
        assertThat(said.getJsonArray("items"))
                .isEqualTo(
                        JsonArray.of(
                                "index plain 201 created",
                                "create logs-2026.11.26 201 created",
                                "delete plain 400 illegal_argument_exception",
                                "update plain 400 illegal_argument_exception",
                                "index Wrong 400 invalid_index_name_exception"));
        assertThat(said.getString("id")).isEqualTo("a\"b");
        JsonObject helper = said.getJsonObject("helper");
        assertThat(helper.getInteger("successful")).isEqualTo(2500);
        assertThat(helper.getInteger("failed")).isZero();
        assertThat(door.records("helped").stream().map(each -> each.getInteger("n")))
                .containsExactlyInAnyOrderElementsOf(IntStream.range(0, 2500).boxed().toList());
        assertThat(door.records("logs-2026.11.26").get(0).getString("text"))
                .isEqualTo("zw\u00f6lf");
    }

    @Test
    void itsHelperSendsAgainWhatFoundNoRoom() throws Exception {
        door.port().intake().refuse(new Refusal.Full(new RepoName("helped"), 10, "no room"));
        Thread room =
                new Thread(
                        () -> {
                            long full = door.port().node().http().requests();
                            while (door.port().node().http().requests() < full + 8) {
                                Thread.onSpinWait();
                            }
                            door.port().intake().refuse(null);
                        });
        room.start();
        JsonObject said = DoorClients.run("elasticsearch.js", door.url(), directory);
        room.join();

        JsonObject helper = said.getJsonObject("helper");
        assertThat(helper.getInteger("successful")).isEqualTo(2500);
        assertThat(helper.getInteger("retry")).isPositive();
        assertThat(door.records("helped").stream().map(each -> each.getInteger("n")))
                .containsExactlyInAnyOrderElementsOf(IntStream.range(0, 2500).boxed().toList());
    }

    @Test
    void theOfficialClientOfInfluxdb2WritesPointsAndHearsWhatIsWrong() throws Exception {
        JsonObject said = DoorClients.run("influxdb2.js", door.url(), directory);

        JsonArray failures = said.getJsonArray("failures");
        assertThat(failures).hasSize(1);
        assertThat(failures.getString(0))
                .startsWith("400 ")
                .contains("partial write: unable to parse 'cpu busy= 1700000000000'");
        assertThat(door.records("metrics")).hasSize(251);
        assertThat(door.records("metrics"))
                .contains(
                        new JsonObject()
                                .put("time_unix_nano", 1_700_000_000_007_000_000L)
                                .put("measurement", "cpu load")
                                .put("host", "h,\u00fc=1")
                                .put("busy", 7.5)
                                .put("n", 7)
                                .put("ok", false)
                                .put("text", "say \"7\" \\ end")
                                .put("u", 7));
    }

    @Test
    void theClientOfInfluxdb1PingsCreatesAndWrites() throws Exception {
        JsonObject said = DoorClients.run("influxdb1.js", door.url(), directory);

        assertThat(said.getBoolean("online")).isTrue();
        assertThat(said.getString("version")).isEqualTo("1.8.10");
        assertThat(door.records("old")).hasSize(100);
        assertThat(door.records("old").get(3))
                .isEqualTo(
                        new JsonObject()
                                .put("time_unix_nano", 1_700_000_000_003_000_000L)
                                .put("measurement", "web")
                                .put("host", "a")
                                .put("ms", 0.75)
                                .put("path", "/x y")
                                .put("n", 3));
    }

    @ParameterizedTest
    @ValueSource(strings = {"json", "protobuf"})
    void aLogTransportForLokiPushesItsLines(String form) throws Exception {
        JsonObject said = DoorClients.run("loki.js", door.url(), directory, form);

        assertThat(said.getJsonArray("errors")).isEmpty();
        assertThat(door.records("loki")).hasSize(20);
        JsonObject one = door.records("loki").get(5);
        assertThat(one.getString("app")).isEqualTo("web");
        assertThat(one.getString("level")).isEqualTo("info");
        assertThat(one.getString("message")).contains("line \\\"5\\\" zw\u00f6lf");
    }
}
