package io.penstock.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.gateway.boot.TestNode;
import io.vertx.core.json.JsonObject;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RingCommandTest {
    private static final String TO_NOBODY =
            "exports: [{name: down, repo: web, sink: {type: http, url: 'http://127.0.0.1:1/'}}]";

    @TempDir private Path data;

    private Cli ring(String verb, String... more) {
        List<String> arguments = new ArrayList<>(List.of("ring", verb, "--data-dir=" + data));
        arguments.addAll(List.of(more));
        return Cli.run(arguments.toArray(String[]::new));
    }

    private static void push(TestNode node, String lines) {
        Cli.withInput(
                lines,
                "push",
                "--repo=web",
                "--raw",
                "--batch-records=1",
                "--under-way=1",
                "--to=" + node.data());
    }

    @Test
    void looksAtTheRingsOfALiveAndOfAStoppedNode() throws Exception {
        try (TestNode node = TestNode.start(data, TO_NOBODY)) {
            push(node, "{\"n\":1}\n{\"n\":2}\n");
            assertThat(ring("ls").out()).startsWith("web: epoch ").contains("down");
            assertThat(ring("verify").code()).isZero();
            Cli repair = ring("repair");
            assertThat(repair.code()).isEqualTo(ExitCode.FAILED);
            assertThat(repair.err()).contains("is in use by process").contains("stop it first");
        }
        JsonObject listed = new JsonObject(ring("ls", "-o", "json").out());
        JsonObject web = listed.getJsonArray("rings").getJsonObject(0);
        assertThat(web.getString("repo")).isEqualTo("web");
        assertThat(web.getBoolean("closed")).isTrue();
        assertThat(web.getJsonArray("cursors").getJsonObject(0).getString("export"))
                .isEqualTo("down");
        assertThat(ring("verify").out()).contains("web: sound; 1 segments, 2 entries, 2 records");
        assertThat(ring("dump", "--bodies").out())
                .containsSubsequence("1 records", "\"n\":1}", "1 records", "\"n\":2}");
        assertThat(ring("dump", "--limit=1").out().lines()).hasSize(1);
        assertThat(ring("ls", "--repo=other").err()).contains("there is no repo 'other' here");
    }

    @Test
    void findsDamageAndPutsItRight() throws Exception {
        try (TestNode node = TestNode.start(data, TO_NOBODY)) {
            push(node, "{\"name\":\"somebody\"}\n{\"name\":\"else\"}\n");
        }
        flip("somebody");
        Cli damaged = ring("verify");
        assertThat(damaged.code()).isEqualTo(ExitCode.FAILED);
        assertThat(damaged.out()).contains("web: DAMAGED").contains("damage: slot-");
        assertThat(ring("dump").out()).contains("BAD CHECKSUM");
        Cli repaired = ring("repair", "--rebuild", "-o", "json");
        JsonObject result = new JsonObject(repaired.out()).getJsonArray("rings").getJsonObject(0);
        assertThat(result.getLong("accepted_records")).isEqualTo(2);
        assertThat(result.getJsonObject("before").getBoolean("sound")).isFalse();
    }

    /** Changes one byte of a word in a segment file. */
    private void flip(String word) throws Exception {
        try (Stream<Path> files = Files.list(data.resolve("repos/web/ring"))) {
            for (Path file : files.filter(f -> f.toString().endsWith(".seg")).toList()) {
                byte[] bytes = Files.readAllBytes(file);
                int at =
                        new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1)
                                .indexOf(word);
                if (at >= 0) {
                    try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
                        open.seek(at);
                        open.write('S');
                    }
                    return;
                }
            }
        }
        throw new AssertionError(word + " is in no segment");
    }

    @Test
    void wrongUsageIsExplained() {
        assertThat(Cli.run("ring").err()).contains("ring what?");
        assertThat(ring("dump", "--limit=0").code()).isEqualTo(ExitCode.USAGE);
        assertThat(Cli.run("ring", "ls", "--data-dir=" + data.resolve("no")).err())
                .contains("there is no data directory");
    }
}
