package io.penstock.gateway.door.bulk;

import io.penstock.gateway.door.DoorDialect;
import io.penstock.gateway.door.RepoNames;
import io.penstock.gateway.ingest.Coding;
import io.penstock.gateway.ingest.Fault;
import io.penstock.gateway.ingest.Lane;
import io.penstock.gateway.ingest.Transport;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

/**
 * {@code /_bulk}, {@code /{index}/_bulk}, and what clients ask first. Source: Elasticsearch's
 * reference, "Bulk API".
 *
 * <p>Threading: confined to the event loop of its lane.
 */
public final class BulkDoor implements Transport {
    private static final String BULK = "/_bulk";

    private final Lane lane;
    private final BulkDoorConfig config;
    private final RepoNames names;
    private final ClusterAnswers cluster;

    /** The door of one event loop. */
    public BulkDoor(Lane lane, BulkDoorConfig config) {
        this.lane = lane;
        this.config = config;
        this.names = config.names();
        this.cluster = new ClusterAnswers(lane, config.version());
    }

    @Override
    public boolean takes(HttpServerRequest request) {
        String path = request.path();
        if (path == null) {
            return false;
        }
        return bulk(path) || cluster.takes(request.method(), path);
    }

    /** An index, and with old shippers a type, may stand in front. */
    private static boolean bulk(String path) {
        String bare = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        return bare.endsWith(BULK)
                && bare.chars().filter(each -> each == '/').count() <= 3
                && !bare.startsWith("/v1/");
    }

    @Override
    public void handle(HttpServerRequest request) {
        String path = request.path();
        boolean sent =
                request.method().equals(HttpMethod.POST) || request.method().equals(HttpMethod.PUT);
        if (path == null || !bulk(path) || !sent) {
            cluster.handle(request);
            return;
        }
        BulkRequest door =
                new BulkRequest(lane, config, names, index(path), DoorDialect.repo(request));
        DoorDialect.begin(lane, request, Coding.ofBody(request.headers()), door);
    }

    @Override
    public void turnAway(Lane here, HttpServerRequest request, Fault fault) {
        BulkAnswers.refuse(here, request, fault);
    }

    /** The index in the path; empty for none. */
    private static String index(String path) {
        int end = path.indexOf('/', 1);
        if (end < 0 || path.startsWith(BULK)) {
            return "";
        }
        String word = path.substring(1, end);
        if (word.indexOf('%') < 0) {
            return word;
        }
        try {
            return URLDecoder.decode(word, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException broken) {
            // No repo has such a name, and the answer says so.
            return word;
        }
    }
}
