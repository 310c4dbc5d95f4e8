package io.penstock.perf.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.gateway.terminal.LiveLine;
import io.penstock.perf.kafka.KafkaSettings.Question;
import io.penstock.perf.side.Cores;
import io.penstock.perf.side.JvmOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KafkaBenchTest {
    @TempDir private Path directory;

    @Test
    void aQuestionHasAnAnswerFromEachSide() throws Exception {
        Assumptions.assumeTrue(
                KafkaBench.isPossible(), "no Kafka broker here: the build writes its class path");
        KafkaSettings settings =
                new KafkaSettings(
                        EnumSet.of(Question.SINK, Question.COPY),
                        250_000,
                        0,
                        0.1,
                        1,
                        Cores.SHARED,
                        JvmOptions.launcher().with(List.of("-XX:TieredStopAtLevel=1")),
                        KafkaSettings.Keys.NONE,
                        directory);

        List<KafkaRound> rounds = new KafkaBench(settings, LiveLine.onErr()).run();

        assertThat(rounds)
                .extracting(each -> each.question() + " " + each.side())
                .containsExactly(
                        "SINK gateway",
                        "SINK ProducerPerformance",
                        "COPY gateway",
                        "COPY poll and send");
        assertThat(rounds).allMatch(each -> each.records() > 0 && each.cpuSeconds() > 0);
        try (var left = Files.list(directory)) {
            assertThat(left).isEmpty();
        }
    }
}
