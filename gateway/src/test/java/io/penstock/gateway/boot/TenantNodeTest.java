package io.penstock.gateway.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.gateway.boot.AdminHttp.Said;
import io.penstock.gateway.config.ConfigException;
import io.penstock.model.AckLevel;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tenants of a whole node: repos by template, limits, shares, and what is told about them. */
class TenantNodeTest {
    private static final String TWO =
            """
            repos: {auto_create: false, declared: [web]}
            tenants:
              acme:
                repos: ['acme-*']
                limits: {max_repos: 2}
                exports: [{name: theirs, batch: {linger_ms: 0}, sink: {type: blackhole}}]
              zeta: {repos: ['zeta-*'], auto_create: false, weight: 3}
            """;

    /** Nothing listens there, so all that is pushed stays staged. */
    private static final String STUCK =
            """
            staging: {max_bytes: 16MiB}
            repos: {exports: [{name: stuck, sink: {type: http, url: 'http://127.0.0.1:1/'}}]}
            tenants:
              acme: {repos: ['acme-*']}
              zeta: {repos: ['zeta-*']}
            """;

    @TempDir private Path directory;

    private static Said push(TestNode node, String repo, String body) throws Exception {
        return new AdminHttp(node::data).send("POST", "/v1/repos/" + repo + "/batches", body);
    }

    private static JsonObject tenant(TestNode node, int place) throws Exception {
        return new AdminHttp(node::admin)
                .get("/v1/tenants")
                .with(200)
                .json()
                .getJsonArray("tenants")
                .getJsonObject(place);
    }

    private static List<String> exports(TestNode node) throws Exception {
        return new AdminHttp(node::admin)
                .get("/v1/exports").json().getJsonArray("exports").stream()
                        .map(export -> (JsonObject) export)
                        .map(e -> e.getString("repo") + "/" + e.getString("export"))
                        .toList();
    }

    @Test
    void aFirstPushMakesARepoByItsTenantsRuleAndTemplate() throws Exception {
        try (TestNode node = TestNode.start(directory, TWO)) {
            node.push("acme-a", 10, AckLevel.DELIVERED);
            node.push("acme-b", 10, AckLevel.DELIVERED);
            node.push("web", 10, AckLevel.DELIVERED);

            assertThat(exports(node)).containsExactly("acme-a/theirs", "acme-b/theirs");
            assertThat(push(node, "zeta-a", "[{\"a\":1}]").status()).isEqualTo(404);
            assertThat(push(node, "other", "[{\"a\":1}]").status()).isEqualTo(404);
            assertThat(push(node, "acme-c", "[{\"a\":1}]").with(404).text())
                    .contains("tenant acme has 2 repos, its limit");
            JsonObject acme = tenant(node, 0);
            assertThat(acme.getString("tenant")).isEqualTo("acme");
            assertThat(acme.getJsonObject("used").getInteger("repos")).isEqualTo(2);
            assertThat(acme.getJsonObject("used").getLong("accepted_requests")).isEqualTo(2);
            assertThat(acme.getJsonObject("refused").getLong("repos")).isPositive();
            assertThat(tenant(node, 2).getJsonObject("used").getInteger("repos")).isEqualTo(1);
        }
        try (TestNode again = TestNode.start(directory, TWO)) {
            assertThat(tenant(again, 0).getJsonObject("used").getInteger("repos")).isEqualTo(2);
            assertThat(push(again, "acme-c", "[{\"a\":1}]").status()).isEqualTo(404);
            again.push("acme-a", 10, AckLevel.DELIVERED);
        }
    }

    @Test
    void listsReposInParts() throws Exception {
        try (TestNode node = TestNode.start(directory, "tenants: {}")) {
            for (String repo : List.of("d", "a", "c", "b")) {
                push(node, repo, "[{\"a\":1}]").with(200);
            }
            AdminHttp admin = new AdminHttp(node::admin);
            JsonObject first = admin.get("/v1/repos?limit=3").with(200).json();
            JsonObject rest = admin.get("/v1/repos?limit=3&after=c").with(200).json();

            assertThat(names(first)).containsExactly("a", "b", "c");
            assertThat(first.getString("next")).isEqualTo("c");
            assertThat(names(rest)).containsExactly("d");
            assertThat(rest.containsKey("next")).isFalse();
            admin.get("/v1/repos?limit=0").with(400);
            admin.get("/v1/repos?limit=x").with(400);
            assertThat(admin.get("/metrics").text()).contains("penstock_repos_known 4");
        }
    }

    private static List<String> names(JsonObject repos) {
        JsonArray rows = repos.getJsonArray("repos");
        return rows.stream().map(row -> ((JsonObject) row).getString("repo")).toList();
    }

    @Test
    void aTenantThatFillsTheDiskLeavesRoomForTheOthers() throws Exception {
        String body = "[{\"text\":\"" + "x".repeat(100_000) + "\"}]";
        try (TestNode node = TestNode.start(directory, STUCK)) {
            int filled = fill(node, "acme-a", body) + fill(node, "acme-b", body);

            assertThat(filled).as("of the 16 MiB, a part").isBetween(90, 150);
            assertThat(tenant(node, 0).getJsonObject("used").getLong("disk_bytes"))
                    .as("12 MiB, and two segments of the ring that came last")
                    .isEqualTo(14L << 20);
            for (int i = 0; i < 8; i++) {
                push(node, "zeta-a", body).with(200);
            }
            assertThat(tenant(node, 1).getJsonObject("used").getLong("staged_bytes"))
                    .isGreaterThan(800_000);
            assertThat(push(node, "acme-a", body).status()).isEqualTo(429);
        }
    }

    /** Pushes until the answer is that there is no room; how often that went well. */
    private static int fill(TestNode node, String repo, String body) throws Exception {
        int well = 0;
        while (true) {
            Said said = push(node, repo, body);
            if (said.status() == 429) {
                return well;
            }
            said.with(200);
            well++;
        }
    }

    @Test
    void namesWhatIsWrongWithATenant() {
        assertRefused("acme: {repos: []}", "tenants: acme: repos: a tenant has at least one");
        assertRefused("default: {repos: [web]}", "nobody else's");
        assertRefused("acme: {repos: ['A*']}", "fits no repo");
        assertRefused("acme: {repos: [a], weight: 0}", "weight: 0 is outside 1 to 1000");
        assertRefused("acme: {repos: [a], limits: {max_repo: 1}}", "did you mean");
        assertRefused(
                "acme: {repos: [a], exports: [{name: x, sink: {type: blackhole}},"
                        + " {name: x, sink: {type: blackhole}}]}",
                "two exports of a repo are called 'x'");
    }

    private void assertRefused(String tenant, String why) {
        String yaml = TestNode.yaml(directory, "tenants: {" + tenant + "}\n");
        assertThatThrownBy(() -> TestNode.make(yaml))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(why);
    }
}
