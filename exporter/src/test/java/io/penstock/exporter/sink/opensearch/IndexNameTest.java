package io.penstock.exporter.sink.opensearch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IndexNameTest {

    private static long nanos(String time) {
        Instant instant = Instant.parse(time);
        return instant.getEpochSecond() * 1_000_000_000 + instant.getNano();
    }

    @ParameterizedTest
    @CsvSource({
        "logs, logs",
        "logs-${yyyy.MM.dd}, logs-2026.11.26",
        "a-${yyyy}-b-${MM}${dd}.${HH}x, a-2026-b-1126.07x",
        "${yyyy}, 2026"
    })
    void namesTheIndexOfATime(String template, String name) {
        assertThat(new IndexName(template).at(nanos("2026-11-26T07:59:59.999999999Z")))
                .isEqualTo(name);
    }

    @Test
    void changesWithTheHourAndBack() {
        IndexName name = new IndexName("i-${yyyy.MM.dd-HH}");
        assertThat(name.at(nanos("2026-11-26T07:59:59.999999999Z"))).isEqualTo("i-2026.11.26-07");
        assertThat(name.at(nanos("2026-11-26T08:00:00Z"))).isEqualTo("i-2026.11.26-08");
        assertThat(name.at(nanos("2026-11-26T07:00:00Z"))).isEqualTo("i-2026.11.26-07");
        assertThat(name.at(-1)).isEqualTo("i-1969.12.31-23");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-a",
                "_a",
                "A",
                "a b",
                "a*",
                "a/b",
                ".",
                "..",
                "a${",
                "a${mm}",
                "a${}",
                "a${yyyy.MM.dd'x'}",
                "a${MMMM}",
                "\u00fc"
            })
    void refusesWhatIsNoName(String template) {
        assertThatThrownBy(() -> new IndexName(template))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("index: ");
    }
}
