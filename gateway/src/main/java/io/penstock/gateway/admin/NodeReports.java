package io.penstock.gateway.admin;

import io.penstock.cluster.NodeId;
import io.penstock.cluster.member.ExportLoad;
import io.penstock.cluster.member.MachineUse;
import io.penstock.cluster.member.Member;
import io.penstock.cluster.member.NodeReport;
import io.penstock.cluster.task.Units;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The nodes of a cluster and their reports, as JSON. */
public final class NodeReports {
    private NodeReports() {}

    /** {@code {"nodes":[...]}}; a node without a report yet shows what is known without one. */
    public static JsonObject of(NodeId self, List<Member> members, List<NodeReport> reports) {
        Map<NodeId, NodeReport> byNode =
                reports.stream().collect(Collectors.toMap(NodeReport::node, Function.identity()));
        JsonArray nodes = new JsonArray();
        for (Member member : members) {
            NodeReport report = byNode.get(member.id());
            nodes.add(node(member, report).put("self", member.id().equals(self)));
        }
        return new JsonObject().put("nodes", nodes);
    }

    private static JsonObject node(Member member, @Nullable NodeReport report) {
        JsonObject json =
                new JsonObject()
                        .put("node", member.id().value())
                        .put("group", member.group())
                        .put("labels", new JsonArray(List.copyOf(new TreeSet<>(member.labels()))))
                        .put("incarnation", member.incarnation())
                        .put("cluster_address", member.address())
                        .put("capacity", capacity(member.capacity()));
        if (report != null) {
            json.put("data", report.data())
                    .put("admin", report.admin())
                    .put("leaving", report.leaving())
                    .put("heartbeat", report.sequence())
                    .put("reported", Instant.ofEpochMilli(report.sentMs()).toString());
            addUse(json, report.use(), member.capacity());
            addExports(json, report.exports());
        }
        return json;
    }

    private static JsonObject capacity(Units has) {
        return new JsonObject()
                .put("cpu", has.cpu())
                .put("memory", has.memory())
                .put("network", has.network())
                .put("disk", has.disk());
    }

    private static void addUse(JsonObject json, MachineUse use, Units has) {
        json.put("cpu", String.format(Locale.ROOT, "%.1f of %.0f", use.busyCores(), has.cpu()))
                .put("busy_cores", use.busyCores())
                .put("process_cores", use.processCores())
                .put("memory_bytes", use.memoryBytes())
                .put("available_bytes", use.availableBytes())
                .put("resident_bytes", use.residentBytes())
                .put("network_bytes_per_s", use.networkBytesPerS())
                .put("disk_bytes_per_s", use.diskBytesPerS())
                .put("free_disk_bytes", use.freeDiskBytes());
    }

    private static void addExports(JsonObject json, List<ExportLoad> loads) {
        JsonArray exports = new JsonArray();
        for (ExportLoad load : loads) {
            exports.add(
                    new JsonObject()
                            .put("repo", load.repo().value())
                            .put("export", load.export())
                            .put("records_per_s", load.recordsPerS())
                            .put("bytes_per_s", load.bytesPerS())
                            .put("lag_records", load.lagRecords())
                            .put("lag_bytes", load.lagBytes()));
        }
        json.put("exports", exports)
                .put("exports_count", loads.size())
                .put("lag_records", loads.stream().mapToLong(ExportLoad::lagRecords).sum());
    }
}
