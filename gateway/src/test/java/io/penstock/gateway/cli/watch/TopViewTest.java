package io.penstock.gateway.cli.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;

class TopViewTest {
    private static final int EVERYTHING = 200;

    private static JsonObject export(String name, String state, long rate, long lag, long ageMs) {
        return new JsonObject()
                .put("repo", "web")
                .put("export", name)
                .put("sink", "http")
                .put("state", state)
                .put("delivered_per_s", rate)
                .put("delivered_bytes_per_s", rate * 100)
                .put("lag_records", lag)
                .put("lag_bytes", lag * 100)
                .put("oldest_age_ms", ageMs)
                .put("in_flight", 2)
                .put(
                        "pressure",
                        new JsonObject()
                                .put("concurrency_limit", 8)
                                .put("batch_limit_bytes", 1 << 20)
                                .put("last_limit_change", "down: answers of 429\u001b[2J"));
    }

    private static JsonObject node(String id, JsonObject... exports) {
        JsonObject self =
                new JsonObject()
                        .put("self", true)
                        .put("process_cores", 0.5)
                        .put("capacity", new JsonObject().put("cpu", 4.0));
        JsonObject repo =
                new JsonObject()
                        .put("repo", "web")
                        .put("state", "active")
                        .put("accepted_per_s", 1234)
                        .put("staged_bytes_per_s", 5 << 20)
                        .put("staged_bytes", 1 << 20)
                        .put("disk_bytes", 8 << 20);
        JsonObject snapshot =
                new JsonObject()
                        .put("node", new JsonObject().put("node", id).put("state", "running"))
                        .put(
                                "totals",
                                new JsonObject()
                                        .put("accepted_per_s", 1234)
                                        .put("oldest_age_ms", 12_000))
                        .put("nodes", new JsonArray().add(self))
                        .put("repos", new JsonArray().add(repo))
                        .put("exports", new JsonArray(List.of(exports)));
        return new JsonObject()
                .put("admin", "127.0.0.1:1")
                .put(
                        "process",
                        new JsonObject().put("connections", 3).put("heap_used_bytes", 1 << 26))
                .put("snapshot", snapshot);
    }

    private static final JsonObject ONE =
            node(
                    "node-1",
                    export("slow", "running", 5, 900, 40_000),
                    export("fast", "running", 700, 3, 12),
                    export("broken", "failed", 0, 40, 99_000),
                    export("off", "paused", 0, 40, 9_000));

    private static TopView.Order by(SortKey key, boolean reversed) {
        return new TopView.Order(key, reversed, 0);
    }

    private static List<String> names(TopView.Order order) {
        return TopView.all(List.of(ONE), order, EVERYTHING, false).stream()
                .filter(line -> line.startsWith("web/"))
                .map(line -> line.substring(4, line.indexOf(' ')))
                .toList();
    }

    @Test
    void sortsBothWays() {
        assertThat(names(by(SortKey.LAG, false))).containsExactly("slow", "broken", "off", "fast");
        assertThat(names(by(SortKey.LAG, true))).containsExactly("fast", "off", "broken", "slow");
        assertThat(names(by(SortKey.RATE, false))).startsWith("fast", "slow");
        assertThat(names(by(SortKey.AGE, false))).startsWith("broken", "slow");
        assertThat(names(by(SortKey.BYTES, false))).startsWith("slow");
        assertThat(names(by(SortKey.NAME, false))).containsExactly("broken", "fast", "off", "slow");
        assertThat(names(by(SortKey.STATE, false)))
                .containsExactly("broken", "slow", "off", "fast");
    }

    @Test
    void saysWhatEachIsDoing() {
        List<String> lines = TopView.all(List.of(ONE), by(SortKey.LAG, false), EVERYTHING, false);
        assertThat(lines)
                .anySatisfy(
                        line ->
                                assertThat(line)
                                        .containsSubsequence(
                                                "node-1",
                                                "running",
                                                "1,234",
                                                "12.0 s",
                                                "0.5 of 4",
                                                "64.0 MiB",
                                                "3"))
                .anySatisfy(line -> assertThat(line).containsSubsequence("web ", "active", "1,234"))
                .anySatisfy(
                        line ->
                                assertThat(line)
                                        .containsSubsequence(
                                                "web/slow",
                                                "http",
                                                "lags",
                                                "900",
                                                "40.0 s",
                                                "2/8",
                                                "1.0 MiB",
                                                "down: answers of 429 [2J"));
        assertThat(String.join("", lines)).doesNotContain("\u001b");
    }

    @Test
    void fitsTheScreenHoweverSmallAndSaysWhatDoesNot() {
        for (int columns = 20; columns <= 160; columns += 20) {
            for (int rows = 8; rows < 40; rows += 7) {
                int most = columns;
                assertThat(
                                TopView.screen(
                                        List.of(ONE), by(SortKey.LAG, false), columns, rows, false))
                        .hasSize(rows)
                        .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(most));
            }
        }
        List<String> small =
                TopView.screen(
                        List.of(ONE), new TopView.Order(SortKey.LAG, false, 1), 120, 11, false);
        assertThat(small)
                .anySatisfy(line -> assertThat(line).startsWith("web/broken"))
                .anySatisfy(
                        line -> assertThat(line).contains("more exports, 1 of them above; by lag"))
                .noneSatisfy(line -> assertThat(line).startsWith("web/slow"));
        assertThat(small).last().asString().startsWith("q quit");
    }

    @Test
    void ofSeveralNodesEachRowSaysWhoseItIsAndSilenceIsExplained() {
        JsonObject silent =
                new JsonObject()
                        .put("admin", "10.0.0.9:4401")
                        .put("process", new JsonObject())
                        .put("fault", "cannot reach it");
        List<String> lines =
                TopView.all(
                        List.of(ONE, node("node-2", export("slow", "running", 1, 2, 3)), silent),
                        by(SortKey.NAME, false),
                        EVERYTHING,
                        false);
        assertThat(lines)
                .anySatisfy(line -> assertThat(line).startsWith("node-2  web/slow"))
                .anySatisfy(line -> assertThat(line).startsWith("10.0.0.9:4401  silent"))
                .contains("10.0.0.9:4401: cannot reach it");
    }

    @Test
    void coloursFollowTheStateOnTerminalsAlone() {
        List<String> lines = TopView.all(List.of(ONE), by(SortKey.LAG, false), EVERYTHING, true);
        assertThat(lines)
                .anySatisfy(line -> assertThat(line).startsWith("\u001b[31mweb/broken"))
                .anySatisfy(line -> assertThat(line).startsWith("\u001b[33mweb/slow"))
                .anySatisfy(line -> assertThat(line).startsWith("\u001b[2mweb/off"))
                .anySatisfy(line -> assertThat(line).startsWith("web/fast"));
    }

    @Test
    void aNodeThatListensEverywhereIsFoundWhereItsClusterPortIs() {
        assertThat(Watches.reachable("0.0.0.0:4401", "10.0.0.3:4402")).isEqualTo("10.0.0.3:4401");
        assertThat(Watches.reachable("[::]:4401", "10.0.0.3:4402")).isEqualTo("10.0.0.3:4401");
        assertThat(Watches.reachable("10.0.0.4:4401", "10.0.0.3:1")).isEqualTo("10.0.0.4:4401");
    }
}
