package io.penstock.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.gateway.boot.TestNode;
import io.penstock.loopback.FreePorts;
import io.vertx.core.json.JsonObject;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLineTest {
    private static final String BLACKHOLE =
            "repos: {exports: [{name: none, batch: {linger_ms: 0}, sink: {type: blackhole}}]}";

    @TempDir private Path directory;

    @Test
    void validateAcceptsTheShippedConfiguration() {
        Cli valid = Cli.run("validate", "-c", "../conf/gateway.yaml");
        assertThat(valid.out()).startsWith("../conf/gateway.yaml: valid; node penstock-1");
        assertThat(valid.code()).isZero();
        assertThat(new JsonObject(Cli.run("validate", "-o", "json").out()).getBoolean("valid"))
                .isTrue();
    }

    @Test
    void validateNamesEveryFaultAndExitsWith4() throws Exception {
        Path file =
                Files.writeString(
                        directory.resolve("c.yaml"), "ingress: {prot: 1}\nadmin: {port: x}\n");
        Cli faulty = Cli.run("validate", "-c", file.toString());
        assertThat(faulty.code()).isEqualTo(ExitCode.CONFIGURATION);
        assertThat(faulty.err().lines())
                .containsExactly(
                        "penstock validate: the configuration is faulty",
                        file + ":1:11: ingress.prot: unknown key; did you mean 'port'?",
                        file + ":2:15: admin.port: expected a whole number, found 'x'");
    }

    @Test
    void validateNamesThePlaceInAFilter() throws Exception {
        Path file =
                Files.writeString(
                        directory.resolve("c.yaml"),
                        """
                        exports:
                        - name: errors
                          repo: access
                          sink: {type: blackhole}
                          transforms:
                          - drop: [agent]
                          - filter: status >= 500 &&
                        """);
        Cli faulty = Cli.run("validate", "-c", file.toString());
        assertThat(faulty.code()).isEqualTo(ExitCode.CONFIGURATION);
        assertThat(faulty.err())
                .contains(
                        file
                                + ":7:13: exports[0].transforms[1].filter: line 1, column 15: '&'"
                                + " means nothing here; write and");
    }

    @Test
    void validatePrintsTheReference() {
        assertThat(Cli.run("validate", "--reference").out())
                .contains("max_batch_bytes: 8MiB")
                .contains("type: file");
    }

    @Test
    void whoMistypesAVerbIsToldInFewLines() {
        Cli unknown = Cli.run("exprts");
        assertThat(unknown.code()).isEqualTo(ExitCode.USAGE);
        assertThat(unknown.err()).contains("there is no verb 'exprts'", "penstock exports");
        assertThat(unknown.err().lines().count()).isLessThan(5);
        assertThat(Cli.run("exports", "-o", "xml").err().lines().count()).isLessThan(5);
        assertThat(Cli.run("ring").err()).contains("repair");
    }

    @Test
    void addressesThatAreNoneAreNoDefects() {
        for (String address : new String[] {"foo", "127.0.0.1:99999", ":", "127.0.0.1:x"}) {
            Cli wrong = Cli.run("exports", "--admin", address);
            assertThat(wrong.code()).as(address).isEqualTo(ExitCode.USAGE);
            assertThat(wrong.err()).contains(address + " is no HOST:PORT").doesNotContain("\tat ");
        }
        Cli lost = Cli.run("exports", "--admin", "nowhere.invalid:4401");
        assertThat(lost.code()).isEqualTo(ExitCode.UNREACHABLE);
        assertThat(lost.err()).contains("no such host");
    }

    @Test
    void pushOfWhatIsNoFileIsNoDefect() throws Exception {
        Cli pushed = Cli.run("push", "--repo", "web", directory.toString());
        assertThat(pushed.code()).isEqualTo(ExitCode.FAILED);
        assertThat(pushed.err()).contains(directory + " is a directory").doesNotContain("\tat ");
        Path noGzip = Files.writeString(directory.resolve("a.gz"), "no gzip");
        Cli unpacked = Cli.run("push", "--repo", "web", noGzip.toString());
        assertThat(unpacked.code()).isEqualTo(ExitCode.FAILED);
        assertThat(unpacked.err()).contains("cannot read " + noGzip).doesNotContain("\tat ");
    }

    @Test
    void wrongUsageExitsWith2AndHelps() {
        assertThat(Cli.run().code()).isEqualTo(ExitCode.USAGE);
        assertThat(Cli.run("validat").err()).contains("validate");
        assertThat(Cli.run("validate", "--cofnig", "x").err()).contains("--config");
        assertThat(Cli.run("push").err()).contains("--repo");
        assertThat(Cli.run("push", "--repo", "../x").err()).contains("repo name starts with '.'");
        assertThat(Cli.run("push", "--repo", "x", "--to", "nowhere").err()).contains("HOST:PORT");
        assertThat(Cli.run("push", "--repo", "x", "--under-way", "65").err())
                .contains("outside 1 to 64");
        assertThat(Cli.run("dlq").err()).contains("dlq what?");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "run",
                "validate",
                "push",
                "repos",
                "exports",
                "exports show",
                "exports create",
                "exports change",
                "exports pause",
                "exports resume",
                "exports delete",
                "ledger",
                "nodes",
                "leader",
                "tasks",
                "why",
                "dlq",
                "dlq ls",
                "dlq show",
                "dlq replay",
                "dlq drop",
                "ring",
                "ring ls",
                "ring verify",
                "ring dump",
                "ring repair",
                "demo"
            })
    void everyVerbExplainsItself(String verb) {
        Cli help = Cli.run((verb + " --help").split(" ", -1));
        assertThat(help.code()).isZero();
        assertThat(help.out()).startsWith("Usage: penstock " + verb).contains("--help");
    }

    @Test
    void saysWhenNobodyCanBeReached() throws Exception {
        String nobody = "127.0.0.1:" + FreePorts.one();
        Cli ledger = Cli.run("ledger", "--admin", nobody);
        assertThat(ledger.code()).isEqualTo(ExitCode.UNREACHABLE);
        assertThat(ledger.err()).contains("cannot reach the admin port " + nobody);
        Cli push =
                Cli.withInput(
                        "{\"a\":1}\n", "push", "--repo", "x", "--to", nobody, "--retry-seconds=0");
        assertThat(push.code()).isEqualTo(ExitCode.UNREACHABLE);
        assertThat(push.err()).contains("cannot reach " + nobody);
    }

    @Test
    void aNodeThatIsAloneListsItselfAndAStoppedOneNobody() throws Exception {
        try (TestNode node = TestNode.start(directory.resolve("d"), BLACKHOLE)) {
            Cli nodes = Cli.run("nodes", "--admin", node.admin());
            assertThat(nodes.code()).isZero();
            assertThat(nodes.out().lines().toList().get(1))
                    .startsWith("test")
                    .contains(node.data());
            JsonObject json =
                    new JsonObject(Cli.run("nodes", "--admin", node.admin(), "-o", "json").out());
            assertThat(json.getValue("cluster")).isNull();
        }
        Cli stopped = Cli.run("nodes", "--data-dir", directory.resolve("d").toString());
        assertThat(stopped.code()).isEqualTo(ExitCode.UNREACHABLE);
        assertThat(stopped.err()).contains("the node does not run");
    }

    @Test
    void saysWhenThereIsNoDataDirectory() {
        Cli repos = Cli.run("repos", "--data-dir", directory.resolve("none").toString());
        assertThat(repos.code()).isEqualTo(ExitCode.FAILED);
        assertThat(repos.err()).contains("there is no data directory").contains("--data-dir");
        assertThat(directory.resolve("none")).doesNotExist();
    }

    @Test
    void runSaysWhyItCannotStart() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Path file =
                    Files.writeString(
                            directory.resolve("c.yaml"),
                            "node: {data_dir: '%s'}\nadmin: {port: %d}\n"
                                    .formatted(directory.resolve("data"), taken.getLocalPort()));
            Cli run = Cli.run("run", "-c", file.toString());
            assertThat(run.code()).isEqualTo(ExitCode.CANNOT_START);
            assertThat(run.err())
                    .startsWith("penstock run: admin.port: " + taken.getLocalPort() + " is in use");
        }
    }

    @Test
    void pushesAndReportsTheSameFromALiveAndAStoppedNode() throws Exception {
        Path data = directory.resolve("data");
        String liveLedger;
        try (TestNode node = TestNode.start(data, BLACKHOLE)) {
            Cli push =
                    Cli.withInput(
                            "{\"a\":1}\n\n{\"a\":{\"b\":[2]}}\n",
                            "push",
                            "--repo",
                            "web",
                            "--to",
                            node.data(),
                            "--ack",
                            "delivered");
            assertThat(push.err()).isEmpty();
            assertThat(push.out()).contains("web: 2 records");
            Cli http =
                    Cli.withInput(
                            "one\ntwo\n",
                            "push",
                            "--repo",
                            "web",
                            "--to",
                            node.data(),
                            "--raw",
                            "--format",
                            "text",
                            "-o",
                            "json",
                            "--ack",
                            "delivered");
            assertThat(new JsonObject(http.out()).getLong("records")).isEqualTo(2);
            liveLedger = Cli.run("ledger", "--data-dir", data.toString(), "-o", "json").out();
            assertThat(Cli.run("ledger", "--admin", node.admin(), "-o", "json").out())
                    .isEqualTo(liveLedger);
            assertThat(Cli.run("exports", "--admin", node.admin()).out())
                    .contains("blackhole")
                    .contains("running");
        }
        assertThat(Cli.run("ledger", "--data-dir", data.toString(), "-o", "json").out())
                .isEqualTo(liveLedger)
                .contains("\"accepted\" : 4");
        assertThat(Cli.run("ledger", "--data-dir", data.toString()).out())
                .contains("The ledger balances.");
        assertThat(Cli.run("repos", "--data-dir", data.toString()).out())
                .contains("web")
                .contains("stopped");
    }

    @Test
    void leavesMalformedLinesOutAndNamesThem() throws Exception {
        try (TestNode node = TestNode.start(directory.resolve("data"), BLACKHOLE)) {
            String[] push = {"push", "--repo", "web", "--to", node.data(), "--ack", "delivered"};
            Cli strict = Cli.withInput("{\"a\":1}\n{\"a\":\n{\"a\":3}\n", push);
            assertThat(strict.code()).isEqualTo(ExitCode.FAILED);
            assertThat(strict.out()).contains("web: 2 records").contains("1 malformed");
            String line = "1.2.3.4 - - [10/Oct/2000:13:55:36 -0700] \"GET / HTTP/1.0\" 200 2326";
            Path log = Files.writeString(directory.resolve("a.log"), line + "\nnonsense\n");
            Cli lenient =
                    Cli.run(
                            "push",
                            "--repo=web",
                            "--to=" + node.data(),
                            "--format=common",
                            "--skip-malformed",
                            log.toString());
            assertThat(lenient.code()).isZero();
            assertThat(lenient.out()).contains("web: 1 records").contains("1 malformed");
        }
    }

    @Test
    void aRefusalForGoodEndsThePush() throws Exception {
        String closed = "repos: {auto_create: false, declared: [web]}";
        try (TestNode node = TestNode.start(directory.resolve("data"), closed)) {
            Cli unknown =
                    Cli.withInput("{\"a\":1}\n", "push", "--repo", "other", "--to", node.data());
            assertThat(unknown.code()).isEqualTo(ExitCode.FAILED);
            assertThat(unknown.err()).contains("404").contains("other");
            assertThat(
                            Cli.withInput(
                                            "{\"a\":1}\n",
                                            "push",
                                            "--repo=web",
                                            "--to=" + node.data())
                                    .code())
                    .isZero();
        }
    }
}
