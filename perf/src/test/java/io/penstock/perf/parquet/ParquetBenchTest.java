package io.penstock.perf.parquet;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.gateway.terminal.LiveLine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParquetBenchTest {
    @TempDir private Path directory;

    @Test
    void everyWriterWritesTheSameAccessLog() throws Exception {
        List<WriterResult> results =
                new ParquetBench(directory, 20_000, 0, 2, LiveLine.onErr()).run();

        assertThat(results).hasSize(5);
        assertThat(results).allMatch(each -> each.rowsPerS().size() == 2 && each.fileBytes() > 0);
        try (var left = Files.list(directory)) {
            assertThat(left).isEmpty();
        }
    }
}
