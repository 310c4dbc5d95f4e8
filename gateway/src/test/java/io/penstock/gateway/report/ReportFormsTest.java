package io.penstock.gateway.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.gateway.config.ReportConfig;
import io.penstock.gateway.report.Page.Line;
import io.penstock.gateway.report.Page.Plot;
import io.penstock.gateway.report.Page.Section;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportFormsTest {
    private static final ZoneId VIENNA = ZoneId.of("Europe/Vienna");
    private static final long HOUR_MS = 3_600_000;

    @TempDir private Path directory;

    private static long at(String time) {
        return Instant.parse(time).toEpochMilli();
    }

    @Test
    void aDayEndsAtItsLocalTimeAndIsAsLongAsTheClockSays() {
        LocalTime six = LocalTime.of(6, 0);
        Period winter = Period.day(at("2026-01-15T12:00:00Z"), six, VIENNA);
        assertThat(winter.toMs()).isEqualTo(at("2026-01-15T05:00:00Z"));
        assertThat(winter.toMs() - winter.fromMs()).isEqualTo(24 * HOUR_MS);
        Period before = Period.day(at("2026-01-15T04:59:00Z"), six, VIENNA);
        assertThat(before.toMs()).isEqualTo(at("2026-01-14T05:00:00Z"));
        Period shorter = Period.day(at("2026-03-29T12:00:00Z"), six, VIENNA);
        assertThat(shorter.toMs() - shorter.fromMs()).isEqualTo(23 * HOUR_MS);
        Period longer = Period.day(at("2026-10-25T12:00:00Z"), six, VIENNA);
        assertThat(longer.toMs() - longer.fromMs()).isEqualTo(25 * HOUR_MS);
        assertThat(Period.nextMs(at("2026-01-15T12:00:00Z"), six, VIENNA))
                .isEqualTo(at("2026-01-16T05:00:00Z"));
        assertThat(winter.name(VIENNA)).isEqualTo("daily-2026-01-15-0600");
        // the clock goes from 2 to 3: what is due at half past two is due at half past three
        LocalTime left = LocalTime.of(2, 30);
        assertThat(Period.day(at("2026-03-29T12:00:00Z"), left, VIENNA).toMs())
                .isEqualTo(at("2026-03-29T01:30:00Z"));
    }

    private static Page page(List<Double> values) {
        Plot plot = new Plot("Rates", "", 0, 300_000, List.of(new Line("accepted", values)));
        Section section =
                new Section(
                        "A & B",
                        "note <b>",
                        List.of(plot),
                        List.of("what", "many"),
                        List.of(
                                List.of("a|b\nc", "1,234"),
                                List.of("<script>", "-"),
                                List.of("![x](//evil)\n\\", "-")));
        return new Page("Title", "intro", ZoneOffset.UTC, List.of(section));
    }

    @Test
    void whatOthersSaidCannotBecomeMarkup() {
        String html = HtmlForm.of(page(List.of(1.0, 2.0)));
        assertThat(html)
                .contains("A &amp; B", "note &lt;b&gt;", "&lt;script&gt;", "<td class=\"n\">1,234")
                .doesNotContain("<script");
        String markdown = MarkdownForm.of(page(List.of(1.0, 2.0)));
        assertThat(markdown)
                .contains("| a\\|b c | 1,234 |", "|---|---:|", "1 to 2, mean 1.5")
                .contains("note \\<b>", "| \\<script> |", "| !\\[x](//evil) \\\\ |")
                .doesNotContain(" <script", "![");
    }

    @Test
    void timesAreThoseOfTheReader() {
        Plot plot = page(List.of(1.0, 2.0)).sections().get(0).plots().get(0);
        assertThat(SvgPlot.of(plot, VIENNA)).contains(">01:00<").doesNotContain(">00:00<");
        assertThat(SvgPlot.of(plot, ZoneOffset.UTC)).contains(">00:00<");
    }

    @Test
    void aGapStaysAGapAndNothingIsDrawnOfNothing() {
        double gap = Double.NaN;
        String line =
                SvgPlot.of(
                        page(List.of(1.0, gap, 2.0, 3.0)).sections().get(0).plots().get(0), VIENNA);
        assertThat(line)
                .containsPattern("d=\"M[0-9. ]+h0M[0-9. ]+L[0-9. ]+\"")
                .doesNotContain("NaN");
        String none = SvgPlot.of(page(List.of(gap, gap)).sections().get(0).plots().get(0), VIENNA);
        assertThat(none).contains("d=\"\"").doesNotContain("NaN", "Infinity");
        assertThat(SvgPlot.ceiling(37)).isEqualTo(50);
        assertThat(SvgPlot.ceiling(0)).isEqualTo(1);
    }

    @Test
    void theNewestAreKept() throws Exception {
        ReportStore store = new ReportStore(directory.resolve("r"), 2);
        assertThat(store.names()).isEmpty();
        for (String day : List.of("03", "01", "02")) {
            store.write("daily-2026-01-" + day + "-0600", "h" + day, "m" + day);
        }
        assertThat(store.names()).containsExactly("daily-2026-01-03-0600", "daily-2026-01-02-0600");
        assertThat(store.read("daily-2026-01-03-0600.md")).contains("m03");
        assertThat(store.read("../r/daily-2026-01-03-0600.md")).isEmpty();
    }

    @Test
    void aConfigurationThatMeansNothingIsRefused() {
        assertThatThrownBy(() -> new ReportConfig("6 o'clock", "UTC", "", 1, List.of()))
                .hasMessageContaining("daily_at");
        assertThatThrownBy(() -> new ReportConfig("", "Europe/Nowhere", "", 1, List.of()))
                .hasMessageContaining("zone");
        assertThatThrownBy(() -> new ReportConfig("", "UTC", "", 0, List.of()))
                .hasMessageContaining("keep");
    }
}
