package io.penstock.perf.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class OutagesTest {
    private final Outages outages = new Outages();

    @Test
    void aNodeToWhichNothingWasDoneHasNoExcuse() {
        assertThat(outages.explain(System.nanoTime())).isFalse();
    }

    @Test
    void whatFailedBeforeOrLongAfterAnOutageIsNotExplainedByIt() {
        long beforeNs = System.nanoTime() - 1;
        outages.begin();
        assertThat(outages.explain(System.nanoTime())).isTrue();
        assertThat(outages.explain(beforeNs)).isFalse();

        outages.end();
        long afterNs = System.nanoTime();
        assertThat(outages.explain(afterNs)).isTrue(); // pushed before, given up after
        assertThat(outages.explain(afterNs + TimeUnit.SECONDS.toNanos(10))).isFalse();
    }
}
