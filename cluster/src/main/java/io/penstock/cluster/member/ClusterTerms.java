package io.penstock.cluster.member;

import io.penstock.cluster.NodeId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What all nodes of a cluster must agree on. A node that does not is refused at its start: two
 * majorities of different voters, or two lengths of a lease, would let a task run twice.
 *
 * <p>Threading: immutable.
 *
 * @param format version of everything that nodes send each other and keep together
 * @param voters who elects the leader, sorted
 * @param heartbeatMs milliseconds between heartbeats
 * @param leaseMs milliseconds of a lease
 */
public record ClusterTerms(int format, List<NodeId> voters, long heartbeatMs, long leaseMs) {

    /** The format that this version of Penstock writes and reads. */
    public static final int FORMAT = 3;

    /** Sorts the voters. */
    public ClusterTerms {
        voters = voters.stream().sorted().toList();
    }

    /** Those of a configuration; the voter is the node itself where none is named. */
    public static ClusterTerms of(ClusterConfig config, NodeId self) {
        List<NodeId> voters = config.voters().stream().map(NodeId::new).toList();
        return new ClusterTerms(
                FORMAT,
                voters.isEmpty() ? List.of(self) : voters,
                config.heartbeatMs(),
                config.leaseMs());
    }

    /** Each term in words, by its key. */
    public Map<String, String> inWords() {
        Map<String, String> words = new LinkedHashMap<>();
        words.put("format", Integer.toString(format));
        words.put("voters", voters.stream().map(NodeId::value).collect(Collectors.joining(",")));
        words.put("heartbeat_ms", Long.toString(heartbeatMs));
        words.put("lease_ms", Long.toString(leaseMs));
        return words;
    }

    /** What differs from the terms of another node, in words; empty when nothing does. */
    public List<String> differences(Map<String, String> theirs) {
        List<String> found = new ArrayList<>();
        inWords()
                .forEach(
                        (key, here) -> {
                            String there = theirs.getOrDefault(key, "unknown");
                            if (!here.equals(there)) {
                                found.add(key + " is " + here + " here and " + there + " there");
                            }
                        });
        return found;
    }
}
