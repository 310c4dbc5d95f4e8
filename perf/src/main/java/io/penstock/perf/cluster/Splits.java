package io.penstock.perf.cluster;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Networks that fall apart. */
final class Splits {
    /** Longer than Hazelcast takes to give up a member that is silent. */
    private static final long SPLIT_MS = 16_000;

    private static final long LEASE_OVER_WITHIN_MS = 10_000;

    private Splits() {}

    /** The leader is on the side with fewer voters. */
    static void leaderInMinority(Cluster cluster)
            throws IOException, InterruptedException, LateException {
        String leader = cluster.awaitLeader(cluster.ids());
        List<String> small = new ArrayList<>(List.of(leader));
        small.addAll(cluster.others(leader).subList(0, minority(cluster) - 1));
        split(cluster, small, true);
    }

    /** The leader is on the side with more voters. */
    static void leaderInMajority(Cluster cluster)
            throws IOException, InterruptedException, LateException {
        List<String> others = cluster.others(cluster.awaitLeader(cluster.ids()));
        split(cluster, others.subList(0, minority(cluster)), false);
    }

    private static int minority(Cluster cluster) {
        return (cluster.ids().size() - 1) / 2;
    }

    private static void split(Cluster cluster, List<String> small, boolean leads)
            throws IOException, InterruptedException, LateException {
        List<String> large = cluster.others(small.toArray(String[]::new));
        long cutNs = System.nanoTime();
        cluster.network().cut(small.stream().map(id -> cluster.node(id).place()).toList());
        if (leads) {
            cluster.anotherLeads(large, cutNs);
        }
        cluster.tasksMove(large, cutNs);
        rest(cluster, small, cutNs);
    }

    /** A node that hears the others, and is not heard. */
    static void oneWay(Cluster cluster) throws IOException, InterruptedException, LateException {
        String mute = cluster.others(cluster.awaitLeader(cluster.ids())).get(0);
        List<String> others = cluster.others(mute);
        long cutNs = System.nanoTime();
        cluster.network()
                .mute(
                        cluster.node(mute).place(),
                        others.stream().map(id -> cluster.node(id).place()).toList());
        cluster.tasksMove(others, cutNs);
        rest(cluster, List.of(mute), cutNs);
    }

    private static void rest(Cluster cluster, List<String> small, long cutNs)
            throws IOException, InterruptedException, LateException {
        cluster.await(
                "nothing runs on " + small,
                LEASE_OVER_WITHIN_MS,
                () -> small.stream().allMatch(id -> idle(cluster, id)));
        small.forEach(id -> idleSince(cluster, id, cutNs));
        cluster.stay(Math.max(0, SPLIT_MS - (System.nanoTime() - cutNs) / 1_000_000));
        long healedNs = System.nanoTime();
        cluster.network().heal();
        cluster.settle("whole again after the split", healedNs);
    }

    private static boolean idle(Cluster cluster, String id) {
        return cluster.watch()
                .now(id)
                .map(sight -> sight.running().isEmpty() && !sight.leads())
                .orElse(false);
    }

    /** Notes when the node was first seen to run nothing; that was before anybody waited for it. */
    private static void idleSince(Cluster cluster, String id, long cutNs) {
        cluster.watch().of(id).stream()
                .filter(sight -> sight.askedNs() >= cutNs && sight.running().isEmpty())
                .mapToLong(sight -> (sight.toldNs() - cutNs) / 1_000_000)
                .findFirst()
                .ifPresent(ms -> cluster.notes().longest("the cut-off side runs nothing", ms));
    }
}
