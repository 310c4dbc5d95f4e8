package io.penstock.exporter.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Rfc3339Test {

    private final Rfc3339Writer writer = new Rfc3339Writer();
    private final byte[] out = new byte[Rfc3339Writer.MAX_BYTES];

    @Test
    void writesWhatTheJdkReadsBack() {
        SplittableRandom random = Seed.random("Rfc3339Test.write");
        for (int round = 0; round < 100_000; round++) {
            long unit = new long[] {1, 1000, 1_000_000, 1_000_000_000}[random.nextInt(4)];
            long nanos = Math.floorDiv(random.nextLong(), unit) * unit;
            Instant read = Instant.parse(write(nanos));
            assertThat(read.getEpochSecond()).isEqualTo(Math.floorDiv(nanos, 1_000_000_000L));
            assertThat(read.getNano()).isEqualTo((int) Math.floorMod(nanos, 1_000_000_000L));
        }
    }

    @Test
    void writesNoMoreDigitsThanThereAre() {
        assertThat(write(0)).isEqualTo("1970-01-01T00:00:00Z");
        assertThat(write(250_000_000)).isEqualTo("1970-01-01T00:00:00.25Z");
        assertThat(write(1)).isEqualTo("1970-01-01T00:00:00.000000001Z");
        assertThat(write(-1)).isEqualTo("1969-12-31T23:59:59.999999999Z");
        assertThat(write(951_782_400_000_000_000L)).isEqualTo("2000-02-29T00:00:00Z");
    }

    @Test
    void readsWhatTheJdkWrites() {
        SplittableRandom random = Seed.random("Rfc3339Test.read");
        for (int round = 0; round < 100_000; round++) {
            long nanos = random.nextLong() / 2;
            ZoneOffset zone = ZoneOffset.ofTotalSeconds(60 * random.nextInt(-18 * 60, 18 * 60));
            OffsetDateTime time = Instant.ofEpochSecond(0, nanos).atOffset(zone);
            String text = time.toString();
            if (text.length() > 17 && text.charAt(16) == ':') {
                assertThat(parse(text)).as(text).isEqualTo(nanos);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-11-22t06:30:00z",
                "2026-11-22 06:30:00Z",
                "2026-11-22T06:30:00.000Z",
                "2026-11-22T07:30:00+01:00",
                "2026-11-22T06:30:00.0000000009Z",
                "2026-11-22T06:29:60Z"
            })
    void readsTheFormsThatTheStandardAllows(String text) {
        assertThat(parse(text)).isEqualTo(1_795_329_000_000_000_000L);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "2026-11-22",
                "2026-11-22T06:30:00",
                "2026-11-22T06:30:00.Z",
                "2026-11-22T06:30:00ZZ",
                "2026-11-22T06:30:00+0100",
                "2026-11-22T06:30:00+24:00",
                "2026-11-22T24:00:00Z",
                "2026-11-22T06:60:00Z",
                "2026-02-29T06:30:00Z",
                "2100-02-29T06:30:00Z",
                "2026-13-01T06:30:00Z",
                "2026-00-01T06:30:00Z",
                "0001-01-01T00:00:00Z",
                "2300-01-01T00:00:00Z",
                "2026-11-2 T06:30:00Z",
                "22/Nov/2026:06:30:00 +0000"
            })
    void refusesEverythingElse(String text) {
        assertThat(parse(text)).isEqualTo(Rfc3339.NONE);
    }

    private String write(long nanos) {
        return new String(out, 0, writer.put(out, 0, nanos), StandardCharsets.US_ASCII);
    }

    private static long parse(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        return Rfc3339.parse(bytes, 0, bytes.length);
    }
}
