package io.penstock.cluster.pull;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.cluster.Version;
import io.penstock.cluster.assignment.AssignmentTable;
import io.penstock.cluster.pull.World.Mode;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Levels that are stale, down, slow, silent, emptied, and answer late, twice and out of order;
 * {@code -Dpenstock.seed} repeats a run.
 */
class TablePullerPropertyTest {

    private static final int WORLDS = 150;
    private static final int CHANGES = 400;
    private static final List<Mode> FAULTS = List.of(Mode.SLOW, Mode.DOWN, Mode.SILENT);

    private final long seed = Long.getLong("penstock.seed", System.nanoTime());

    /** What a level had, for how long it could be reached. */
    private static final class Past {
        private final Deque<Long> sinceNs = new ArrayDeque<>();
        private final Deque<Version> versions = new ArrayDeque<>();
        private long reachableSinceNs;

        void note(World.Place place, long nowNs, boolean reachable) {
            if (!place.table.version().equals(versions.peekLast())) {
                versions.addLast(place.table.version());
                sinceNs.addLast(nowNs);
            }
            if (!reachable) {
                reachableSinceNs = Long.MAX_VALUE;
            } else if (reachableSinceNs == Long.MAX_VALUE) {
                reachableSinceNs = nowNs;
            }
        }

        /** The oldest version that it had in the last {@code boundNs}, all of it reachable. */
        Version certain(long nowNs, long boundNs) {
            while (sinceNs.size() > 1) {
                long first = sinceNs.removeFirst();
                Version oldest = versions.removeFirst();
                if (sinceNs.getFirst() > nowNs - boundNs) {
                    sinceNs.addFirst(first);
                    versions.addFirst(oldest);
                    break;
                }
            }
            boolean longEnough =
                    reachableSinceNs <= nowNs - boundNs && sinceNs.getFirst() <= nowNs - boundNs;
            return longEnough
                    ? versions.stream().min(Version::compareTo).orElse(Version.NONE)
                    : Version.NONE;
        }
    }

    @Test
    void whatALevelHadForLongerThanItsBoundIsAtTheNodeAndVersionsNeverGoBack() {
        System.out.println("TablePullerPropertyTest: -Dpenstock.seed=" + seed);
        Random random = new Random(seed);
        int proven = 0;
        for (int w = 0; w < WORLDS; w++) {
            proven += live(random, w);
        }
        assertThat(proven).as("changes after which a level was certain").isGreaterThan(5_000);
    }

    private int live(Random random, int number) {
        World world = new World(config(random), random.nextLong());
        world.fillsArrive = random.nextBoolean();
        Map<Level, Past> pasts = new EnumMap<>(Level.class);
        pasts.put(Level.SHARED, new Past());
        pasts.put(Level.STORE, new Past());
        pasts.values().forEach(past -> past.reachableSinceNs = world.nowNs);
        boolean sharedEverServes = random.nextInt(3) > 0;
        long sequence = 1;
        int proven = 0;
        for (int change = 0; change < CHANGES; change++) {
            change(world, random, sharedEverServes, sequence++);
            pasts.forEach((level, past) -> note(world, level, past));
            world.run(10 + random.nextInt(random.nextInt(5) == 0 ? 120_000 : 4_000));
            pasts.forEach((level, past) -> note(world, level, past));
            String where = "seed %d, world %d, change %d".formatted(seed, number, change);
            for (Map.Entry<Level, Past> entry : pasts.entrySet()) {
                long boundNs =
                        entry.getKey() == Level.SHARED
                                ? world.config.sharedBoundNs()
                                : world.config.storeBoundNs(sharedEverServes);
                Version certain = entry.getValue().certain(world.nowNs, boundNs);
                proven += certain.equals(Version.NONE) ? 0 : 1;
                assertThat(world.held())
                        .as("%s: %s had %s", where, entry.getKey(), certain)
                        .isGreaterThanOrEqualTo(certain);
            }
            assertThat(world.adopted).as(where).isSorted().doesNotHaveDuplicates();
        }
        assertThat(world.mostStoreReadsInAMinute())
                .as("seed %d, world %d", seed, number)
                .isLessThanOrEqualTo(Math.max(1, world.config.storeReadsPerMinute()));
        return proven;
    }

