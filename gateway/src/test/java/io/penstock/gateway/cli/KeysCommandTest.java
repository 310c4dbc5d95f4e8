package io.penstock.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.gateway.boot.TestNode;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeysCommandTest {
    private static final String LINE = "{\"a\":1}\n";

    private String config;

    @TempDir private Path directory;

    @BeforeEach
    void write() throws Exception {
        config =
                Files.writeString(
                                directory.resolve("gateway.yaml"),
                                TestNode.yaml(directory.resolve("data"), access()))
                        .toString();
    }

    private String access() {
        return "access: {keys_file: '%s', poll_ms: 100}".formatted(directory.resolve("keys.json"));
    }

    private Cli keys(String... arguments) {
        List<String> all = new ArrayList<>(List.of("keys"));
        all.addAll(List.of(arguments));
        all.addAll(List.of("-c", config));
        return Cli.run(all.toArray(String[]::new));
    }

    private String create(String role) {
        Cli made = keys("create", "--name", "ci", "--role", role);
        assertThat(made.code()).as(made.err()).isZero();
        return made.out().strip();
    }

    private static String id(String token) {
        return token.split("_", -1)[1];
    }

    @Test
    void aKeyIsShownOnceAndAloneOnStandardOutput() throws Exception {
        Cli made =
                keys(
                        "create",
                        "--name",
                        "ci",
                        "--role",
                        "push,read",
                        "--tenant",
                        "acme",
                        "--repo",
                        "acme-*",
                        "--expires",
                        "90d");
        assertThat(made.out()).matches("pk_[a-z2-7]{12}_[A-Za-z0-9_-]{43}\\R");
        String id = id(made.out().strip());
        assertThat(made.err())
                .contains("key " + id + " (ci): push, read; tenant acme, repos acme-*; expires 20")
                .doesNotContain(made.out().strip());
        Cli listed = keys("ls");
        assertThat(listed.out()).contains(id, "ci", "push, read", "good");
        assertThat(listed.out()).doesNotContain(made.out().strip());
        JsonObject json = new JsonObject(keys("ls", "-o", "json").out());
        assertThat(json.getJsonArray("keys").getJsonObject(0).getString("tenant"))
                .isEqualTo("acme");
        assertThat(Files.readString(directory.resolve("keys.json")))
                .doesNotContain(made.out().strip().substring(4 + id.length()));
    }

    @Test
    void whatIsWrongIsSaidAndNothingIsMade() {
        assertThat(keys("create", "--name", "ci", "--role", "root"))
                .extracting(Cli::code, Cli::err)
                .containsExactly(
                        ExitCode.FAILED,
                        "penstock keys create: roles: one of push | read | admin, not 'root'\n");
        assertThat(keys("create", "--name", "ci", "--role", "push", "--expires", "soon").code())
                .isEqualTo(ExitCode.USAGE);
        assertThat(keys("revoke", "none").err()).contains("there is no key with that id");
        assertThat(Cli.run("keys", "ls").err())
                .contains("the built-in defaults names no access.keys_file");
        assertThat(Cli.run("keys").code()).isEqualTo(ExitCode.USAGE);
        assertThat(keys("ls").out()).isEqualTo("(none)\n");
    }

    @Test
    void whatIsDoneToTheFileIsInTheAuditLogOfTheNode() {
        String token = create("push");
        keys("rotate", id(token), "--grace", "1h");
        keys("revoke", id(token));
        Cli log = Cli.run("audit", "-c", config, "-o", "json");
        JsonArray entries = new JsonObject(log.out()).getJsonArray("entries");
        assertThat(entries)
                .extracting(each -> ((JsonObject) each).getString("what"))
                .containsExactly("keys revoke", "keys rotate", "keys create");
        assertThat(entries.getJsonObject(0).getString("who"))
                .isEqualTo("cli " + System.getProperty("user.name"));
        assertThat(entries.getJsonObject(0).getString("note"))
                .isEqualTo("key " + id(token) + " (ci)");
        assertThat(Cli.run("audit", "-c", config).out()).contains("keys rotate");
    }

    @Test
    void verbsShowTheirKeyToALiveNodeAndSayWhatIsMissing() throws Exception {
        String pusher = create("push");
        String admin = create("admin");
        Path keyFile = Files.writeString(directory.resolve("admin.key"), admin + "\n");
        try (TestNode node = TestNode.start(directory.resolve("data"), access())) {
            String[] push = {"push", "--repo", "web", "--to", node.data()};
            for (String way : List.of("--raw", "--skip-malformed")) {
                Cli refused = Cli.withInput(LINE, with(push, way));
                assertThat(refused.code()).isEqualTo(ExitCode.FAILED);
                assertThat(refused.err()).contains("a key is needed", "PENSTOCK_KEY");
                Cli done = Cli.withInput(LINE, with(push, way, "--key", pusher));
                assertThat(done.code()).as(done.err()).isZero();
            }
            Cli none = Cli.run("repos", "--admin", node.admin());
            assertThat(none.code()).isEqualTo(ExitCode.FAILED);
            assertThat(none.err()).contains("answers 401: a key is needed");
            Cli wrong = Cli.run("repos", "--admin", node.admin(), "--key", pusher);
            assertThat(wrong.err()).contains("answers 403", "lacks the role read");
            String[] live = {"--admin", node.admin(), "--key-file", keyFile.toString()};
            assertThat(Cli.run(with(live, "repos")).out()).contains("web");

            Cli made = Cli.run(with(live, "keys", "create", "--name", "x", "--role", "push"));
            String fresh = made.out().strip();
            assertThat(Cli.withInput(LINE, with(push, "--key", fresh)).code()).isZero();
            Cli rotated = Cli.run(with(live, "keys", "rotate", id(fresh), "--grace", "0s"));
            assertThat(Cli.withInput(LINE, with(push, "--key", fresh)).code()).isEqualTo(1);
            String second = rotated.out().strip();
            assertThat(Cli.withInput(LINE, with(push, "--key", second)).code()).isZero();
            assertThat(Cli.run(with(live, "keys", "revoke", id(fresh))).code()).isZero();
            assertThat(Cli.withInput(LINE, with(push, "--key", second)).code()).isEqualTo(1);
            assertThat(Cli.run(with(live, "keys", "ls")).out()).contains("revoked");
            assertThat(Cli.run(with(live, "audit")).out()).contains("DELETE /v1/keys/");
        }
    }

    private static String[] with(String[] some, String... more) {
        List<String> all = new ArrayList<>(List.of(more));
        boolean verbFirst = some[0].equals("push");
        all.addAll(verbFirst ? 0 : all.size(), List.of(some));
        return all.toArray(String[]::new);
    }
}
