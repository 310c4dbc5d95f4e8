package io.penstock.gateway.cluster;

import com.sun.management.OperatingSystemMXBean;
import io.penstock.cluster.NodeId;
import io.penstock.cluster.machine.MachineProbe;
import io.penstock.cluster.member.ClusterConfig;
import io.penstock.cluster.member.ExportLoad;
import io.penstock.cluster.member.Member;
import io.penstock.cluster.member.NodeReport;
import io.penstock.cluster.task.Units;
import io.penstock.exporter.fanout.ExportSpec;
import io.penstock.gateway.config.GatewayConfig;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Looks at this node, for heartbeats.
 *
 * <p>Threading: any thread, one at a time; blocks.
 */
final class NodeProbe {
    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "::1", "localhost");
    private static final Set<String> EVERY_ADDRESS = Set.of("0.0.0.0", "::");

    private final NodeInCluster cluster;
    private final ThisNode own;
    private final MachineProbe machine =
            new MachineProbe(Path.of("/proc"), Runtime.getRuntime().availableProcessors());
    private final ExportRates rates = new ExportRates();
    private final ExportRates sourceRates = new ExportRates();
    private long sequence;

    NodeProbe(NodeInCluster cluster) {
        this.cluster = cluster;
        this.own = cluster.own();
    }

    /** What does not change while the node runs. */
    Member member(long incarnation) {
        GatewayConfig config = own.config();
        ClusterConfig stated = config.cluster();
        return new Member(
                new NodeId(config.node().id()),
                incarnation,
                "",
                cluster.forward().address(),
                reachable(config.ingress().host(), config.ingress().port()),
                stated.group(),
                Set.copyOf(stated.labels()),
                capacity(stated.capacity()));
    }

    private static Units capacity(ClusterConfig.Capacity stated) {
        double cores =
                stated.cores() == 0 ? Runtime.getRuntime().availableProcessors() : stated.cores();
        long memoryBytes = stated.memoryBytes() == 0 ? memoryOfAll() : stated.memoryBytes();
        return Units.of(
                cores,
                (double) memoryBytes,
                (double) stated.networkPerSBytes(),
                (double) stated.diskPerSBytes());
    }

    /** Of the container, where there is one. */
    private static long memoryOfAll() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class)
                .getTotalMemorySize();
    }

    /** What changes. */
    synchronized NodeReport report(long incarnation, boolean leaving) {
        GatewayConfig config = own.config();
        long nowNs = System.nanoTime();
        sequence++;
        return new NodeReport(
                new NodeId(config.node().id()),
                incarnation,
                sequence,
                System.currentTimeMillis(),
                address(config.ingress().host(), own.ingress().port()),
                own.adminScheme() + address(config.admin().host(), own.adminPort()),
                leaving,
                machine.sample(nowNs, freeDiskBytes(config.node().dataDir())),
                withSources(withDefined(rates.since(own.exports(), nowNs)), nowNs));
    }

    private List<ExportLoad> withSources(List<ExportLoad> exports, long nowNs) {
        if (!own.config().cluster().enabled()) {
            return exports;
        }
        List<ExportLoad> all = new ArrayList<>(exports);
        all.addAll(sourceRates.ofSources(own.sources().stats(), nowNs));
        return all;
    }

    /** Those that are defined shall run even before anything is pushed for them. */
    private List<ExportLoad> withDefined(List<ExportLoad> running) {
        Set<String> seen = new HashSet<>();
        running.forEach(load -> seen.add(load.repo() + "/" + load.export()));
        List<ExportLoad> all = new ArrayList<>(running);
        List<ExportSpec> defined = new ArrayList<>(own.config().exports());
        defined.addAll(own.live().requestedSpecs());
        for (ExportSpec spec : defined) {
            if (seen.add(spec.repo() + "/" + spec.name())) {
                all.add(new ExportLoad(spec.repo(), spec.name(), 0, 0, 0, 0));
            }
        }
        return all;
    }

    /** The data port for clients of other machines, too; empty if only its own reach it. */
    private String reachable(String host, int port) {
        boolean ownOnly = LOOPBACK.contains(host);
        boolean allOnOne = LOOPBACK.contains(own.config().cluster().host());
        return ownOnly && !allOnOne ? "" : address(host, port);
    }

    /** As others reach it: who listens everywhere is reached where the cluster reaches it. */
    private String address(String host, int port) {
        if (port == 0) {
            return "";
        }
        boolean everywhere = EVERY_ADDRESS.contains(host);
        return (everywhere ? own.config().cluster().host() : host) + ":" + port;
    }

    private static long freeDiskBytes(Path directory) {
        try {
            return Files.getFileStore(directory).getUsableSpace();
        } catch (IOException notThere) { // a report without it is better than none
            return 0;
        }
    }
}
