package io.penstock.exporter.sink.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.exporter.sink.Outcome;
import io.penstock.exporter.sink.contract.TestDelivery;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConsoleSinkTest {

    private final ByteArrayOutputStream screen = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(screen, false, StandardCharsets.UTF_8);
    private final Clock standing = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);

    private List<String> lines() {
        return screen.toString(StandardCharsets.UTF_8).lines().toList();
    }

    @Test
    void showsWhatTheRateAllowsAndCountsTheRest() {
        ConsoleSink sink = new ConsoleSink(out, new LineBudget(3, standing));
        assertThat(sink.deliver(TestDelivery.of(1, 5).lend()).result())
                .isEqualTo(Outcome.DELIVERED);
        assertThat(lines()).hasSize(4);
        assertThat(lines().get(0)).startsWith("{").contains("\"marker\":\"1-0\"");
        assertThat(lines().get(3)).isEqualTo("# 2 more records");
        sink.deliver(TestDelivery.of(2, 7).lend());
        assertThat(lines()).hasSize(5).last().isEqualTo("# 7 more records");
    }

    @Test
    void refillsWithTime() {
        long[] nowMs = {0};
        LineBudget budget = new LineBudget(10, new MovedClock(nowMs));
        assertThat(budget.take(100)).isEqualTo(10);
        assertThat(budget.take(1)).isZero();
        nowMs[0] = 500;
        assertThat(budget.take(100)).isEqualTo(5);
        nowMs[0] = 60_000;
        assertThat(budget.take(100)).isEqualTo(10);
        nowMs[0] = 0;
        assertThat(budget.take(100)).isZero();
    }

    @Test
    void retriesWhenNobodyReads() {
        OutputStream broken =
                new OutputStream() {
                    @Override
                    public void write(int b) throws IOException {
                        throw new IOException("broken pipe");
                    }
                };
        PrintStream closed = new PrintStream(broken, false, StandardCharsets.UTF_8);
        ConsoleSink sink = new ConsoleSink(closed, new LineBudget(0, standing));
        assertThat(sink.deliver(TestDelivery.of(1, 1).lend()).result())
                .isInstanceOf(Outcome.Retry.class);
    }

    @Test
    void refusesANegativeRate() {
        assertThatThrownBy(() -> new ConsoleSinkConfig(-1))
                .hasMessageStartingWith("max_records_per_second: ");
    }
}