    private static void note(World world, Level level, Past past) {
        World.Place place = world.place(level);
        past.note(place, world.nowNs, place.mode == Mode.WORKS);
    }

    private static void change(World world, Random random, boolean sharedServes, long sequence) {
        World.Place shared = world.place(Level.SHARED);
        World.Place store = world.place(Level.STORE);
        switch (random.nextInt(9)) {
            case 0 -> world.put(Level.STORE, 1, sequence);
            case 1 -> world.put(Level.SHARED, 1, sequence);
            case 2 -> {
                world.put(Level.STORE, 1, sequence);
                world.put(Level.SHARED, 1, sequence);
                world.hint(1, sequence);
            }
            case 3 -> shared.table = store.table;
            case 4 -> shared.table = AssignmentTable.NONE;
            case 5 -> shared.mode = mode(random);
            case 6 -> store.mode = mode(random);
            case 7 -> world.hint(1, sequence + random.nextInt(3));
            default -> {
                shared.latencyMs = random.nextInt(world.config.sharedDeadlineMs());
                store.latencyMs = random.nextInt(world.config.storeDeadlineMs());
            }
        }
        if (!sharedServes && shared.mode == Mode.WORKS) {
            shared.mode = Mode.DOWN;
        }
    }

    private static Mode mode(Random random) {
        return random.nextInt(3) == 0 ? FAULTS.get(random.nextInt(FAULTS.size())) : Mode.WORKS;
    }

    private static PullConfig config(Random random) {
        return new PullConfig(
                500 + random.nextInt(10_000),
                1_000 + random.nextInt(30_000),
                31_000 + random.nextInt(60_000),
                random.nextInt(5) / 10.0,
                100 + random.nextInt(1_000),
                100 + random.nextInt(5_000),
                1 + random.nextInt(10));
    }

    /** The numbers of docs/cluster.md. */
    @Test
    void readsOfTheStoreAreAFewAMinuteWhateverHappens() {
        PullConfig config = PullConfig.standard();
        System.out.printf(
                "store reads a node and minute: map serves %.2f, map empty and unfillable %.2f, map down %.2f,"
                        + " both down %.2f, map down and a hint a second %.2f (most in a minute %d)%n",
                perMinute(world -> world.put(Level.SHARED, 1, 1)),
                perMinute(world -> world.fillsArrive = false),
                perMinute(world -> world.place(Level.SHARED).mode = Mode.DOWN),
                perMinute(
                        world -> {
                            world.place(Level.SHARED).mode = Mode.SILENT;
                            world.place(Level.STORE).mode = Mode.DOWN;
                        }),
                flood().storeReadsNs.size() / 60.0,
                flood().mostStoreReadsInAMinute());

        assertThat(perMinute(world -> world.put(Level.SHARED, 1, 1))).isLessThan(0.3);
        assertThat(perMinute(world -> world.place(Level.SHARED).mode = Mode.DOWN)).isLessThan(2.6);
        assertThat(flood().mostStoreReadsInAMinute())
                .isLessThanOrEqualTo(config.storeReadsPerMinute());
    }

    private static double perMinute(java.util.function.Consumer<World> condition) {
        World world = new World(PullConfig.standard(), 5);
        world.put(Level.STORE, 1, 1);
        condition.accept(world);
        world.run(3_600_000);
        return world.storeReadsNs.size() / 60.0;
    }

    private static World flood() {
        World world = new World(PullConfig.standard(), 6);
        world.put(Level.STORE, 1, 1);
        world.place(Level.SHARED).mode = Mode.DOWN;
        for (int second = 0; second < 3_600; second++) {
            world.hint(2, second);
            world.run(1_000);
        }
        return world;
    }
}
