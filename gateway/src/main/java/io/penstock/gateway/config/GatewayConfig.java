package io.penstock.gateway.config;

import io.penstock.cluster.member.ClusterConfig;
import io.penstock.exporter.fanout.ExportSpec;
import io.penstock.exporter.fanout.SinkSpec;
import io.penstock.exporter.kafka.KafkaCluster;
import io.penstock.exporter.source.kafka.KafkaSourceConfig;
import io.penstock.exporter.stage.RingConfig;
import io.penstock.exporter.stage.StagingConfig;
import io.penstock.exporter.stage.SyncConfig;
import io.penstock.gateway.access.Access;
import io.penstock.gateway.access.AccessConfig;
import io.penstock.gateway.alert.AlertsConfig;
import io.penstock.gateway.door.mount.DoorsConfig;
import io.penstock.gateway.ingest.IngressConfig;
import io.penstock.gateway.metrics.export.MetricsConfig;
import io.penstock.gateway.notify.NotifyConfig;
import io.penstock.gateway.otlp.OtlpConfig;
import io.penstock.gateway.tenant.SharingConfig;
import io.penstock.gateway.trace.TracingConfig;
import io.penstock.model.RepoName;
import io.penstock.model.Require;
import io.penstock.model.Setting;
import io.penstock.model.Tls;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Everything a user may set, on one page. The keys in YAML are the names in snake_case.
 *
 * <p>Threading: immutable.
 */
