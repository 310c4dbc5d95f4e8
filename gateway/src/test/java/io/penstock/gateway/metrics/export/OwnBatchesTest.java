package io.penstock.gateway.metrics.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class OwnBatchesTest {
    private static final List<String> LABELS = List.of("repo", "export");
    private final OwnBatches batches = new OwnBatches("n1", 1_700_000_000_000_000_000L);

    private static String text(OwnBatch batch) {
        return new String(batch.body(), StandardCharsets.ISO_8859_1);
    }

    @Test
    void samplesWithTheSameLabelsAreOneRecordAndThoseWithTheSameNamesOneBatch() {
        batches.sample("lag", LABELS, List.of("a", "x"), 1);
        batches.sample("lag", LABELS, List.of("b", "x"), 2);
        batches.sample("state", LABELS, List.of("a", "x"), 0);
        batches.sample("state", LABELS, List.of("b", "x"), 5);
        batches.sample("up", List.of(), List.of(), 1);
        List<OwnBatch> made = batches.build();
        assertThat(made).extracting(OwnBatch::records).containsExactly(2, 1);
        assertThat(text(made.get(0))).contains("node", "repo", "export", "lag", "state", "n1");
        assertThat(text(made.get(1))).contains("node", "up").doesNotContain("repo");
        assertThat(batches.leftOut()).isZero();
    }

    @Test
    void whatIsNoFiniteNumberIsLeftOut() {
        batches.sample("a", List.of(), List.of(), Double.NaN);
        batches.sample("b", List.of(), List.of(), Double.POSITIVE_INFINITY);
        assertThat(batches.build()).isEmpty();
    }

    @Test
    void batchesFitIntoTheSmallestSegmentAndARoundHasAnEnd() {
        String longest = "r".repeat(120);
        int rows = 40_000;
        for (int i = 0; i < rows; i++) {
            batches.sample("lag", LABELS, List.of(longest + i, "x"), i);
        }
        List<OwnBatch> made = batches.build();
        long bytes = made.stream().mapToLong(batch -> batch.body().length).sum();
        long records = made.stream().mapToLong(OwnBatch::records).sum();
        assertThat(made).allMatch(batch -> batch.body().length < 2 * OwnBatches.CUT_BYTES);
        assertThat(bytes)
                .isBetween(OwnBatches.MAX_ROUND_BYTES / 2L, 0L + OwnBatches.MAX_ROUND_BYTES);
        assertThat(batches.leftOut()).isPositive().isEqualTo(rows - records);
    }
}
