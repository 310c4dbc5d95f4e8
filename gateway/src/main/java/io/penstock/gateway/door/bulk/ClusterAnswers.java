package io.penstock.gateway.door.bulk;

import io.penstock.gateway.http.JsonAnswers;
import io.penstock.gateway.ingest.Discard;
import io.penstock.gateway.ingest.Fault;
import io.penstock.gateway.ingest.FaultKind;
import io.penstock.gateway.ingest.Lane;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What clients and shippers ask of a cluster before they send: who it is, how it is, its license,
 * and templates, which are taken and mean nothing, as nothing is indexed here.
 *
 * <p>Threading: confined to the event loop of its lane.
 */
final class ClusterAnswers {
    private static final int OK = 200;
    private static final int NOT_FOUND = 404;
    private static final String LICENSE =
            "\"license\":{\"status\":\"active\",\"uid\":\"penstock\",\"type\":\"basic\","
                    + "\"mode\":\"basic\"}";
    private static final List<String> TEMPLATES =
            List.of(
                    "/_index_template/",
                    "/_component_template/",
                    "/_template/",
                    "/_ilm/policy/",
                    "/_ingest/pipeline/",
                    "/_data_stream/");

    private final Lane lane;
    private final Buffer root;
    private final Buffer health;

    ClusterAnswers(Lane lane, String version) {
        this.lane = lane;
        StringBuilder name = new StringBuilder();
        JsonAnswers.escaped(lane.node().nodeId(), name);
        this.root =
                Buffer.buffer(
                        "{\"name\":\""
                                + name
                                + "\",\"cluster_name\":\"penstock\",\"cluster_uuid\":\"penstock\","
                                + "\"version\":{\"number\":\""
                                + version
                                + "\",\"build_flavor\":\"default\",\"build_type\":\"tar\","
                                + "\"build_hash\":\"unknown\",\"build_snapshot\":false,"
                                + "\"lucene_version\":\"9.12.0\","
                                + "\"minimum_wire_compatibility_version\":\"7.17.0\","
                                + "\"minimum_index_compatibility_version\":\"7.0.0\"},"
                                + "\"tagline\":\"You Know, for Search\"}");
        this.health =
                Buffer.buffer(
                        "{\"cluster_name\":\"penstock\",\"status\":\"green\",\"timed_out\":false,"
                                + "\"number_of_nodes\":1,\"number_of_data_nodes\":1,"
                                + "\"active_primary_shards\":1,\"active_shards\":1,"
                                + "\"relocating_shards\":0,\"initializing_shards\":0,"
                                + "\"unassigned_shards\":0,\"delayed_unassigned_shards\":0,"
                                + "\"number_of_pending_tasks\":0,\"number_of_in_flight_fetch\":0,"
                                + "\"task_max_waiting_in_queue_millis\":0,"
                                + "\"active_shards_percent_as_number\":100.0}");
    }

    boolean takes(HttpMethod method, String path) {
        if (path.equals("/")) {
            return method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD);
        }
        return path.startsWith("/_") && (fixed(path) != null || template(path));
    }

    private @Nullable Buffer fixed(String path) {
        return switch (path) {
            case "/" -> root;
            case "/_cluster/health" -> health;
            case "/_license" -> Buffer.buffer("{" + LICENSE + "}");
            case "/_xpack" -> Buffer.buffer("{\"build\":{}," + LICENSE + ",\"features\":{}}");
            default -> null;
        };
    }

    private static boolean template(String path) {
        return TEMPLATES.stream().anyMatch(path::startsWith);
    }

    void handle(HttpServerRequest request) {
        String path = String.valueOf(request.path());
        HttpMethod method = request.method();
        boolean asked = method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD);
        boolean put = method.equals(HttpMethod.PUT) || method.equals(HttpMethod.POST);
        Buffer fixed = fixed(path);
        if (fixed != null && asked) {
            BulkAnswers.send(request, OK, fixed);
        } else if (template(path) && asked) {
            BulkAnswers.send(
                    request,
                    NOT_FOUND,
                    BulkAnswers.whole(
                            "resource_not_found_exception", path + " is not there", NOT_FOUND));
        } else if (template(path) && put) {
            BulkAnswers.send(request, OK, Buffer.buffer("{\"acknowledged\":true}"));
        } else {
            BulkAnswers.refuse(
                    lane, request, Fault.of(FaultKind.WRONG_METHOD, method + " is not done here"));
            return;
        }
        Discard.rest(lane, request);
    }
}
