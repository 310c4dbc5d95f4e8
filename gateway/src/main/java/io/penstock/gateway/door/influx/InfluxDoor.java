package io.penstock.gateway.door.influx;

import io.penstock.exporter.lineprotocol.Precision;
import io.penstock.gateway.door.DoorDialect;
import io.penstock.gateway.door.RepoNames;
import io.penstock.gateway.http.HttpIngress;
import io.penstock.gateway.ingest.Coding;
import io.penstock.gateway.ingest.Discard;
import io.penstock.gateway.ingest.Fault;
import io.penstock.gateway.ingest.FaultKind;
import io.penstock.gateway.ingest.Lane;
import io.penstock.gateway.ingest.Transport;
import io.penstock.model.RepoName;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import org.jspecify.annotations.Nullable;

/**
 * {@code /write} (parameters db, precision), {@code /api/v2/write} (bucket, precision), {@code
 * /ping}, {@code /health}, and {@code POST /query}, whose statements are taken and mean nothing:
 * shippers create their database by one.
 *
 * <p>Threading: confined to the event loop of its lane.
 */
public final class InfluxDoor implements Transport {
    static final Fault DEFECT = Fault.of(FaultKind.DEFECT, "nothing is known of the fault");

    private static final String FIRST = "/write";
    private static final String SECOND = "/api/v2/write";
    private static final int NO_CONTENT = 204;

    private final Lane lane;
    private final RepoNames names;

    /** The door of one event loop. */
    public InfluxDoor(Lane lane, InfluxDoorConfig config) {
        this.lane = lane;
        this.names = config.names();
    }

    @Override
    public boolean takes(HttpServerRequest request) {
        return switch (String.valueOf(request.path())) {
            case FIRST, SECOND, "/ping", "/health", "/query" -> true;
            default -> false;
        };
    }

    @Override
    public void handle(HttpServerRequest request) {
        switch (String.valueOf(request.path())) {
            case FIRST -> write(request, false);
            case SECOND -> write(request, true);
            case "/query" -> query(request);
            case "/ping" -> {
                InfluxAnswers.version(request);
                request.response().setStatusCode(NO_CONTENT).end();
                Discard.rest(lane, request);
            }
            default ->
                    json(
                            request,
                            "{\"name\":\"influxdb\",\"message\":\"ready for queries and writes\","
                                    + "\"status\":\"pass\",\"checks\":[],\"version\":\""
                                    + InfluxAnswers.VERSION
                                    + "\"}");
        }
    }

    @Override
    public void turnAway(Lane here, HttpServerRequest request, Fault fault) {
        InfluxAnswers.refuse(here, request, SECOND.equals(request.path()), fault, 0);
    }

    private void query(HttpServerRequest request) {
        if (request.method().equals(HttpMethod.POST)) {
            json(request, "{\"results\":[{\"statement_id\":0}]}");
        } else {
            Fault fault = Fault.of(FaultKind.WRONG_METHOD, "there is nothing here to be queried");
            InfluxAnswers.refuse(lane, request, false, fault, 0);
        }
    }

    private void json(HttpServerRequest request, String body) {
        InfluxAnswers.version(request);
        request.response().putHeader(HttpHeaders.CONTENT_TYPE, HttpIngress.JSON).end(body);
        Discard.rest(lane, request);
    }

    private void write(HttpServerRequest request, boolean second) {
        try {
            request.params();
        } catch (IllegalArgumentException malformed) {
            Fault fault = Fault.of(FaultKind.MALFORMED, "the query is not percent-encoded text");
            InfluxAnswers.refuse(lane, request, second, fault, 0);
            return;
        }
        String header = DoorDialect.repo(request);
        String said = request.getParam(second ? "bucket" : "db");
        String repo = header == null ? names.of(said == null ? "" : said) : header;
        String unit = request.getParam("precision");
        Precision precision = Precision.of(unit);
        Fault fault = fault(request, second, repo, precision == null);
        if (fault != null || precision == null) {
            InfluxAnswers.refuse(lane, request, second, fault == null ? DEFECT : fault, 0);
            return;
        }
        DoorDialect.begin(
                lane,
                request,
                Coding.ofBody(request.headers()),
                new InfluxRequest(lane, second, precision, repo));
    }

    private static @Nullable Fault fault(
            HttpServerRequest request, boolean second, String repo, boolean noUnit) {
        if (!request.method().equals(HttpMethod.POST)) {
            return Fault.of(FaultKind.WRONG_METHOD, "lines are written with POST");
        }
        if (repo.isEmpty()) {
            return Fault.of(FaultKind.MALFORMED, (second ? "bucket" : "database") + " is required");
        }
        String bad = RepoName.fault(repo);
        if (!bad.isEmpty()) {
            return Fault.of(
                    FaultKind.MALFORMED,
                    bad
                            + "; doors.influxdb.repos can name another for this "
                            + (second ? "bucket" : "database"));
        }
        return noUnit ? Fault.of(FaultKind.MALFORMED, "invalid precision") : null;
    }
}
