package io.penstock.gateway.cluster;

import io.penstock.cluster.NodeId;
import io.penstock.cluster.TaskKey;
import io.penstock.cluster.Version;
import io.penstock.cluster.assignment.AssignmentTable;
import io.penstock.cluster.drive.ClusterNode;
import io.penstock.cluster.member.Member;
import io.penstock.cluster.member.Membership;
import io.penstock.cluster.order.OrderKey;
import io.penstock.cluster.order.Wishes;
import io.penstock.gateway.admin.AdminServer;
import io.penstock.gateway.admin.Answer;
import io.penstock.gateway.admin.JsonBody;
import io.penstock.gateway.admin.OrderReports;
import io.penstock.model.RepoName;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/** What the admin port takes as orders to the cluster, and shows of them. Threading: any thread. */
final class OrderRoutes {
    private final NodeInCluster cluster;
    private final ThisNode own;

    OrderRoutes(NodeInCluster cluster) {
        this.cluster = cluster;
        this.own = cluster.own();
    }

    void addTo(AdminServer server) {
        server.route(
                        HttpMethod.GET,
                        "/v1/orders",
                        r -> show(table -> OrderReports.orders(table.orders())))
                .route(
                        HttpMethod.GET,
                        "/v1/groups",
                        r -> show(table -> OrderReports.groups(table, members())))
                .route(HttpMethod.PUT, "/v1/groups/{group}", this::putGroup)
                .route(HttpMethod.DELETE, "/v1/groups/{group}", this::deleteGroup)
                .route(
                        HttpMethod.POST,
                        "/v1/nodes/{node}/drain",
                        r -> put(r, OrderKey.drain(node(r)), ""))
                .route(
                        HttpMethod.POST,
                        "/v1/nodes/{node}/undrain",
                        r -> remove(r, OrderKey.drain(node(r))))
                .route(HttpMethod.PUT, "/v1/exports/{repo}/{export}/pin", this::pin)
                .route(
                        HttpMethod.DELETE,
                        "/v1/exports/{repo}/{export}/pin",
                        r -> remove(r, OrderKey.pin(repo(r), export(r))))
                .route(
                        HttpMethod.PUT,
                        "/v1/exports/{repo}/{export}/exclusive",
                        r -> put(r, OrderKey.exclusive(repo(r), export(r)), ""))
                .route(
                        HttpMethod.DELETE,
                        "/v1/exports/{repo}/{export}/exclusive",
                        r -> remove(r, OrderKey.exclusive(repo(r), export(r))))
                .route(HttpMethod.POST, "/v1/tasks/move", this::move);
    }

    private List<Member> members() {
        Membership membership = cluster.membership();
        return membership == null ? List.of() : membership.directory().members();
    }

    /** On a worker: a table may be long. */
    private Future<Answer> show(Function<AssignmentTable, JsonObject> report) {
        return own.vertx()
                .executeBlocking(
                        () ->
                                cluster.node()
                                        .map(node -> report.apply(node.standing().table()))
                                        .map(Answer::ok)
                                        .orElseGet(ClusterRoutes::alone),
                        false);
    }

    private Future<Answer> pin(HttpServerRequest request) {
        String key = OrderKey.pin(repo(request), export(request));
        return read(request, body -> put(request, key, GroupBody.names(body, "nodes")));
    }

    private Future<Answer> move(HttpServerRequest request) {
        return read(
                request,
                body -> {
                    TaskKey task = ClusterRoutes.task(body.getString("task"));
                    String node = body.getString("node");
                    return node == null
                            ? remove(request, OrderKey.pin(task))
                            : put(request, OrderKey.pin(task), new NodeId(node).value());
                });
    }

    private static Future<Answer> read(
            HttpServerRequest request, Function<JsonObject, Future<Answer>> then) {
        return JsonBody.read(request, body -> then.apply(new JsonObject(body)));
    }

