package io.penstock.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.gateway.boot.TestNode;
import io.penstock.model.AckLevel;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExportCommandsTest {
    private static final String YAML =
            """
            # out of the example of the configuration
            name: out
            repo: web
            batch: {linger_ms: 0}
            sink:
              type: http
              url: http://127.0.0.1:1/
              headers: {authorization: geheim}
            """;

    @TempDir private Path directory;

    private Path file(String text) throws Exception {
        return Files.writeString(directory.resolve("export.yaml"), text);
    }

    private static Cli exports(TestNode node, String verb, String... more) {
        List<String> arguments = new ArrayList<>(List.of("exports", verb));
        arguments.addAll(List.of(more));
        arguments.add("--admin=" + node.admin());
        return Cli.run(arguments.toArray(String[]::new));
    }

    @Test
    void makesShowsChangesPausesAndDeletes() throws Exception {
        try (TestNode node = TestNode.start(directory.resolve("data"), "")) {
            node.push("web", 10, AckLevel.STAGED);
            String file = file(YAML).toString();
            Cli dry = exports(node, "create", "-f", file, "--dry-run", "--from=start");
            assertThat(dry.code()).as(dry.err()).isZero();
            assertThat(dry.out()).contains("would create").contains("begins at the oldest");
            assertThat(exports(node, "show", "web", "out").err()).contains("there is no export");
            Cli change = exports(node, "change", "-f", file);
            assertThat(change.code()).isEqualTo(ExitCode.FAILED);
            assertThat(change.err()).contains("see penstock exports create");

            Cli made = exports(node, "create", "-f", file);
            assertThat(made.out()).isEqualTo("web/out: created\n");
            assertThat(exports(node, "create", "-f", file).err())
                    .contains("see penstock exports change");
            String other = file(YAML + "concurrency: 3\n").toString();
            assertThat(exports(node, "change", "-f", other).out())
                    .isEqualTo("web/out: changed: concurrency\n");
            assertThat(exports(node, "change", "-f", other).out())
                    .isEqualTo("web/out: it is so already\n");

            assertThat(exports(node, "pause", "web", "out").out()).isEqualTo("web/out: paused\n");
            assertThat(exports(node, "pause", "web", "out").out()).contains("already");
            Cli shown = exports(node, "show", "web", "out");
            assertThat(shown.out())
                    .containsPattern("origin +request")
                    .containsPattern("state +paused")
                    .contains("\"concurrency\" : 3")
                    .contains("********")
                    .doesNotContain("geheim");
            assertThat(Cli.run("exports", "--admin=" + node.admin()).out())
                    .containsPattern("web +out +http +request +paused");
            assertThat(exports(node, "resume", "web", "out").out()).contains("resumed");

            node.push("web", 20, AckLevel.STAGED);
            Cli kept = exports(node, "delete", "web", "out");
            assertThat(kept.code()).isEqualTo(ExitCode.FAILED);
            assertThat(kept.err())
                    .contains("would lose 20 records not delivered (")
                    .contains("repeat with --force");
            Cli gone = exports(node, "delete", "web", "out", "--force", "-o", "json");
            assertThat(gone.code()).isZero();
            assertThat(new JsonObject(gone.out()).getJsonObject("lost").getLong("records"))
                    .isEqualTo(20);
        }
    }

    @Test
    void whatIsShownCanBeSentBackFromStandardInput() throws Exception {
        try (TestNode node = TestNode.start(directory.resolve("data"), "")) {
            String live = "--admin=" + node.admin();
            Cli made = Cli.withInput(YAML, "exports", "create", "-f", "-", live);
            assertThat(made.code()).as(made.err()).isZero();
            JsonObject shown =
                    new JsonObject(exports(node, "show", "web", "out", "-o", "json").out());
            String definition = shown.getJsonObject("definition").put("timeout_ms", "5s").encode();
            Cli changed = Cli.withInput(definition, "exports", "change", "--file=-", live);
            assertThat(changed.out()).isEqualTo("web/out: changed: timeout_ms\n");
        }
    }

    @Test
    void namesWhatIsWrong() throws Exception {
        try (TestNode node = TestNode.start(directory.resolve("data"), "")) {
            Cli faulty =
                    exports(
                            node,
                            "create",
                            "-f",
                            file(YAML.replace("http\n", "htpp\n") + "concurency: 1\n").toString());
            assertThat(faulty.code()).isEqualTo(ExitCode.CONFIGURATION);
            assertThat(faulty.err())
                    .contains("concurency: unknown key; did you mean 'concurrency'?")
                    .contains("sink.type: unknown sink 'htpp'; did you mean 'http'?");
            Cli yaml = exports(node, "create", "-f", file("name: [").toString());
            assertThat(yaml.code()).isEqualTo(ExitCode.CONFIGURATION);
            assertThat(yaml.err()).contains("export.yaml:1:").contains("not YAML");
            Cli nameless = exports(node, "create", "-f", file("repo: web").toString());
            assertThat(nameless.err()).contains("name: missing; it says which export is meant");
            Cli none = exports(node, "create", "-f", directory.resolve("none").toString());
            assertThat(none.code()).isEqualTo(ExitCode.FAILED);
            assertThat(exports(node, "create", "-f", "x", "--from", "then").code())
                    .isEqualTo(ExitCode.USAGE);
            assertThat(exports(node, "pause", "web").code()).isEqualTo(ExitCode.USAGE);
            assertThat(exports(node, "show", "..", "out").err()).contains("400");
            assertThat(exports(node, "delete", "web", "none").err()).contains("answers 404");
        }
        Cli stopped =
                Cli.run(
                        "exports",
                        "pause",
                        "web",
                        "out",
                        "--data-dir=" + directory.resolve("data"));
        assertThat(stopped.code()).isEqualTo(ExitCode.UNREACHABLE);
        assertThat(stopped.err()).contains("the node does not run");
    }
}
