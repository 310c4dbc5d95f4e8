package io.penstock.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReadingTest {

    @Test
    void jsonIsReadAsItIsWritten() {
        assertThat(
                        JsonReader.read(
                                " {\"a\":{\"b\":[1,-2.5,true,null]},\"t\":\"x\\\"\\u00e9\\n\",\"e\":{}} "))
                .isEqualTo(
                        Map.of(
                                "a",
                                Map.of("b", List.of(1L, -2.5, true, "")),
                                "t",
                                "x\"é\n",
                                "e",
                                Map.of()));
    }

    @Test
    void whatIsNoJsonIsSaidToBeNone() {
        for (String bad :
                List.of(
                        "",
                        "{",
                        "{\"a\"}",
                        "[1,",
                        "<html>",
                        "\"\\q\"",
                        "tru",
                        "{} x",
                        "\"\\u12\"")) {
            assertThatThrownBy(() -> JsonReader.read(bad))
                    .as(bad)
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> JsonReader.read("[".repeat(100)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void waitsGrowToABoundAndAServersWishIsNeverCutShort() {
        BackOff early = new BackOff(() -> 0);
        BackOff late = new BackOff(() -> 0.999);
        assertThat(early.delayMs(1, -1)).isEqualTo(25);
        assertThat(late.delayMs(1, -1)).isEqualTo(49);
        assertThat(late.delayMs(1000, -1)).isLessThanOrEqualTo(BackOff.MAX_MS);
        assertThat(early.delayMs(1000, -1)).isEqualTo(BackOff.MAX_MS / 2);
        assertThat(early.delayMs(9, 700)).isEqualTo(700);
        assertThat(late.delayMs(9, 700)).isBetween(700L, 840L);
    }
}
