package io.penstock.gateway.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditFilesTest {
    @TempDir private Path directory;

    private static AuditEntry entry(int number) {
        return AuditEntry.of("key a (b)", "127.0.0.1:1", "change " + number).status(200);
    }

    private static List<String> whats(AuditFiles files, int limit) throws Exception {
        JsonArray entries = files.newest(limit).getJsonArray("entries");
        return entries.stream().map(each -> ((JsonObject) each).getString("what", "torn")).toList();
    }

    @Test
    void theNewestAreToldFirstAcrossFiles() throws Exception {
        AuditFiles files = new AuditFiles(directory, 8 * 400);
        for (int i = 0; i < 12; i++) {
            files.append(entry(i));
        }
        assertThat(whats(files, 5))
                .containsExactly("change 11", "change 10", "change 9", "change 8", "change 7");
        assertThat(whats(files, 1000)).hasSize(12);
        assertThat(whats(files, 0)).isEmpty();
        assertThat(whats(new AuditFiles(directory.resolve("none"), 1), 5)).isEmpty();
    }

    @Test
    void theRoomIsKeptAndTheOldestGoes() throws Exception {
        long most = 8 * 400;
        AuditFiles files = new AuditFiles(directory, most);
        for (int i = 0; i < 200; i++) {
            files.append(entry(i));
        }
        try (Stream<Path> all = Files.list(directory.resolve("audit"))) {
            List<Path> there = all.toList();
            assertThat(there).hasSize(AuditFiles.FILES);
            long bytes = 0;
            for (Path file : there) {
                bytes += Files.size(file);
            }
            assertThat(bytes).isLessThanOrEqualTo(most);
        }
        assertThat(whats(files, 1000)).startsWith("change 199").doesNotContain("change 0");
    }

    @Test
    void aLineThatWasNotWrittenToItsEndIsNoObstacle() throws Exception {
        AuditFiles files = new AuditFiles(directory, 1 << 20);
        files.append(entry(1));
        Files.writeString(
                directory.resolve("audit/audit.jsonl"), "{\"time", StandardOpenOption.APPEND);
        assertThat(whats(files, 5)).containsExactly("torn", "change 1");
    }

    @Test
    void longTextsAreCutAndValuesStayOnTheirLine() throws Exception {
        AuditFiles files = new AuditFiles(directory, 1 << 20);
        files.append(entry(1).names(Map.of("repo", "a\nb")).note("x".repeat(10_000)));
        List<String> lines = Files.readAllLines(directory.resolve("audit/audit.jsonl"));
        assertThat(lines).hasSize(1);
        assertThat(lines.get(0)).contains("a\\nb").hasSizeLessThan(1_000);
    }

    @Test
    void anEntryThatCannotBeWrittenIsCountedAndHoldsNobodyUp() throws Exception {
        Files.writeString(directory.resolve("audit"), "no directory");
        Vertx vertx = Vertx.vertx();
        try {
            AuditLog log = new AuditLog(vertx, directory, 1 << 20);
            log.append(entry(1)).toCompletionStage().toCompletableFuture().get();
            assertThat(log.lost()).isEqualTo(1);
            log.close().toCompletionStage().toCompletableFuture().get();
            log.close().toCompletionStage().toCompletableFuture().get();
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().get();
        }
    }
}
