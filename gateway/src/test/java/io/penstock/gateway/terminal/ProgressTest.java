package io.penstock.gateway.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.gateway.boot.TestNode;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ProgressTest {
    @Test
    void tellsRateAndRemainingTime() {
        assertThat(Progress.state("replayed", 12, 48, 3, Amounts::count))
                .isEqualTo("replayed 12 of 48  25%  [#####---------------]  4/s  9.0 s left");
        assertThat(Progress.state("pushed", 0, 2048, 1, Amounts::bytes))
                .isEqualTo("pushed 0 B of 2.0 KiB  0%  [--------------------]  0 B/s");
        assertThat(Progress.state("moved", 9, 4, 1, Amounts::count))
                .contains("100%", "[####################]")
                .doesNotContain("left");
        assertThat(Progress.state("checking", 0, 0, 3, Amounts::count))
                .isEqualTo("checking, 3.0 s");
    }

    @Test
    void isRedrawnOnATerminalUntilTheWorkIsOver() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (Progress progress =
                Progress.on(
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        true,
                        "moved",
                        4,
                        Amounts::count)) {
            progress.begin(2, 2);
            progress.part(0.5);
            progress.detail("on a");
            TestNode.until(() -> out.toString(StandardCharsets.UTF_8).contains("moved 3 of 4"));
        }
        String drawn = out.toString(StandardCharsets.UTF_8);
        assertThat(drawn).contains("75%", "on a").endsWith(" \r");
    }

    @Test
    void saysNothingOfShortWorkAndToFiles() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (Progress progress =
                Progress.on(
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        false,
                        "moved",
                        4,
                        Amounts::count)) {
            progress.done(4);
        }
        assertThat(out.size()).isZero();
    }
}
