package io.penstock.gateway.boot;

import io.penstock.exporter.deadletter.DeadLetterStore;
import io.penstock.exporter.sink.Outcome;
import io.penstock.gateway.admin.AdminServer;
import io.penstock.gateway.admin.Answer;
import io.penstock.gateway.admin.DeadLetterDesk;
import io.penstock.gateway.admin.NodeView;
import io.penstock.gateway.admin.OpenApi;
import io.penstock.gateway.admin.Reports;
import io.penstock.gateway.admin.TenantReports;
import io.penstock.gateway.admin.TlsReports;
import io.penstock.gateway.config.GatewayConfig;
import io.penstock.gateway.metrics.AccessCollector;
import io.penstock.gateway.metrics.AlertCollector;
import io.penstock.gateway.metrics.CapacityCollector;
import io.penstock.gateway.metrics.ClusterCollector;
import io.penstock.gateway.metrics.ExportCollector;
import io.penstock.gateway.metrics.ForwardCollector;
import io.penstock.gateway.metrics.IngressCollector;
import io.penstock.gateway.metrics.JvmCollector;
import io.penstock.gateway.metrics.LedgerCollector;
import io.penstock.gateway.metrics.MetricsPage;
import io.penstock.gateway.metrics.NodeCollector;
import io.penstock.gateway.metrics.ObjectSinkCollector;
import io.penstock.gateway.metrics.PrometheusText;
import io.penstock.gateway.metrics.SourceCollector;
import io.penstock.gateway.metrics.StageCollector;
import io.penstock.gateway.metrics.TenantCollector;
import io.penstock.gateway.metrics.TlsCollector;
import io.penstock.gateway.metrics.TraceCollector;
import io.penstock.model.RepoName;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;

/** What the admin port of a node answers. Threading: any thread. */
final class AdminRoutes {
    private static final int DEFAULT_LIST = 100;

    private final Gateway gateway;
    private final NodeView node;
    private final MetricsPage metrics;

    AdminRoutes(Gateway gateway) {
        this.gateway = gateway;
        this.node = gateway.view();
        this.metrics =
                new MetricsPage(
                        List.of(
                                nodeCollector(gateway),
                                gateway.ownMetrics(),
                                new IngressCollector(gateway.ingress()),
                                new StageCollector(gateway.stages()),
                                new LedgerCollector(
                                        gateway.vertx(), () -> Reports.residue(node.ledger())),
                                new ExportCollector(gateway.fanOut()),
                                new SourceCollector(gateway.sources()::stats),
                                new ObjectSinkCollector(),
                                gateway.port().acks(),
                                new ClusterCollector(() -> gateway.cluster().node()),
                                new ForwardCollector(
                                        gateway.cluster().counters(), gateway.cluster()::heldBytes),
                                new TlsCollector(gateway.tls()),
                                new AccessCollector(gateway.access()),
                                new TenantCollector(() -> gateway.tenancy().stats()),
                                new AlertCollector(() -> gateway.insight().alerts()),
                                new TraceCollector(gateway.tracing()),
                                new CapacityCollector(
                                        () -> gateway.insight().capacity().usedRatio(),
                                        () -> gateway.insight().capacity().wantedNodes()),
                                new JvmCollector()));
        gateway.ownMetrics().reads(metrics);
    }

    private static NodeCollector nodeCollector(Gateway gateway) {
        GatewayConfig config = gateway.config();
        return new NodeCollector(
                config.ring(),
                config.staging(),
                config.node().dataDir(),
                () -> gateway.state().code());
    }

    void addTo(AdminServer server) {
        server.route(HttpMethod.GET, "/livez", request -> now(health(200)))
                .route(HttpMethod.GET, "/readyz", request -> now(health(readyStatus())))
                .route(HttpMethod.GET, "/metrics", request -> blocking(this::metricsPage))
                .route(HttpMethod.GET, "/v1/openapi.json", r -> blocking(OpenApi::document))
                .route(HttpMethod.GET, "/v1/node", request -> now(Answer.ok(describe(gateway))))
                .route(HttpMethod.GET, "/v1/nodes", r -> gateway.cluster().nodes().map(Answer::ok))
                .route(HttpMethod.GET, "/v1/tenants", request -> now(tenants()))
                .route(HttpMethod.GET, "/v1/ledger", r -> report(() -> Reports.ledger(node)))
                .route(HttpMethod.GET, "/v1/dlq", this::listLetters)
                .route(HttpMethod.GET, "/v1/dlq/letter", this::showLetter)
                .route(HttpMethod.POST, "/v1/dlq/replay", this::replayLetter)
                .route(HttpMethod.POST, "/v1/dlq/drop", this::dropLetter)
                .route(HttpMethod.GET, "/v1/tls", r -> now(Answer.ok(TlsReports.of(gateway.tls()))))
                .route(
                        HttpMethod.POST,
                        "/v1/tls/reload",
                        r ->
                                gateway.tls()
                                        .reload()
                                        .map(v -> Answer.ok(TlsReports.of(gateway.tls()))));
    }

