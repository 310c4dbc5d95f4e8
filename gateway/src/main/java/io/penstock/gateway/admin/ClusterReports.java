package io.penstock.gateway.admin;

import io.penstock.cluster.NodeId;
import io.penstock.cluster.TaskKey;
import io.penstock.cluster.Version;
import io.penstock.cluster.assignment.Row;
import io.penstock.cluster.drive.Standing;
import io.penstock.cluster.history.Decision;
import io.penstock.cluster.order.Wishes;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Collection;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a node of a cluster leads, goes by and has decided, as JSON. */
public final class ClusterReports {
    private ClusterReports() {}

    /** Who leads, as this node knows. */
    public static JsonObject leader(NodeId self, Standing standing) {
        JsonObject json =
                new JsonObject()
                        .put("node", self.value())
                        .put("leader", name(standing.leader()))
                        .put("leads", standing.leads())
                        .put("settled", standing.settled());
        if (standing.leads()) {
            json.put("epoch", standing.epoch());
        }
        if (!standing.voterFault().isEmpty()) {
            json.put("voter_fault", standing.voterFault());
        }
        return json;
    }

    /** What this node goes by, and for how long; {@code nowNs} by the node's monotonic clock. */
    public static JsonObject assignments(NodeId self, Standing standing, long nowNs) {
        JsonArray running = new JsonArray();
        standing.running().forEach(task -> running.add(task.toString()));
        Long leftMs = standing.leaseLeftMs(nowNs);
        JsonObject json =
                new JsonObject()
                        .put("node", self.value())
                        .put("version", version(standing.table().version()))
                        .put("rows", standing.table().rows().size())
                        .put("running", running)
                        .put("lease_left_ms", leftMs)
                        .put("lease_lapses", standing.lapses());
        if (standing.lapses() > 0) {
            json.put("last_lapse_ms_ago", (nowNs - standing.lapsedNs()) / 1_000_000);
        }
        return json;
    }

    /** {@code {"version":..., "tasks":[...]}}: the table that this node goes by. */
    public static JsonObject tasks(Standing standing) {
        JsonArray tasks = new JsonArray();
        Wishes wishes = Wishes.of(standing.table().orders().entries());
        standing.table()
                .rows()
                .forEach(
                        (task, row) ->
                                tasks.add(
                                        OrderReports.ontoTask(row(task, row), wishes, task, row)));
        return new JsonObject()
                .put("version", version(standing.table().version()))
                .put("tasks", tasks);
    }

    private static JsonObject row(TaskKey task, Row row) {
        return new JsonObject()
                .put("task", task.toString())
                .put("node", row.node().value())
                .put("state", row.state().name().toLowerCase(Locale.ROOT))
                .put("since", version(row.since()));
    }

    /** {@code {"decisions":[...]}}. */
    public static JsonObject decisions(Collection<Decision> decisions) {
        JsonArray all = new JsonArray();
        for (Decision decision : decisions) {
            JsonObject json =
                    new JsonObject()
                            .put("time", Instant.ofEpochMilli(decision.timeMs()).toString())
                            .put("version", version(decision.version()))
                            .put("task", decision.task().toString())
                            .put("why", decision.why());
            NodeId from = decision.from();
            if (from != null) {
                json.put("from", from.value());
            }
            NodeId to = decision.to();
            if (to != null) {
                json.put("to", to.value());
            }
            all.add(json);
        }
        return new JsonObject().put("decisions", all);
    }

    private static @Nullable String name(@Nullable NodeId node) {
        return node == null ? null : node.value();
    }

    private static String version(Version version) {
        return version.epoch() + "." + version.sequence();
    }
}
