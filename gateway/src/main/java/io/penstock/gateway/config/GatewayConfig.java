package io.penstock.gateway.config;

import io.penstock.model.RepoName;
import io.penstock.model.Setting;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Everything a user may set, on one page. The keys in YAML are the names in snake_case.
 *
 * <p>Threading: immutable.
 */
public record GatewayConfig(
        @Setting(doc = "This node.") Node node,
        @Setting(doc = "The data port: gRPC and HTTP together.") Ingress ingress,
        @Setting(doc = "The admin port: health, metrics, ledger, dead letters.") Admin admin,
        @Setting(doc = "The staging buffer of each repo.") Ring ring,
        @Setting(doc = "Group commit, for the acknowledgement level SYNCED.") Sync sync,
        @Setting(doc = "Which repos there are.") Repos repos,
        @Setting(
                        value = "[]",
                        doc =
                                "Who gets the records. A repo without an export keeps nothing: what"
                                        + " is pushed to it is settled at once.")
                List<Export> exports,
        @Setting(doc = "What the process says.") Log log) {

    private static final int MAX_PORT = 65_535;
    private static final int MAX_EXPORTS = 10_000;

    /** Room that a batch's entry and its segment need beside the batch. */
    private static final int SEGMENT_OVERHEAD_BYTES = 8 << 10;

    private static final Pattern NAME = Pattern.compile("[a-z0-9_-][a-z0-9._-]{0,63}");

    /** Checks what spans several sections. */
    public GatewayConfig {
        exports = List.copyOf(exports);
        require(exports.size() <= MAX_EXPORTS, "exports has more than " + MAX_EXPORTS + " items");
        Set<String> names = new HashSet<>();
        for (Export export : exports) {
            require(names.add(export.name()), "exports: two are called '" + export.name() + "'");
        }
        int room = ring.segmentBytes() - SEGMENT_OVERHEAD_BYTES;
        require(
                ingress.maxBatchBytes() <= room && ingress.maxInflatedBytes() <= room,
                "ingress: a batch lies in one segment; max_batch_bytes and max_inflated_bytes may"
                        + " be at most ring.segment_bytes less 8 KiB, which is "
                        + room
                        + " bytes");
    }

    /** This node. */
    public record Node(
            @Setting(
                            value = "penstock-1",
                            doc =
                                    "Name of this node in receipts, metrics and logs. Must differ"
                                            + " between nodes.")
                    String id,
            @Setting(
                            value = ".penstock/data",
                            doc =
                                    "Where rings, cursors and dead letters lie; one process at a"
                                            + " time. Relative paths count from the directory the"
                                            + " gateway is started in.")
                    Path dataDir,
            @Setting(
                            value = "30s",
                            doc =
                                    "How long starting may take before the process gives up and"
                                            + " says what it was waiting for.")
                    long startDeadlineMs,
            @Setting(
                            value = "20s",
                            doc =
                                    "How long a clean stop may take altogether; below the 30 s after"
                                            + " which Kubernetes kills. What is not delivered by"
                                            + " then stays staged.")
                    long stopDeadlineMs) {
        /** Checks ranges. */
        public Node {
            require(
                    NAME.matcher(id).matches(),
                    "id: 1 to 64 characters out of a-z 0-9 - _ . and no dot first");
            within("start_deadline_ms", startDeadlineMs, 100, 3_600_000);
            within("stop_deadline_ms", stopDeadlineMs, 100, 3_600_000);
        }
    }

    /** The data port. */
    public record Ingress(
            @Setting(
                            value = "127.0.0.1",
                            doc =
                                    "Address to listen on. Loopback, because this port has neither"
                                            + " TLS nor authentication yet; 0.0.0.0 is all.")
                    String host,
            @Setting(value = "4400", doc = "Port; 0 takes a free one and says which.") int port,
            @Setting(
                            value = "0",
                            doc =
                                    "Event loops that serve the data port; 0 is one per core. A"
                                            + " connection stays on its loop.")
                    int instances,
            @Setting(
                            value = "8MiB",
                            doc =
                                    "Largest request as it comes over the wire. Larger batches cost"
                                            + " memory per stream and gain no speed.")
                    int maxBatchBytes,
            @Setting(
                            value = "15MiB",
                            doc =
                                    "Largest batch once gzip or zstd is taken off; it must fit into"
                                            + " a segment.")
                    int maxInflatedBytes,
            @Setting(
                            value = "64MiB",
                            doc =
                                    "Bytes of requests that are not whole yet, over all"
                                            + " connections; beyond it connections are paused.")
                    long maxInflightBytes,
            @Setting(
                            value = "60s",
                            doc =
                                    "A connection on which nothing moved for so long is closed.")
                    long idleTimeoutMs,
            @Setting(
                            value = "30s",
                            doc =
                                    "How long an answer may wait for SYNCED or DELIVERED; then the"
                                            + " client is told to retry, which is safe.")
                    long ackTimeoutMs) {
        /** Checks ranges. */
        public Ingress {
            within("port", port, 0, MAX_PORT);
            within("instances", instances, 0, 1024);
            within("max_batch_bytes", maxBatchBytes, 1024, 1 << 30);
            within("max_inflated_bytes", maxInflatedBytes, 1024, 1 << 30);
            within("max_inflight_bytes", maxInflightBytes, maxBatchBytes, 1L << 40);
            within("idle_timeout_ms", idleTimeoutMs, 1000, 86_400_000);
            within("ack_timeout_ms", ackTimeoutMs, 1, 3_600_000);
        }
    }

    /** The admin port. */
    public record Admin(
            @Setting(
                            value = "127.0.0.1",
                            doc =
                                    "Address to listen on. Loopback, because whoever reaches this"
                                            + " port may drop dead letters.")
                    String host,
            @Setting(value = "4401", doc = "Port; 0 takes a free one and says which.") int port) {
        /** Checks ranges. */
        public Admin {
            within("port", port, 0, MAX_PORT);
        }
    }

    /** The staging buffer of each repo. */
    public record Ring(
            @Setting(
                            value = "16MiB",
                            doc =
                                    "Size of a segment file; rings grow and shrink by whole ones."
                                            + " Smaller ones suit many small repos.")
                    int segmentBytes,
            @Setting(
                            value = "64MiB",
                            doc =
                                    "Lag of an export that still counts as staged; beyond it it is"
                                            + " parked: on disk, not expected in memory.")
                    long residentBytes,
            @Setting(
                            value = "1GiB",
                            doc =
                                    "Disk budget of a repo. When it is spent, when_full of the export"
                                            + " that lags most decides.")
                    long maxBytes,
            @Setting(
                            value = "8GiB",
                            doc = "Disk budget of the node, over all repos; then pushes are refused.")
                    long nodeMaxBytes,
            @Setting(
                            value = "5m",
                            doc =
                                    "A repo without pushes and lag for so long is closed and costs"
                                            + " nothing until the next batch.")
                    long idleCloseMs,
            @Setting(
                            value = "1024",
                            doc =
                                    "Producers per repo whose sequences are remembered, 2 KiB each;"
                                            + " the longest idle is forgotten first.")
                    int maxProducers) {
        /** Checks ranges. */
        public Ring {
            within("segment_bytes", segmentBytes, 64 << 10, 1 << 30);
            require(segmentBytes % 4096 == 0, "segment_bytes: must be a multiple of 4KiB");
            within("max_bytes", maxBytes, 3L * segmentBytes, 1L << 50);
            within("resident_bytes", residentBytes, segmentBytes, maxBytes);
            within("node_max_bytes", nodeMaxBytes, maxBytes, 1L << 50);
            within("idle_close_ms", idleCloseMs, 100, 86_400_000);
            within("max_producers", maxProducers, 1, 1 << 20);
        }
    }

    /** Group commit. */
    public record Sync(
            @Setting(
                            value = "2ms",
                            doc =
                                    "Requests that want SYNCED are gathered for so long before one"
                                            + " fdatasync serves them all. A sync costs about half"
                                            + " a millisecond.")
                    long intervalMs) {
        /** Checks ranges. */
        public Sync {
            within("interval_ms", intervalMs, 1, 1000);
        }
    }

    /** Which repos there are. */
    public record Repos(
            @Setting(
                            value = "true",
                            doc =
                                    "Whether a push to an unknown name makes a repo. When false,"
                                            + " only those declared below are accepted.")
                    boolean autoCreate,
            @Setting(
                            value = "100000",
                            doc = "Repos there may be at the most, so that names cannot fill the disk.")
                    int max,
            @Setting(value = "[]", doc = "Names of repos that are always there.")
                    List<RepoName> declared) {
        /** Checks ranges. */
        public Repos {
            declared = List.copyOf(declared);
            within("max", max, 1, 10_000_000);
            require(declared.size() <= max, "declared has more items than max allows");
        }
    }

    /** Repo to sink. */
    public record Export(
            @Setting(
                            doc =
                                    "Name of the export, unique on the node. Its cursor and dead"
                                            + " letters are kept under this name.")
                    String name,
            @Setting(
                            value = "'*'",
                            doc =
                                    "Which repos: a name, or a pattern in which * stands for any"
                                            + " characters. Each repo has its own cursor.")
                    String repo,
            @Setting(doc = "The target: type, and the keys of that sink.") SinkConfig sink,
            @Setting(doc = "How records are gathered for one delivery.") Batch batch,
            @Setting(
                            value = "2",
                            doc =
                                    "Deliveries under way at once. More hides the latency of a"
                                            + " remote target; sinks that need order use 1.")
                    int concurrency,
            @Setting(
                            value = "60s",
                            doc = "A delivery without outcome for so long is offered again.")
                    long timeoutMs,
            @Setting(
                            value = "block",
                            doc =
                                    "When the repo's disk budget is spent and this export lags most:"
                                            + " block (refuse pushes) | drop_oldest | dead_letter."
                                            + " Block, because nothing else loses nothing.")
                    WhenFull whenFull) {
        /** Checks ranges. */
        public Export {
            require(
                    NAME.matcher(name).matches(),
                    "name: 1 to 64 characters out of a-z 0-9 - _ . and no dot first");
            require(
                    repo.contains("*") || RepoName.fault(repo).isEmpty(),
                    "repo: " + RepoName.fault(repo));
            require(repo.matches("[a-z0-9._*-]+"), "repo: a pattern out of a-z 0-9 - _ . *");
            within("concurrency", concurrency, 1, 64);
            within("timeout_ms", timeoutMs, 1, 3_600_000);
        }
    }

    /** What to do with an export that has used up its repo's disk budget. */
    public enum WhenFull {
        /** Refuse pushes until it has caught up. */
        BLOCK,
        /** Give up its oldest records; they are counted as dropped. */
        DROP_OLDEST,
        /** Move its oldest records to the dead letters. */
        DEAD_LETTER
    }

    /** How records are gathered for one delivery. */
    public record Batch(
            @Setting(value = "10000", doc = "Most records in a delivery.") int maxRecords,
            @Setting(
                            value = "4MiB",
                            doc =
                                    "Most bytes in a delivery, as staged. A single larger batch is"
                                            + " delivered alone.")
                    int maxBytes,
            @Setting(
                            value = "200ms",
                            doc =
                                    "Longest wait for a delivery to fill; what a record waits at the"
                                            + " most when little comes in.")
                    long lingerMs) {
        /** Checks ranges. */
        public Batch {
            within("max_records", maxRecords, 1, 10_000_000);
            within("max_bytes", maxBytes, 1, 1 << 30);
            within("linger_ms", lingerMs, 0, 3_600_000);
        }
    }

    /** What the process says. */
    public record Log(
            @Setting(
                            value = "info",
                            doc =
                                    "Least severe that is logged: error | warn | info | debug |"
                                            + " trace. conf/logback.xml says how and where.")
                    Level level) {}

    /** Severity. */
    public enum Level {
        /** Something failed and needs a person. */
        ERROR,
        /** Something failed and helps itself. */
        WARN,
        /** Start, stop, and changes of state. */
        INFO,
        /** For those who look for a fault. */
        DEBUG,
        /** Everything. */
        TRACE
    }

    private static void within(String key, long value, long least, long most) {
        require(
                value >= least && value <= most,
                key + ": " + value + " is outside " + least + " to " + most);
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }
}
