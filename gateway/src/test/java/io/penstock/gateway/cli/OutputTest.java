package io.penstock.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.gateway.boot.TestNode;
import io.penstock.gateway.config.Documents;
import io.penstock.model.AckLevel;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * The documents that verbs print: one content in two forms, with the keys that docs/cli.md says.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OutputTest {
    private static final String EXPORTS =
            "exports: [{name: none, repo: web, sink: {type: blackhole}}]";
    private static final Pattern ROW =
            Pattern.compile("(?m)^\\| `penstock ([a-z ]+)` \\| (.*) \\|$");
    private static final Pattern WORD = Pattern.compile("`([a-z_]+)`");

    @TempDir private static Path directory;
    private final Map<String, List<String>> keys = new TreeMap<>();
    private TestNode node;

    @BeforeAll
    void start() throws Exception {
        Matcher row = ROW.matcher(Files.readString(Path.of("../docs/cli.md")));
        List<String> before = List.of();
        while (row.find()) {
            List<String> words =
                    WORD.matcher(row.group(2)).results().map(word -> word.group(1)).toList();
            before = row.group(2).equals("the same") ? before : words;
            keys.put(row.group(1), before);
        }
        assertThat(keys).hasSizeGreaterThan(30);
        node = TestNode.start(directory.resolve("data"), EXPORTS);
        node.push("web", 100, AckLevel.DELIVERED);
    }

    @AfterAll
    void stop() {
        node.close();
    }

    private static Cli run(String verb, String form, String... more) {
        List<String> arguments = new ArrayList<>(List.of(verb.split(" ", -1)));
        arguments.addAll(List.of(more));
        arguments.addAll(List.of("-o", form));
        return Cli.run(arguments.toArray(String[]::new));
    }

    /** Runs a verb; all of its keys must be those of the page. */
    private JsonObject json(String verb, String... more) {
        Cli run = run(verb, "json", more);
        assertThat(run.code()).as(run.err()).isZero();
        JsonObject document = new JsonObject(run.out());
        assertThat(keys.get(verb)).as(verb).containsAll(document.fieldNames());
        return document;
    }

    private String admin() {
        return "--admin=" + node.admin();
    }

    @Test
    void reportsHaveTheKeysOfThePage() {
        for (String verb : List.of("repos", "exports", "ledger", "tenants", "nodes", "audit")) {
            assertThat(json(verb, admin()).isEmpty()).isFalse();
        }
        json("why", "web/none", admin());
        json("dlq ls", "--repo=web", "--export=none", admin());
        json("dlq drop", "--repo=web", "--export=none", "--all", admin());
        json("validate");
        String data = "--data-dir=" + directory.resolve("data");
        for (String verb : List.of("ring ls", "ring verify", "ring dump")) {
            JsonObject rings = json(verb, data).getJsonArray("rings").getJsonObject(0);
            assertThat(keys.get(verb)).as(verb).containsAll(rings.fieldNames());
        }
    }

    @Test
    void yamlSaysWhatJsonSays() throws Exception {
        for (String verb : List.of("ledger", "repos", "nodes list")) {
            String yaml = run(verb, "yaml", admin()).out();
            assertThat(yaml).doesNotContain("{\"");
            Map<String, Object> read = Documents.read(verb, yaml);
            JsonObject json = new JsonObject(run(verb, "json", admin()).out());
            if (!verb.equals("nodes list")) { // loads change
                assertThat(new JsonObject(read).encode()).isEqualTo(json.encode());
            }
            assertThat(read.keySet()).containsExactlyElementsOf(json.fieldNames());
        }
    }

    @Test
    void verbsOfExportsSayTheSameInEveryForm() throws Exception {
        Path file =
                Files.writeString(
                        directory.resolve("e.yaml"),
                        "{name: out, repo: web, sink: {type: blackhole}}");
        json("exports create", "-f", file.toString(), "--dry-run", admin());
        json("exports create", "-f", file.toString(), admin());
        String shown = run("exports get", "yaml", "web/out", admin()).out();
        assertThat(Documents.read("shown", shown).get("state")).isEqualTo("running");
        assertThat(run("exports ls", "table", admin()).out()).contains("out");
        json("exports pause", "web/out", admin());
        assertThat(run("why", "table", "web/out", admin()).out())
                .contains("web/out is paused here.", "Nothing waits for it.", "it runs there");
        json("exports resume", "web", "out", admin());
        json("exports change", "-f", file.toString(), admin());
        json("exports delete", "web/out", admin());
        assertThat(run("exports show", "table", "web", admin()).err())
                .contains("web is no REPO/EXPORT");
        assertThat(run("exports", "text", admin()).err()).contains("TABLE, JSON, YAML");
    }

    @Test
    void thereIsNoReplayOfWhatIsNotThere() {
        String[] whose = {"--repo=web", "--export=none", admin()};
        Cli none = run("dlq replay", "table", whose[0], whose[1], whose[2], "--all");
        assertThat(none.code()).isZero();
        assertThat(none.out()).isEqualTo("0 of 0 replayed; 0 wait.\n");
        assertThat(run("dlq replay", "table", whose).code()).isEqualTo(ExitCode.USAGE);
        assertThat(run("dlq drop", "table", whose[0], whose[1], "7", "--all").code())
                .isEqualTo(ExitCode.USAGE);
    }
}