    private Answer tenants() {
        return Answer.ok(TenantReports.of(gateway.tenancy().stats()));
    }

    private Answer health(int status) {
        String word = gateway.state().name().toLowerCase(Locale.ROOT);
        return Answer.json(status, new JsonObject().put("state", word));
    }

    private int readyStatus() {
        return gateway.state() == GatewayState.RUNNING ? 200 : 503;
    }

    private Answer metricsPage() {
        return new Answer(200, PrometheusText.CONTENT_TYPE, metrics.render());
    }

    static JsonObject describe(Gateway gateway) {
        return new JsonObject()
                .put("node", gateway.config().node().id())
                .put("state", gateway.state().name().toLowerCase(Locale.ROOT))
                .put("pid", ProcessHandle.current().pid())
                .put("data", gateway.config().ingress().host() + ":" + gateway.dataPort())
                .put("admin", gateway.config().admin().host() + ":" + gateway.adminPort());
    }

    private Future<Answer> listLetters(HttpServerRequest request) {
        long after = number(request, "after", 0);
        int limit = (int) number(request, "limit", DEFAULT_LIST);
        return withLetters(request, letters -> DeadLetterDesk.list(letters, after, limit));
    }

    private Future<Answer> showLetter(HttpServerRequest request) {
        long id = id(request);
        return withLetters(
                request,
                letters -> {
                    JsonObject letter = DeadLetterDesk.show(letters, id);
                    if (letter == null) {
                        throw new IllegalArgumentException("no dead letter " + id + " waits there");
                    }
                    return letter;
                });
    }

    private Future<Answer> dropLetter(HttpServerRequest request) {
        long id = id(request);
        return withLetters(
                request, letters -> new JsonObject().put("dropped", letters.dropped(id)));
    }

    private Future<Answer> replayLetter(HttpServerRequest request) {
        return gateway.fanOut()
                .replay(repo(request), export(request), id(request))
                .map(
                        outcome ->
                                outcome.map(AdminRoutes::replayed)
                                        .orElse(
                                                Answer.error(
                                                        404, "no such dead letter or export")));
    }

    private static Answer replayed(Outcome outcome) {
        JsonObject json = new JsonObject().put("replayed", outcome instanceof Outcome.Delivered);
        if (outcome instanceof Outcome.Retry retry) {
            json.put("why", retry.why());
        } else if (outcome instanceof Outcome.Rejected rejected) {
            json.put("why", rejected.why());
        } else if (outcome instanceof Outcome.PerRecord answers) {
            json.put("why", answers.why());
        }
        return Answer.ok(json);
    }

    /** Something done with the dead letters of an export. */
    @FunctionalInterface
    private interface WithLetters {
        JsonObject apply(DeadLetterStore letters) throws IOException;
    }

    private Future<Answer> withLetters(HttpServerRequest request, WithLetters action) {
        RepoName repo = repo(request);
        String export = export(request);
        DeadLetterStore letters = gateway.fanOut().deadLetters(repo, export).orElse(null);
        return letters == null
                ? now(Answer.error(404, "export " + export + " of repo " + repo + " does not run"))
                : report(() -> action.apply(letters));
    }

    private static RepoName repo(HttpServerRequest request) {
        return new RepoName(required(request, "repo"));
    }

    private static String export(HttpServerRequest request) {
        return required(request, "export");
    }

    private static long id(HttpServerRequest request) {
        required(request, "id");
        return number(request, "id", 0);
    }

    private static String required(HttpServerRequest request, String name) {
        String value = request.getParam(name);
        if (value == null) {
            throw new IllegalArgumentException("parameter " + name + " is missing");
        }
        return value;
    }

    private static long number(HttpServerRequest request, String name, long assumed) {
        String value = request.getParam(name);
        try {
            return value == null ? assumed : Long.parseLong(value);
        } catch (NumberFormatException notOne) {
            throw new IllegalArgumentException(
                    "parameter " + name + " is no number: " + value, notOne);
        }
    }

    private static Future<Answer> now(Answer answer) {
        return Future.succeededFuture(answer);
    }

    private Future<Answer> report(Callable<JsonObject> report) {
        return blocking(() -> Answer.ok(report.call()));
    }

    private Future<Answer> blocking(Callable<Answer> action) {
        return gateway.vertx().executeBlocking(action, false);
    }
}