    private Future<Answer> putGroup(HttpServerRequest request) {
        String name = request.getParam("group");
        return read(request, body -> changeGroup(request, name, body));
    }

    /** Made from what this node knows: refused if that has changed meanwhile. */
    private Future<Answer> changeGroup(HttpServerRequest request, String name, JsonObject body) {
        String settings;
        try {
            settings = GroupBody.settings(name, body);
        } catch (IllegalArgumentException wrong) {
            return Future.succeededFuture(Answer.error(422, String.valueOf(wrong.getMessage())));
        }
        return withNode(
                node -> {
                    AssignmentTable table = node.standing().table();
                    SortedMap<String, Optional<String>> changes = new TreeMap<>();
                    if (body.containsKey("exports")) {
                        members(table, name).forEach(key -> changes.put(key, Optional.empty()));
                        GroupBody.exports(body).forEach(key -> changes.put(key, Optional.of(name)));
                    }
                    changes.put(OrderKey.group(name), Optional.of(settings));
                    return order(request, node, table.orders().since(), changes);
                });
    }

    private Future<Answer> deleteGroup(HttpServerRequest request) {
        String name = request.getParam("group");
        return withNode(
                node -> {
                    AssignmentTable table = node.standing().table();
                    if (!table.orders().entries().containsKey(OrderKey.group(name))) {
                        return Future.succeededFuture(
                                Answer.error(404, "no group " + name + " is ordered"));
                    }
                    List<String> members = members(table, name);
                    if (!members.isEmpty() && !isForced(request)) {
                        return Future.succeededFuture(
                                Answer.error(
                                        409,
                                        "group %s has %d exports, which would go to group %s (force)"
                                                .formatted(
                                                        name,
                                                        members.size(),
                                                        Wishes.STANDARD_GROUP)));
                    }
                    SortedMap<String, Optional<String>> changes = new TreeMap<>();
                    members.forEach(key -> changes.put(key, Optional.empty()));
                    changes.put(OrderKey.group(name), Optional.empty());
                    return order(request, node, table.orders().since(), changes);
                });
    }

    /** Keys of the exports that are in a group by order. */
    private static List<String> members(AssignmentTable table, String group) {
        return Wishes.of(table.orders().entries()).exportsOf(group).stream()
                .map(OrderKey::member)
                .toList();
    }

    private Future<Answer> put(HttpServerRequest request, String key, String value) {
        return change(request, key, Optional.of(value));
    }

    private Future<Answer> remove(HttpServerRequest request, String key) {
        return change(request, key, Optional.empty());
    }

    private Future<Answer> change(HttpServerRequest request, String key, Optional<String> value) {
        SortedMap<String, Optional<String>> changes = new TreeMap<>();
        changes.put(key, value);
        return withNode(node -> order(request, node, Version.NONE, changes));
    }

    private Future<Answer> withNode(Function<ClusterNode, Future<Answer>> act) {
        return cluster.node()
                .map(act)
                .orElseGet(() -> Future.succeededFuture(ClusterRoutes.alone()));
    }

    private Future<Answer> order(
            HttpServerRequest request,
            ClusterNode node,
            Version basis,
            SortedMap<String, Optional<String>> changes) {
        return Future.fromCompletionStage(
                        node.order(basis, isForced(request), changes),
                        own.vertx().getOrCreateContext())
                .map(OrderReports::answer);
    }

    private static boolean isForced(HttpServerRequest request) {
        return "true".equals(request.getParam("force"));
    }

    private static NodeId node(HttpServerRequest request) {
        return new NodeId(request.getParam("node"));
    }

    private static RepoName repo(HttpServerRequest request) {
        return new RepoName(request.getParam("repo"));
    }

    /** An export, or a source as tasks name it. */
    private static String export(HttpServerRequest request) {
        String name = request.getParam("export");
        return name.startsWith(TaskKey.SOURCE)
                ? TaskKey.ofSource(new RepoName(name.substring(TaskKey.SOURCE.length())).value())
                : new RepoName(name).value();
    }
}
