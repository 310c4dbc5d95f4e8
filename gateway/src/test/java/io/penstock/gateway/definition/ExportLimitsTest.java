package io.penstock.gateway.definition;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.exporter.ring.Beginning;
import io.penstock.exporter.ring.Ring;
import io.penstock.gateway.boot.AdminHttp;
import io.penstock.gateway.boot.TestNode;
import io.penstock.model.AckLevel;
import io.penstock.model.RepoName;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExportLimitsTest {
    private static final String NOWHERE = "{\"sink\": {\"type\": \"blackhole\"}}";

    @TempDir private Path directory;

    private static ExportDefinition definition(String repo, String name) {
        return new ExportDefinition(
                new ExportKey(new RepoName(repo), name),
                Map.of("name", name, "repo", repo, "sink", Map.of("type", "blackhole")),
                Beginning.NEWEST,
                false);
    }

    private void write(List<ExportDefinition> definitions) throws Exception {
        Files.createDirectories(directory);
        new DefinitionFile(directory).write(definitions);
    }

    @Test
    void aRepoHasNoMoreExportsThanItsRingHasPlacesForCursors() throws Exception {
        List<ExportDefinition> all = new ArrayList<>();
        for (int i = 0; i < Ring.MAX_CURSORS; i++) {
            all.add(definition("web", "out" + i));
        }
        write(all);
        try (TestNode node = TestNode.start(directory, "")) {
            node.push("web", 1, AckLevel.DELIVERED);
            AdminHttp admin = new AdminHttp(node::admin);
            assertThat(admin.send("PUT", "/v1/exports/web/more", NOWHERE).with(409).error())
                    .contains("repo web has 64 exports");
            admin.send("PUT", "/v1/exports/web/out7", NOWHERE).with(200);
            admin.send("DELETE", "/v1/exports/web/out7", "").with(200);
            admin.send("PUT", "/v1/exports/web/more", NOWHERE).with(201);
        }
    }

    @Test
    void soManyExportsAreMadeByRequestAndNoMore() throws Exception {
        List<ExportDefinition> all = new ArrayList<>();
        for (int i = 0; i < ExportDesk.MAX_EXPORTS; i++) {
            all.add(definition("repo" + i, "out"));
        }
        write(all);
        try (TestNode node = TestNode.start(directory, "")) {
            AdminHttp admin = new AdminHttp(node::admin);
            assertThat(admin.get("/v1/exports").with(200).json().getJsonArray("exports").size())
                    .isEqualTo(ExportDesk.MAX_EXPORTS);
            assertThat(admin.send("PUT", "/v1/exports/web/more", NOWHERE).with(409).error())
                    .contains("1000 exports were made by request");
            admin.send("DELETE", "/v1/exports/repo7/out", "").with(200);
            admin.send("PUT", "/v1/exports/web/more", NOWHERE).with(201);
        }
    }

    @Test
    void aDefinitionThatDoesNotHoldIsToldAndKeptUntilItIsChanged() throws Exception {
        ExportKey key = new ExportKey(new RepoName("web"), "out");
        Map<String, Object> entry =
                Map.of("name", "out", "repo", "web", "sink", Map.of("type", "gone"));
        write(List.of(new ExportDefinition(key, entry, Beginning.OLDEST, false)));
        try (TestNode node = TestNode.start(directory, "")) {
            AdminHttp admin = new AdminHttp(node::admin);
            var row = admin.get("/v1/exports/web/out").with(200).json();
            assertThat(row.getString("state")).isEqualTo("invalid");
            assertThat(row.getString("fault")).contains("sink.type: unknown sink 'gone'");
            assertThat(row.getString("origin")).isEqualTo("request");
            node.push("web", 1, AckLevel.STAGED);
            admin.send("POST", "/v1/exports/web/out/pause", "").with(404);
            admin.send("PUT", "/v1/exports/web/out", NOWHERE).with(200);
            node.push("web", 5, AckLevel.DELIVERED);
            TestNode.until(
                    () ->
                            admin.get("/v1/exports/web/out").json().getLong("delivered_records", 0L)
                                    >= 5);
        }
    }

    @Test
    void theExportsOfARepoThatIsClosedAreMadeAndDeletedToo() throws Exception {
        try (TestNode node = TestNode.start(directory, "")) {
            node.push("web", 10, AckLevel.STAGED);
            new AdminHttp(node::admin).send("PUT", "/v1/exports/web/a", NOWHERE).with(201);
            node.push("web", 1, AckLevel.DELIVERED);
        }
        try (TestNode node = TestNode.start(directory, "")) {
            AdminHttp admin = new AdminHttp(node::admin);
            assertThat(node.gateway().stages().stages()).as("closed drained").isEmpty();
            admin.send("PUT", "/v1/exports/web/b", NOWHERE).with(201);
            assertThat(exports(admin)).isEqualTo(2);
            TestNode.await(node.gateway().stages().close(new RepoName("web")));
            admin.send("DELETE", "/v1/exports/web/a", "").with(200);
            assertThat(exports(admin)).isEqualTo(1);
        }
    }

    private static long exports(AdminHttp admin) throws Exception {
        return admin.get("/v1/repos/web").with(200).json().getJsonObject("repo").getLong("exports");
    }
}
