package io.penstock.gateway.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TextTableTest {
    private static TextTable table() {
        return new TextTable("NAME", "WHERE", "COUNT", "WHY")
                .ifRoom("WHY", "WHERE")
                .row("a-rather-long-name", "somewhere far away", "1,234", "because of something")
                .row("b", "here", "5", "-");
    }

    @Test
    void whereThereIsRoomNothingIsCut() {
        assertThat(table().explained(200))
                .containsExactly(
                        "NAME                WHERE               COUNT  WHY",
                        "a-rather-long-name  somewhere far away  1,234  because of something",
                        "b                   here                    5  -");
    }

    @Test
    void wordsAreCutFirstThenColumnsAreLeftOutAndNamed() {
        assertThat(table().explained(50))
                .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(50))
                .noneSatisfy(line -> assertThat(line).contains("no room"))
                .anySatisfy(line -> assertThat(line).contains("…", "1,234"));
        assertThat(table().explained(36)).last().isEqualTo("(no room for WHERE)");
        assertThat(table().explained(20))
                .contains("NAME           COUNT", "(no room for WHY, WHERE)")
                .anySatisfy(line -> assertThat(line).isEqualTo("a-rather-lon…  1,234"));
    }

    @Test
    void columnsMoveTogetherBeforeAnythingIsLeftOut() {
        TextTable table = new TextTable("A", "B", "C").ifRoom("C").row("abc", "1", "2");
        assertThat(table.explained(9)).containsExactly("A    B  C", "abc  1  2");
        assertThat(table.explained(7)).containsExactly("A   B C", "abc 1 2");
        assertThat(table.explained(6)).containsExactly("A    B", "abc  1", "(no room for C)");
    }

    @Test
    void noLineIsWiderThanTheTerminalWhereNumbersFit() {
        Random random = new Random(7);
        for (int i = 0; i < 500; i++) {
            TextTable table = new TextTable("A", "B", "C").ifRoom("B", "C");
            for (int row = 0; row < 5; row++) {
                table.row(
                        "x".repeat(random.nextInt(40)),
                        "y".repeat(random.nextInt(40)),
                        "" + random.nextInt(1000));
            }
            int columns = 10 + random.nextInt(80);
            assertThat(table.lines(columns))
                    .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(columns));
        }
    }

    @Test
    void whatATerminalWouldObeyIsNotWritten() {
        StringWriter text = new StringWriter();
        JsonTable.of(new JsonArray().add(new JsonObject().put("e", "a\u001b[31mb\nc")))
                .text("E", "e")
                .print(new PrintWriter(text, true));
        assertThat(text.toString()).contains("a [31mb c").doesNotContain("\u001b");
    }

    @Test
    void coloursAreForTerminalsThatKnowThemAndNobodyForbids() {
        assertThat(Terminal.hasColour(true, null, "xterm")).isTrue();
        assertThat(Terminal.hasColour(true, "", "xterm")).isTrue();
        assertThat(Terminal.hasColour(true, "0", "xterm")).isFalse();
        assertThat(Terminal.hasColour(true, null, "dumb")).isFalse();
        assertThat(Terminal.hasColour(true, null, null)).isFalse();
        assertThat(Terminal.hasColour(false, null, "xterm")).isFalse();
        assertThat(Paint.BAD.on("x", false)).isEqualTo("x");
        assertThat(Paint.BAD.on("x", true)).isEqualTo("\u001b[31mx\u001b[0m");
    }
}
