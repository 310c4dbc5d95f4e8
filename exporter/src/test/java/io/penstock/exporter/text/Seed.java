package io.penstock.exporter.text;

import java.util.SplittableRandom;

/** The seed of random tests: {@code -Dpenstock.seed=N}, or a fresh one, printed. */
public final class Seed {

    private Seed() {}

    /** A generator for one test; says its seed on standard output. */
    public static SplittableRandom random(String test) {
        long seed = Long.getLong("penstock.seed", System.nanoTime());
        System.out.println(test + ": -Dpenstock.seed=" + seed);
        return new SplittableRandom(seed);
    }
}
