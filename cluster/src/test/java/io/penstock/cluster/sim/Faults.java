package io.penstock.cluster.sim;

import static io.penstock.cluster.sim.World.MS;

import java.util.Random;

/** What goes wrong in a world, by its own random numbers. */
final class Faults {
    private final World world;
    private final Random random;
    private final long endNs;
    private final long everyNs;

    Faults(World world, long endNs) {
        this.world = world;
        this.random = world.random;
        this.endNs = endNs;
        this.everyNs = 500 * MS + random.nextLong(5000 * MS);
    }

    void begin() {
        world.after(random.nextLong(everyNs), this::next);
    }

    private void next() {
        if (world.nowNs >= endNs) {
            return;
        }
        one();
        world.after(random.nextLong(everyNs), this::next);
    }

    private void one() {
        SimNode node = world.nodes.get(random.nextInt(world.nodes.size()));
        SimNode leader = world.leader();
        if (leader != null && random.nextInt(3) == 0) {
            node = leader;
        }
        SimNode hit = node;
        long lastsNs = 100 * MS + random.nextLong(random.nextBoolean() ? 1000 * MS : 5000 * MS);
        switch (random.nextInt(11)) {
            case 0, 1 -> {
                hit.crash();
                world.after(lastsNs, hit::start);
            }
            case 2, 3 -> {
                hit.pause();
                world.after(lastsNs, hit::resume);
            }
            case 4 -> split(lastsNs);
            case 5 -> isolate(hit, lastsNs);
            case 6 -> oneWay(hit, lastsNs);
            case 7 -> {
                world.loss = random.nextDouble() * 0.4;
                world.after(lastsNs, () -> world.loss = 0);
            }
            case 8 -> {
                world.mostDelayNs = random.nextLong(1500 * MS) + MS;
                world.after(lastsNs, () -> world.mostDelayNs = 4 * MS);
            }
            case 9 -> {
                world.store.isDown = random.nextBoolean();
                world.store.isStale = !world.store.isDown;
                world.after(lastsNs, this::mendStore);
            }
            default -> {
                hit.isDiskFull = true;
                world.after(lastsNs, () -> hit.isDiskFull = false);
            }
        }
    }

    private void mendStore() {
        world.store.isDown = false;
        world.store.isStale = false;
    }

    private void split(long lastsNs) {
        int side = 1 + random.nextInt((1 << world.nodes.size()) - 1);
        boolean bothWays = random.nextInt(3) != 0;
        for (int from = 0; from < world.isCut.length; from++) {
            for (int to = 0; to < world.isCut.length; to++) {
                boolean fromIn = ((side >> from) & 1) == 1;
                boolean toIn = ((side >> to) & 1) == 1;
                if ((fromIn && !toIn) || (bothWays && toIn && !fromIn)) {
                    cut(from, to, lastsNs);
                }
            }
        }
    }

    private void isolate(SimNode node, long lastsNs) {
        if (!world.isStoreCut[node.index]) {
            world.isStoreCut[node.index] = true;
            world.after(lastsNs, () -> world.isStoreCut[node.index] = false);
        }
        for (int other = 0; other < world.isCut.length; other++) {
            cut(node.index, other, lastsNs);
            cut(other, node.index, lastsNs);
        }
    }

    private void oneWay(SimNode node, long lastsNs) {
        boolean deaf = random.nextBoolean();
        for (int other = 0; other < world.isCut.length; other++) {
            if (random.nextInt(4) != 0) {
                cut(deaf ? other : node.index, deaf ? node.index : other, lastsNs);
            }
        }
    }

    private void cut(int from, int to, long lastsNs) {
        if (from != to && !world.isCut[from][to]) {
            world.isCut[from][to] = true;
            world.after(lastsNs, () -> world.isCut[from][to] = false);
        }
    }
}