public record GatewayConfig(
        @Setting(doc = "This node.") Node node,
        @Setting(doc = "The data port: gRPC and HTTP together.") IngressConfig ingress,
        @Setting(doc = "OTLP: logs, metrics and traces by the OpenTelemetry protocol.")
                OtlpConfig otlp,
        @Setting(doc = "Protocols of others on the data port; docs/doors.md.") DoorsConfig doors,
        @Setting(doc = "The admin port: health, metrics, ledger, dead letters.") Admin admin,
        @Setting(doc = "Who may use these ports: keys and roles.") AccessConfig access,
        @Setting(doc = "The staging buffer of each repo.") RingConfig ring,
        @Setting(doc = "What all repos of the node may hold together.") StagingConfig staging,
        @Setting(doc = "Group commit, for the acknowledgement level SYNCED.") SyncConfig sync,
        @Setting(doc = "Which repos there are.") Repos repos,
        @Setting(
                        value = "{}",
                        doc =
                                "Whose repos are whose, and what each owner may have of this node;"
                                        + " see docs/tenants.md.")
                Map<String, TenantConfig> tenants,
        @Setting(doc = "What tenants divide by their weights, beside disk and memory.")
                SharingConfig sharing,
        @Setting(
                        value = "[]",
                        doc =
                                "Who gets the records. A repo without an export keeps nothing: what"
                                        + " is pushed to it is settled at once.")
                List<ExportSpec> exports,
        @Setting(
                        value = "{}",
                        doc =
                                "Kafka clusters by name, for sources and sinks of the type kafka. A"
                                        + " name has no colon.")
                Map<String, KafkaCluster> kafka,
        @Setting(value = "[]", doc = "What this node pulls from elsewhere into its repos.")
                List<KafkaSourceConfig> sources,
        @Setting(doc = "Other nodes, and this one's place among them.") ClusterConfig cluster,
        @Setting(doc = "Own metrics, beside /metrics on the admin port.") MetricsConfig metrics,
        @Setting(doc = "When people are told: conditions, rules; docs/alerting.md.")
                AlertsConfig alerts,
        @Setting(doc = "Who is told outside of the node, by alerts and reports.")
                NotifyConfig notices,
        @Setting(doc = "Traces: pushes followed to their deliveries.") TracingConfig tracing,
        @Setting(doc = "What a node carries, and when another is wanted; docs/capacity.md.")
                CapacityConfig capacity,
        @Setting(doc = "Reports of a day or an hour; docs/reports.md.") ReportConfig report,
        @Setting(doc = "What the process says.") Log log) {

    private static final int MAX_PORT = 65_535;
    private static final int MAX_EXPORTS = 10_000;
    private static final int MAX_SOURCES = 1_000;

    /** Room that a batch's entry and its segment need beside the batch. */
    private static final int SEGMENT_OVERHEAD_BYTES = 8 << 10;

    private static final Pattern NAME = Pattern.compile("[a-z0-9_-][a-z0-9._-]{0,63}");

    /** Checks what spans several sections. */
    public GatewayConfig {
        exports = List.copyOf(exports);
        // in the order of the file, since the first that fits has a repo
        tenants = Collections.unmodifiableMap(new LinkedHashMap<>(tenants));
        List<ExportTemplate> templates = TenantConfig.templates(tenants, repos.exports());
        int all = exports.size() + templates.size();
        Require.that(all <= MAX_EXPORTS, "exports has more than " + MAX_EXPORTS + " items");
        refuseTwins(exports, repos.exports());
        TenantConfig.refuseTwins(tenants, exports, repos.exports());
        kafka = Map.copyOf(kafka);
        sources = List.copyOf(sources);
        String open = access.fault(ingress.host(), admin.host());
        Require.that(open.isEmpty(), "access: " + open);
        Require.that(
                sources.size() <= MAX_SOURCES, "sources has more than " + MAX_SOURCES + " items");
        checkClusters(kafka, sources, exports, templates);
        String nobody = alerts.fault(notices.names());
        Require.that(nobody.isEmpty(), "alerts: " + nobody);
        String noReader = report.fault(notices.names());
        Require.that(noReader.isEmpty(), "report: " + noReader);
        long room = ring.segmentBytes() - SEGMENT_OVERHEAD_BYTES;
        Require.that(
                ingress.maxBatchBytes() <= room && ingress.maxInflatedBytes() <= room,
                "ingress: a batch lies in one segment; max_batch_bytes and max_inflated_bytes may"
                        + " be at most ring.segment_bytes less 8 KiB, which is "
                        + room
                        + " bytes");
    }

    /** What rules about access go by. */
    public Access.Place accessPlace() {
        return new Access.Place(ingress.host(), admin.host(), node.dataDir());
    }

    /** Cursor and dead letters of an export are kept under its name, in its repo. */
    private static void refuseTwins(List<ExportSpec> exports, List<ExportTemplate> everywhere) {
        Set<String> names = new HashSet<>();
        for (ExportTemplate template : everywhere) {
            String name = template.spec().name();
            Require.that(names.add(name), "repos: two exports are called '" + name + "'");
        }
        for (ExportSpec export : exports) {
            boolean fresh =
                    !names.contains(export.name())
                            && names.add(export.repo() + "/" + export.name());
            Require.that(
                    fresh,
                    "exports: two are called '" + export.name() + "' in repo " + export.repo());
        }
    }

    private static void checkClusters(
            Map<String, KafkaCluster> known,
            List<KafkaSourceConfig> sources,
            List<ExportSpec> exports,
            List<ExportTemplate> everywhere) {
        for (String name : known.keySet()) {
            Require.that(!KafkaCluster.isServers(name), "kafka: '" + name + "' has a colon");
        }
        Set<String> names = new HashSet<>();
        for (KafkaSourceConfig source : sources) {
            Require.that(
                    names.add(source.name()), "sources: two are called '" + source.name() + "'");
            checkCluster(known, "sources: " + source.name(), source.cluster());
        }
        for (ExportSpec export : exports) {
            checkSink(known, "exports: " + export.name(), export);
        }
        for (ExportTemplate template : everywhere) {
            checkSink(known, "repos: export " + template.spec().name(), template.spec());
        }
    }

    /** Rules between an export and the rest; a message begins with {@code who}. */
    static void checkSink(Map<String, KafkaCluster> known, String who, ExportSpec export) {
        SinkSpec sink = export.sink();
        Require.that(
                !sink.type().equals("otlp") || export.transforms().isEmpty(),
                who
                        + ": transforms have no effect on bytes: an otlp sink hands on what came as it came");
        String cluster = String.valueOf(sink.settings().get("cluster"));
        if (sink.type().equals("kafka") && !cluster.contains("${")) {
            checkCluster(known, who, cluster);
        }
    }

    private static void checkCluster(Map<String, KafkaCluster> known, String who, String cluster) {
        Require.that(
                KafkaCluster.isServers(cluster) || known.containsKey(cluster),
                who + ": no cluster '" + cluster + "' under kafka; known: " + known.keySet());
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
            Require.that(
                    NAME.matcher(id).matches(),
                    "id: 1 to 64 characters out of a-z 0-9 - _ . and no dot first");
            Require.within("start_deadline_ms", startDeadlineMs, 100, 3_600_000);
            Require.within("stop_deadline_ms", stopDeadlineMs, 100, 3_600_000);
        }
    }

    /** The admin port. */
    public record Admin(
            @Setting(
                            value = "127.0.0.1",
                            doc =
                                    "Address to listen on. On any but loopback it takes a key"
                                            + " (access).")
                    String host,
            @Setting(value = "4401", doc = "Port; 0 takes a free one and says which.") int port,
            @Setting(doc = "TLS on this port.") Tls tls) {
        /** Checks ranges. */
        public Admin {
            Require.within("port", port, 0, MAX_PORT);
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
            @Setting(value = "[]", doc = "Names of repos that may be pushed to all the same.")
                    List<RepoName> declared,
            @Setting(
                            value = "[]",
                            doc =
                                    "Exports that every repo has: the keys of exports below, without"
                                            + " repo.")
                    List<ExportTemplate> exports) {
        /** Checks ranges. */
        public Repos {
            declared = List.copyOf(declared);
            exports = List.copyOf(exports);
        }
    }

    /**
     * An export that every repo has.
     *
     * @param spec the export, its repo a placeholder
     */
    public record ExportTemplate(ExportSpec spec) {
        /** Stands for whatever repo it is. */
        static final RepoName ANY_REPO = new RepoName("any");
    }

    /** What the process says. */
    public record Log(
            @Setting(
                            value = "info",
                            doc =
                                    "Least severe that is logged: error | warn | info | debug |"
                                            + " trace. conf/logback.xml says where.")
                    Level level,
            @Setting(
                            value = "text",
                            doc =
                                    "Form of a line: text, as conf/logback.xml says, or json, one"
                                            + " object; docs/logs.md has its fields.")
                    LogFormat format,
            @Setting(
                            value = "5",
                            doc =
                                    "Lines of a kind, about one export or repo, that are written per"
                                            + " interval; further ones are counted. 0 writes all.")
                    int burst,
            @Setting(
                            value = "10s",
                            doc =
                                    "The interval, at whose end a line says how many more there"
                                            + " were.")
                    long repeatIntervalMs) {
        private static final int MOST_BURST = 1_000_000;

        /** Checks ranges. */
        public Log {
            Require.within("burst", burst, 0, MOST_BURST);
            Require.within("repeat_interval_ms", repeatIntervalMs, 100, 3_600_000);
        }
    }

    /** Form of a line of the log. */
    public enum LogFormat {
        /** For people. */
        TEXT,
        /** For what collects them. */
        JSON
    }

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
}
