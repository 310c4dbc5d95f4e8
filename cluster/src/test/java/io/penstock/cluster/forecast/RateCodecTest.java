package io.penstock.cluster.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RateCodecTest {

    @Test
    void ratesComeBackWithinAFewHundredths() throws IOException {
        long seed = Long.getLong("penstock.seed", System.nanoTime());
        System.out.println("RateCodecTest: -Dpenstock.seed=" + seed);
        Random random = new Random(seed);
        float[] slots = new float[HourOfWeek.SLOTS];
        for (int i = 0; i < slots.length; i++) {
            slots[i] = i % 5 == 0 ? -1 : (float) Math.pow(10, random.nextDouble() * 12 - 1);
        }
        slots[1] = 0;
        Map<String, float[]> back = RateCodec.decode(RateCodec.encode(Map.of("r/größer", slots)));

        assertThat(back).containsOnlyKeys("r/größer");
        float[] rates = back.getOrDefault("r/größer", new float[0]);
        for (int i = 0; i < slots.length; i++) {
            float was = slots[i];
            assertThat(rates[i]).isCloseTo(was, within(Math.abs(was) * 0.0004f + 0.0004f));
        }
        assertThat(new RateHistory(rates).at(0)).isNotNegative();
    }

    @Test
    void aThousandExportsAreSmallAndMoreAreNotKept() {
        Map<String, float[]> many = new HashMap<>();
        for (int i = 0; i < RateCodec.MOST; i++) {
            many.put("repo/export-" + i, new float[HourOfWeek.SLOTS]);
        }
        assertThat(RateCodec.encode(many)).hasSizeLessThan(400_000);
        many.put("one/more", new float[HourOfWeek.SLOTS]);
        assertThatThrownBy(() -> RateCodec.encode(many))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void whatIsDamagedIsRefused() {
        byte[] bytes = RateCodec.encode(Map.of("r/e", new float[HourOfWeek.SLOTS]));
        for (int at = 0; at < bytes.length; at++) {
            byte[] damaged = bytes.clone();
            damaged[at] ^= 4;
            assertThatThrownBy(() -> RateCodec.decode(damaged)).isInstanceOf(IOException.class);
            byte[] cut = Arrays.copyOf(bytes, at);
            assertThatThrownBy(() -> RateCodec.decode(cut)).isInstanceOf(IOException.class);
        }
    }
}
