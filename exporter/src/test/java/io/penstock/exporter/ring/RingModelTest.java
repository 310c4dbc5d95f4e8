package io.penstock.exporter.ring;

import java.io.IOException;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Random actions on a ring, each compared with a reference model. */
class RingModelTest {
    private static final int ROUNDS = 40;
    private static final int ACTIONS = 400;

    @TempDir Path directory;

    @Test
    void behavesAsTheModel() throws IOException {
        long given = Long.getLong("penstock.seed", 0);
        long first = given != 0 ? given : System.nanoTime();
        for (int round = 0; round < (given != 0 ? 1 : ROUNDS); round++) {
            long seed = first + round;
            try {
                new RingModel(directory.resolve("r" + round), new SplittableRandom(seed))
                        .run(ACTIONS);
            } catch (RuntimeException | IOException | AssertionError e) {
                throw new AssertionError("-Dpenstock.seed=" + seed, e);
            }
        }
    }
}
