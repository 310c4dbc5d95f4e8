package io.penstock.gateway.cluster;

import io.penstock.cluster.NodeId;
import io.penstock.cluster.TaskKey;
import io.penstock.cluster.drive.ClusterNode;
import io.penstock.cluster.member.Membership;
import io.penstock.gateway.admin.AdminServer;
import io.penstock.gateway.admin.Answer;
import io.penstock.gateway.admin.ClusterReports;
import io.penstock.model.RepoName;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What the admin port answers about leader, tasks and tables. Threading: any thread. */
final class ClusterRoutes {
    private static final int MOST_DECISIONS = 100;
    private static final long REPORTS_MS = 1_000;
    private static final Pattern TASK = Pattern.compile("([^/]+)/([^#]+)(?:#([0-9]{1,6}))?");

    private final NodeInCluster cluster;
    private final ThisNode own;
    private final NodeId self;

    ClusterRoutes(NodeInCluster cluster) {
        this.cluster = cluster;
        this.own = cluster.own();
        this.self = new NodeId(own.config().node().id());
    }

    void addTo(AdminServer server) {
        server.route(
                        HttpMethod.GET,
                        "/v1/leader",
                        r -> show(node -> ClusterReports.leader(self, node.standing())))
                .route(
                        HttpMethod.GET,
                        "/v1/assignments",
                        r ->
                                show(
                                        node ->
                                                ClusterReports.assignments(
                                                        self, node.standing(), System.nanoTime())))
                .route(
                        HttpMethod.GET,
                        "/v1/tasks",
                        r -> show(node -> ClusterReports.tasks(node.standing())))
                .route(HttpMethod.GET, "/v1/tasks/why", this::why)
                .route(
                        HttpMethod.GET,
                        "/v1/decisions",
                        r ->
                                show(
                                        node ->
                                                ClusterReports.decisions(
                                                        node.decisions(
                                                                MOST_DECISIONS, any -> true))));
    }

    /** On a worker: a table may be long, and the log of decisions may wait for a disk. */
    private Future<Answer> show(Function<ClusterNode, JsonObject> report) {
        return own.vertx()
                .executeBlocking(
                        () ->
                                cluster.node()
                                        .map(report)
                                        .map(Answer::ok)
                                        .orElseGet(ClusterRoutes::alone),
                        false);
    }

    static Answer alone() {
        return Answer.error(404, "this node is in no cluster; see cluster.enabled");
    }

    private Future<Answer> why(HttpServerRequest request) {
        TaskKey task = task(request.getParam("task"));
        ClusterNode node = cluster.node().orElse(null);
        if (node == null) {
            return Future.succeededFuture(alone());
        }
        if (!node.standing().leads()) {
            return elsewhere(node.standing().leader());
        }
        return own.vertx()
                .executeBlocking(
                        () -> {
                            String why = node.why(task);
                            return why == null
                                    ? Answer.error(404, "no task " + task + " in the last plan")
                                    : Answer.ok(explained(node, task, why));
                        },
                        false);
    }

    private static JsonObject explained(ClusterNode node, TaskKey task, String why) {
        return ClusterReports.decisions(
                        node.decisions(MOST_DECISIONS, decision -> decision.task().equals(task)))
                .put("task", task.toString())
                .put("why", why);
    }

    /** Only the leader knows why; its port is told. */
    private Future<Answer> elsewhere(@Nullable NodeId leader) {
        Membership membership = cluster.membership();
        if (leader == null || membership == null) {
            return Future.succeededFuture(Answer.error(409, "no leader is known here"));
        }
        return Future.fromCompletionStage(membership.reports().read(REPORTS_MS))
                .map(
                        reports ->
                                reports.stream()
                                        .filter(report -> report.node().equals(leader))
                                        .map(report -> " with --admin " + report.admin())
                                        .findFirst()
                                        .orElse(""))
                .map(where -> Answer.error(409, "only the leader knows; ask " + leader + where));
    }

    static TaskKey task(@Nullable String text) {
        Matcher form = TASK.matcher(text == null ? "" : text);
        if (!form.matches()) {
            throw new IllegalArgumentException("parameter task: REPO/EXPORT#SHARE");
        }
        String share = form.group(3);
        return new TaskKey(
                new RepoName(form.group(1)),
                form.group(2),
                share == null ? 0 : Integer.parseInt(share));
    }
}
