package io.penstock.cluster.member;

import io.penstock.cluster.pull.PullConfig;
import io.penstock.cluster.store.postgres.PostgresConfig;
import io.penstock.model.Require;
import io.penstock.model.Setting;
import io.penstock.model.Tls;
import java.util.HashSet;
import java.util.List;
import java.util.regex.Pattern;

/**
 * How a node finds the others, and what all of them must agree on.
 *
 * <p>Threading: immutable.
 */
public record ClusterConfig(
        @Setting(
                        value = "false",
                        doc =
                                "Whether this node belongs to a cluster. Off: it runs alone and"
                                        + " opens no further port.")
                boolean enabled,
        @Setting(
                        value = "penstock",
                        doc =
                                "Name of the cluster. Nodes with another name are not seen. The node's"
                                        + " own name is node.id.")
                String name,
        @Setting(
                        value = "members",
                        doc =
                                "How nodes find each other: members (the list below) | multicast |"
                                        + " kubernetes.")
                Join join,
        @Setting(
                        value = "[]",
                        doc =
                                "HOST or HOST:PORT of some nodes, for join: members; this one may be"
                                        + " among them. Without a port, port and the two behind it are"
                                        + " tried. Empty: only port of host is asked.")
                List<String> members,
        @Setting(doc = "For join: multicast.") Multicast multicast,
        @Setting(doc = "For join: kubernetes.") Kubernetes kubernetes,
        @Setting(
                        value = "127.0.0.1",
                        doc =
                                "Address of this machine that the others reach, and on which the"
                                        + " cluster's three ports listen. Loopback, because two of them have"
                                        + " no TLS and ask nobody who comes: on any other address, keep"
                                        + " strangers out by the network (docs/security.md).")
                String host,
        @Setting(value = "4410", doc = "First port that is tried for membership.") int port,
        @Setting(
                        value = "20",
                        doc =
                                "Ports that are tried from port on, so that nodes can share a machine.")
                int portCount,
        @Setting(
                        value = "0",
                        doc =
                                "Port for messages between nodes; 0 takes a free one and tells the others.")
                int messagePort,
        @Setting(
                        value = "0",
                        doc =
                                "Port on host for deliveries of what other nodes staged, to exports"
                                        + " whose tasks are here; 0 takes a free one and tells the others.")
                int forwardPort,
        @Setting(
                        value = "64MiB",
                        doc =
                                "Bytes of such deliveries that may be held here at once, and as many"
                                        + " that may be with other nodes. One export may hold a quarter.")
                long forwardMaxBytes,
        @Setting(
                        value = "\"\"",
                        doc =
                                "Secret that nodes show each other on the port for deliveries, the same"
                                        + " on all; best ${file:/path}. Empty: nobody is asked.",
                        secret = true)
                String forwardKey,
        @Setting(
                        value = "[]",
                        doc =
                                "node.id of the nodes that elect the leader, the same list on every"
                                        + " node; a majority of them must be up. Empty: this node alone,"
                                        + " which no second node agrees with.")
                List<String> voters,
        @Setting(
                        value = "800ms",
                        doc =
                                "How often a node says that it is alive. Two missed ones, and its"
                                        + " tasks move. The same on every node.")
                long heartbeatMs,
        @Setting(
                        value = "2400ms",
                        doc =
                                "How long a node may run its tasks without being confirmed. Longer"
                                        + " tolerates longer pauses and moves tasks later. The same on every"
                                        + " node.")
                long leaseMs,
        @Setting(value = "default", doc = "Scheduling group of this node.") String group,
        @Setting(value = "[]", doc = "What this node offers to tasks that ask for it.")
                List<String> labels,
        @Setting(doc = "What this node has for tasks.") Capacity capacity,
        @Setting(doc = "How often this node looks for a newer table of assignments.")
                PullConfig pull,
        @Setting(doc = "Where the table is kept through the death of every node.") Store store,
        @Setting(
                        doc =
                                "TLS on forward_port, at both ends: each node shows its certificate to"
                                        + " the others, and takes whom ca_file vouches for. All nodes or"
                                        + " none. The other two ports have none: docs/security.md.")
                Tls tls) {

    private static final int MAX_PORT = 65_535;

    /** Room for a delivery of the usual size from each of a few exports. */
    private static final long LEAST_FORWARD_BYTES = 4 << 20;

    private static final int MAX_MEMBERS = 1_000;

    /** As many as {@code cluster.election.Voters} takes. */
    private static final int MAX_VOTERS = 9;

    private static final int MAX_LABELS = 64;

    /** Heartbeats in a lease, at the least: one may be lost, and one may be late. */
    private static final int BEATS_IN_LEASE = 3;

    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9_.-]{0,63}");

    /** How nodes find each other. */
    public enum Join {
        /** By a list of addresses. */
        MEMBERS,
        /** By multicast on the local network. */
        MULTICAST,
        /** By asking Kubernetes. */
        KUBERNETES
    }

    /** Checks ranges and forms. */
    public ClusterConfig {
        members = List.copyOf(members);
        voters = List.copyOf(voters);
        labels = List.copyOf(labels);
        word("name", name);
        word("group", group);
        Require.within("port", port, 1, MAX_PORT);
        Require.within("port_count", portCount, 1, 1_000);
        Require.within("message_port", messagePort, 0, MAX_PORT);
        Require.within("forward_port", forwardPort, 0, MAX_PORT);
        Require.within("forward_max_bytes", forwardMaxBytes, LEAST_FORWARD_BYTES, 1L << 40);
        Require.within("heartbeat_ms", heartbeatMs, 100, 60_000);
        Require.within("lease_ms", leaseMs, BEATS_IN_LEASE * heartbeatMs, 600_000);
        Require.that(
                forwardKey.chars().allMatch(c -> c > ' ' && c <= '~'),
                "forward_key: has characters that a header cannot carry");
        Require.that(!host.isBlank(), "host: empty; the others need an address to reach");
        Require.that(
                !host.equals("0.0.0.0") && !host.equals("::"),
                "host: " + host + " is no address that the others could reach; name one");
        Require.that(members.size() <= MAX_MEMBERS, "members: more than " + MAX_MEMBERS);
        Require.that(labels.size() <= MAX_LABELS, "labels: more than " + MAX_LABELS);
        labels.forEach(label -> word("labels", label));
        Require.that(voters.size() <= MAX_VOTERS, "voters: more than " + MAX_VOTERS);
        voters.forEach(voter -> word("voters", voter));
        Require.that(new HashSet<>(voters).size() == voters.size(), "voters: one is named twice");
        Require.that(
                !tls.isOn() || tls.clientAuth() == Tls.ClientAuth.REQUIRED,
                "tls: client_auth must be required, with ca_file: nodes know each other by it");
        Require.that(
                !enabled || join != Join.KUBERNETES || kubernetes.complete(),
                "kubernetes: needs service_dns, or namespace and service_name");
    }

    /** Multicast discovery. */
    public record Multicast(
            @Setting(value = "224.2.2.3", doc = "Multicast group.") String group,
            @Setting(value = "54327", doc = "Its port.") int port) {
        /** Checks ranges. */
        public Multicast {
            Require.within("port", port, 1, MAX_PORT);
        }
    }

    /** Discovery by Kubernetes; one of the two ways. */
    public record Kubernetes(
            @Setting(
                            value = "\"\"",
                            doc =
                                    "Name of a headless service, whose DNS entry has an address per"
                                            + " node. Needs no rights.")
                    String serviceDns,
            @Setting(
                            value = "\"\"",
                            doc =
                                    "Namespace to ask the API for; the pod's account must be able to.")
                    String namespace,
            @Setting(value = "\"\"", doc = "Service whose endpoints the API is asked for.")
                    String serviceName) {
        boolean complete() {
            return !serviceDns.isBlank() || (!namespace.isBlank() && !serviceName.isBlank());
        }
    }

    /** What a node has for tasks. */
    public record Capacity(
            @Setting(value = "0", doc = "Cores; 0 is all that the JVM sees.") int cores,
            @Setting(value = "0", doc = "Memory; 0 is all of the machine or container.")
                    long memoryBytes,
            @Setting(
                            value = "128MiB",
                            doc = "Network per second, in and out together. About 1 Gbit/s.")
                    long networkPerSBytes,
            @Setting(value = "256MiB", doc = "Disk per second, reads and writes together.")
                    long diskPerSBytes) {
        private static final long MOST_BYTES = 1L << 50;

        /** Checks ranges. */
        public Capacity {
            Require.within("cores", cores, 0, 100_000);
            Require.within("memory_bytes", memoryBytes, 0, MOST_BYTES);
            Require.within("network_per_s_bytes", networkPerSBytes, 1, MOST_BYTES / 1024);
            Require.within("disk_per_s_bytes", diskPerSBytes, 1, MOST_BYTES / 1024);
        }
    }

    /** Where tables are kept. */
    public record Store(
            @Setting(
                            value = "file",
                            doc =
                                    "file: a directory of this node, or of a file system that all"
                                            + " share; postgres: a database that all share.")
                    Kind kind,
            @Setting(
                            value = "\"\"",
                            doc = "For kind: file. Empty: cluster/store under node.data_dir.")
                    String directory,
            @Setting(doc = "For kind: postgres.") PostgresConfig postgres) {
        /** Kinds of stores. */
        public enum Kind {
            /** Files in a directory. */
            FILE,
            /** Rows of a database. */
            POSTGRES
        }
    }

    private static void word(String key, String value) {
        Require.that(
                WORD.matcher(value).matches(),
                key + ": '" + value + "' is not 1 to 64 characters out of A-Z a-z 0-9 - _ .");
    }
}
