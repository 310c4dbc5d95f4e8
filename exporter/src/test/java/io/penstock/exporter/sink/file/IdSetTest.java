package io.penstock.exporter.sink.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class IdSetTest {

    @Test
    void holdsWhatAHashSetHolds() {
        long seed = Long.getLong("penstock.seed", System.nanoTime());
        System.out.println("IdSetTest -Dpenstock.seed=" + seed);
        SplittableRandom random = new SplittableRandom(seed);
        IdSet set = new IdSet();
        Set<DeliveryHash> model = new HashSet<>();
        for (int i = 0; i < 20_000; i++) {
            // few values, so that there are repeats, zeros, and equal halves
            DeliveryHash id = new DeliveryHash(random.nextLong(200), random.nextLong(200));
            assertThat(set.contains(id)).isEqualTo(model.contains(id));
            set.add(id);
            model.add(id);
            assertThat(set.size()).isEqualTo(model.size());
        }
    }
}
