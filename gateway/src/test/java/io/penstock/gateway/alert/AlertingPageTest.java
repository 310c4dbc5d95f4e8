package io.penstock.gateway.alert;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The table of {@code docs/alerting.md} is held against the conditions. */
class AlertingPageTest {
    private static final Path PAGE = Path.of("../docs/alerting.md");
    private static final String HEAD = "|---|---|---|---|---|---|---|---|---|\n";
    private static final Map<Condition.About, String> ABOUT =
            Map.of(
                    Condition.About.EXPORT, "export",
                    Condition.About.SOURCE, "source",
                    Condition.About.NODE, "node or port",
                    Condition.About.CLUSTER, "cluster");

    private static String row(Condition condition) {
        Rule rule = condition.usualRule();
        return String.format(
                Locale.ROOT,
                "| `%s` | %s | %s | %,.0f | %s%,.0f | %s | %s | %s | %s |%n",
                condition.word(),
                ABOUT.get(condition.about()),
                condition.unit().isEmpty() ? "-" : condition.unit(),
                rule.threshold(),
                condition.isLowBad() ? "> " : "< ",
                rule.clear(),
                time(rule.holdMs()),
                time(rule.clearHoldMs()),
                rule.severity().word(),
                condition.means());
    }

    private static String time(long ms) {
        if (ms == 0) {
            return "-";
        }
        return ms % 60_000 == 0 ? ms / 60_000 + " min" : ms / 1000 + " s";
    }

    @Test
    void everyConditionStandsInTheTableWithItsValues() throws Exception {
        String page = Files.readString(PAGE);
        int from = page.indexOf(HEAD) + HEAD.length();
        String table =
                List.of(Condition.values()).stream()
                        .map(AlertingPageTest::row)
                        .collect(Collectors.joining());
        List<String> rows = new ArrayList<>();
        page.substring(from).lines().takeWhile(line -> line.startsWith("|")).forEach(rows::add);
        if (Boolean.getBoolean("penstock.write")) {
            int end = page.indexOf("\n\"1\" stands");
            Files.writeString(PAGE, page.substring(0, from) + table + page.substring(end));
            return;
        }
        assertThat(rows)
                .as("docs/alerting.md; -Dpenstock.write=true writes it")
                .isEqualTo(table.lines().toList());
    }
}
