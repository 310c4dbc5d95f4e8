package io.penstock.exporter.sink.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.exporter.text.Seed;
import io.penstock.model.DeliveryId;
import io.penstock.model.RepoName;
import java.util.BitSet;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class DeliveredRunsTest {

    private static DeliveryId run(long first) {
        return new DeliveryId(new RepoName("web"), "out", -7L, first, first + 100, 0, 1000);
    }

    private static BitSet range(int from, int to) {
        BitSet records = new BitSet();
        records.set(from, to);
        return records;
    }

    @Test
    void remembersRecordsWhateverCutTheyCameIn() {
        DeliveredRuns runs =
                DeliveredRuns.NONE.with(run(0), range(0, 10)).with(run(0), range(12, 20));
        RecordRanges again = DeliveredRuns.parse(runs.toString()).of(run(0));
        assertThat(again.contains(9)).isTrue();
        assertThat(again.contains(10)).isFalse();
        assertThat(again.nextMissing(0, 30)).isEqualTo(10);
        assertThat(again.nextDelivered(10, 30)).isEqualTo(12);
        assertThat(again.nextMissing(12, 30)).isEqualTo(20);
        assertThat(again.nextDelivered(20, 30)).isEqualTo(30);
        assertThat(runs).hasToString("1 fffffffffffffff9/0-64/0-a,c-14");
    }

    @Test
    void forgetsTheRunThatWasLongestUntouched() {
        DeliveredRuns runs = DeliveredRuns.NONE.with(run(0), range(0, 1)).with(run(1), range(0, 1));
        runs = runs.with(run(0), range(1, 2));
        for (int i = 2; i <= DeliveredRuns.MAX_RUNS; i++) {
            runs = runs.with(run(i), range(0, 5));
        }
        assertThat(runs.of(run(1)).contains(0)).isFalse();
        assertThat(runs.of(run(0)).contains(1)).isTrue();
        assertThat(runs.of(run(DeliveredRuns.MAX_RUNS)).contains(4)).isTrue();
    }

    @Test
    void fitsIntoTheMetadataOfABrokerAndComesBackTheSame() {
        SplittableRandom random = Seed.random("DeliveredRunsTest");
        DeliveredRuns runs = DeliveredRuns.NONE;
        for (int i = 0; i < 400; i++) {
            int from = random.nextInt(1000);
            runs = runs.with(run(random.nextInt(60)), range(from, from + 1 + random.nextInt(20)));
            assertThat(runs.toString().length()).isLessThanOrEqualTo(DeliveredRuns.MAX_TEXT_BYTES);
            assertThat(DeliveredRuns.parse(runs.toString())).hasToString(runs.toString());
        }
    }

    @Test
    void refusesTheMetadataOfOthers() {
        for (String text :
                new String[] {"", "2 a/0-1/0-1", "1 a/0-1", "1 a/0/0-1", "1 a/0-1/9-1"}) {
            assertThatThrownBy(() -> DeliveredRuns.parse(text))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }
}
