package io.penstock.exporter.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class DecimalsTest {

    private final byte[] out = new byte[Decimals.MAX_BYTES];

    @Test
    void writesLongsAsTheJdkDoes() {
        for (long value : new long[] {0, 9, 10, 99, 100, -1, Long.MAX_VALUE, Long.MIN_VALUE}) {
            assertThat(text(value)).isEqualTo(Long.toString(value));
        }
        long power = 1;
        for (int i = 0; i < 19; i++, power *= 10) {
            for (long value : new long[] {power, power - 1, power + 1, -power}) {
                assertThat(text(value)).isEqualTo(Long.toString(value));
            }
        }
        SplittableRandom random = Seed.random("DecimalsTest.longs");
        for (int round = 0; round < 100_000; round++) {
            long value = random.nextLong() >> random.nextInt(64);
            assertThat(text(value)).isEqualTo(Long.toString(value));
        }
    }

    @Test
    void writesDoublesThatReadBackAsTheSame() {
        SplittableRandom random = Seed.random("DecimalsTest.doubles");
        for (int round = 0; round < 200_000; round++) {
            double value =
                    switch (random.nextInt(3)) {
                        case 0 -> Double.longBitsToDouble(random.nextLong());
                        case 1 -> random.nextInt(100_000_000) / 1000.0;
                        default -> random.nextDouble(-1e7, 1e7);
                    };
            if (Double.isFinite(value)) {
                assertThat(Double.parseDouble(text(value))).isEqualTo(value);
            }
        }
    }

    @Test
    void writesShortFractionsShortly() {
        assertThat(text(0.0)).isEqualTo("0.0");
        assertThat(text(-0.0)).isEqualTo("-0.0");
        assertThat(text(1.5)).isEqualTo("1.5");
        assertThat(text(-12.034)).isEqualTo("-12.034");
        assertThat(text(0.000001)).isEqualTo("0.000001");
        assertThat(text(9999999.0)).isEqualTo("9999999.0");
        assertThat(text(1e300)).isEqualTo("1.0E300");
    }

    private String text(long value) {
        return new String(out, 0, Decimals.put(out, 0, value), StandardCharsets.US_ASCII);
    }

    private String text(double value) {
        return new String(out, 0, Decimals.put(out, 0, value), StandardCharsets.US_ASCII);
    }
}
