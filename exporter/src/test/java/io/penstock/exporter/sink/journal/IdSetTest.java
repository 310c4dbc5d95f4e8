package io.penstock.exporter.sink.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class IdSetTest {

    /** The hash zero and its neighbour came into this one, and were taken for the same. */
    private static final long SEED_WITH_ZERO = 8546988911248L;

    @Test
    void holdsWhatAHashSetHolds() {
        holdsWhatAHashSetHolds(Long.getLong("penstock.seed", System.nanoTime()));
        holdsWhatAHashSetHolds(SEED_WITH_ZERO);
    }

    private static void holdsWhatAHashSetHolds(long seed) {
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
