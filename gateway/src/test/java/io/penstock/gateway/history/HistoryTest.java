package io.penstock.gateway.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class HistoryTest {
    private static final long NOON = 1_700_000_000L / 60 * 60;

    private final History history = new History();

    /** A second of the node in which so much was accepted and lagged. */
    private void node(long second, double accepted, double lag) {
        history.add("", "", second, new double[] {accepted, 0, 0, 0, lag, 0, 0}, true);
    }

    private JsonObject ofNode(boolean isFine) {
        return Objects.requireNonNull(history.of("", "", isFine));
    }

    private static JsonArray values(JsonObject kept, String gauge) {
        return kept.getJsonObject("series").getJsonArray(gauge);
    }

    @Test
    void aSecondIsAValueAndTheLastOneStandsLast() {
        for (int i = 0; i < 5; i++) {
            node(NOON + i, i, 0);
        }
        JsonObject kept = ofNode(true);
        JsonArray accepted = values(kept, "accepted_per_s");
        assertThat(accepted.size()).isEqualTo(Series.FINE);
        assertThat(accepted.getDouble(Series.FINE - 1)).isEqualTo(4);
        assertThat(accepted.getDouble(Series.FINE - 5)).isEqualTo(0);
        assertThat(accepted.getValue(Series.FINE - 6)).isNull();
        assertThat(kept.getLong("end_ms")).isEqualTo((NOON + 4) * 1000);
    }

    @Test
    void secondsThatWereLeftOutAreGaps() {
        node(NOON, 1, 0);
        node(NOON + 3, 2, 0);
        JsonArray accepted = values(ofNode(true), "accepted_per_s");
        assertThat(accepted.getDouble(Series.FINE - 4)).isEqualTo(1);
        assertThat(accepted.getValue(Series.FINE - 3)).isNull();
        assertThat(accepted.getValue(Series.FINE - 2)).isNull();
        assertThat(accepted.getDouble(Series.FINE - 1)).isEqualTo(2);
    }

    @Test
    void tenSecondsAreTheMeanOfARateAndTheLargestOfALag() {
        for (int i = 0; i < 40; i++) {
            node(NOON + i, i % 2 == 0 ? 100 : 0, i == 13 ? 7_000 : 3);
        }
        JsonObject kept = ofNode(false);
        JsonArray accepted = values(kept, "accepted_per_s");
        JsonArray lag = values(kept, "lag_records");
        assertThat(accepted.getDouble(Series.COARSE - 1)).isEqualTo(50);
        assertThat(lag.getDouble(Series.COARSE - 3)).isEqualTo(7_000);
        assertThat(lag.getDouble(Series.COARSE - 1)).isEqualTo(3);
        assertThat(lag.getValue(Series.COARSE - 5)).isNull();
    }

    @Test
    void tenSecondsThatHaveNotPassedAreNotShown() {
        for (int i = 0; i < 36; i++) {
            node(NOON + i, Math.floorDiv(i, 10), 0);
        }
        JsonArray accepted = values(ofNode(false), "accepted_per_s");
        assertThat(accepted.getDouble(Series.COARSE - 1)).isEqualTo(2);
        assertThat(accepted.getDouble(Series.COARSE - 3)).isEqualTo(0);
        assertThat(accepted.getValue(Series.COARSE - 4)).isNull();
    }

    @Test
    void whatIsOlderThanTheRingIsForgotten() {
        for (int i = 0; i < Series.FINE + 50; i++) {
            node(NOON + i, i, 0);
        }
        JsonArray accepted = values(ofNode(true), "accepted_per_s");
        assertThat(accepted.getDouble(0)).isEqualTo(50);
        assertThat(accepted.getDouble(Series.FINE - 1)).isEqualTo(Series.FINE + 49);
    }

    @Test
    void aPauseLongerThanTheRingLeavesNothingOfBefore() {
        node(NOON, 9, 9);
        node(NOON + 3L * Series.FINE, 1, 1);
        JsonArray accepted = values(ofNode(true), "accepted_per_s");
        assertThat(accepted.stream().filter(v -> v != null).count()).isEqualTo(1);
    }

    @Test
    void aNewcomerThatMovesTakesThePlaceOfWhatRestedLongest() {
        node(NOON, 0, 0);
        for (int i = 1; i < History.MAX_SERIES; i++) {
            history.add("repo" + i, "", NOON, new double[] {0, 0}, false);
        }
        long later = NOON + 60;
        for (int i = 2; i < History.MAX_SERIES; i++) {
            history.add("repo" + i, "", later, new double[] {1, 1}, true);
        }
        history.add("quiet", "", later, new double[] {0, 0}, false);
        assertThat(history.of("quiet", "", true)).isNull();
        history.add("loud", "", later, new double[] {5, 5}, true);
        assertThat(history.of("loud", "", true)).isNotNull();
        assertThat(history.of("repo1", "", true)).isNull();
        assertThat(history.of("", "", true)).isNotNull();
        history.add("late", "", later, new double[] {5, 5}, true);
        assertThat(history.of("late", "", true)).as("all others are at work").isNull();
    }

    @Test
    void itsBoundIsASumThatStaysSmall() {
        assertThat(History.MAX_BYTES).isEqualTo(65L * 7 * (600 + 2160) * 4).isLessThan(6 << 20);
        assertThat(History.NODE).hasSizeLessThanOrEqualTo(Series.GAUGES);
        assertThat(History.EXPORT).hasSizeLessThanOrEqualTo(Series.GAUGES);
    }
}
