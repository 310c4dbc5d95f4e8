package io.penstock.gateway.admin;

import io.penstock.gateway.access.Access;
import io.penstock.gateway.access.AdminDoor;
import io.penstock.gateway.access.Entrance;
import io.penstock.gateway.audit.AuditEntry;
import io.penstock.gateway.guard.ConnectionWatch;
import io.penstock.gateway.guard.GuardConfig;
import io.penstock.gateway.guard.GuardedPort;
import io.penstock.gateway.guard.GuardedPorts;
import io.penstock.gateway.tls.TlsPort;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An HTTP server with a table of routes.
 *
 * <p>Threading: any thread; handlers run on the server's event loop and must not block.
 */
public final class AdminServer {
    private static final Logger LOG = LoggerFactory.getLogger(AdminServer.class);
    private static final int IDLE_TIMEOUT_S = 60;

    // People and monitoring: what they send is short, and there are few of them.
    private static final int MAX_CONNECTIONS = 256;
    private static final int MAX_HEADER_BYTES = 16 << 10;
    private static final int MAX_REQUEST_LINE_BYTES = 4 << 10;
    private static final long REQUEST_TIMEOUT_MS = 30_000;
    private static final long UNREAD_TIMEOUT_MS = 30_000;
    private static final GuardedPort.Limits LIMITS =
            new GuardedPort.Limits(
                    MAX_CONNECTIONS,
                    IDLE_TIMEOUT_S * 1000L,
                    REQUEST_TIMEOUT_MS,
                    UNREAD_TIMEOUT_MS,
                    0);
    private static final int UNAVAILABLE = 503;
    private static final int UNAUTHENTICATED = 401;

    /** Parameters that name things; no other is written down. */
    private static final List<String> NAMES =
            List.of("repo", "export", "id", "node", "group", "force", "dry_run", "from");

    /** About as long as an election. */
    private static final String RETRY_AFTER_S = "3";

    private final Vertx vertx;
    private final TlsPort tls;
    private final Map<String, Map<HttpMethod, Function<HttpServerRequest, Future<Answer>>>> routes =
            new LinkedHashMap<>();
    private final Map<String, PathTemplate> templates = new LinkedHashMap<>();
    private @Nullable Access access;
    private @Nullable HttpServer server;

    /** A server without routes; its TLS has been read before it listens. */
    public AdminServer(Vertx vertx, TlsPort tls) {
        this.vertx = vertx;
        this.tls = tls;
    }

    /**
     * Adds a route, before {@link #listen}. A failed future is answered with 500.
     *
     * @param path a segment that is written {@code {name}} may be anything, and is a parameter of
     *     the request; a path without such segments goes before
     */
    public AdminServer route(
            HttpMethod method, String path, Function<HttpServerRequest, Future<Answer>> handler) {
        if (path.contains("{")) {
            templates.put(path, new PathTemplate(path));
        }
        routes.computeIfAbsent(path, p -> new LinkedHashMap<>()).put(method, handler);
        return this;
    }

    /** Has every request judged, and changes written down; before {@link #listen}. */
    public AdminServer guardedBy(Access who) {
        access = who;
        return this;
    }

    /**
     * Adds a route for GET, before {@link #listen}, whose handler may answer by itself and over a
     * time of its own: it writes to the response and returns empty. It looks after HEAD, too.
     */
    public AdminServer direct(String path, Function<HttpServerRequest, Optional<Answer>> handler) {
        return route(
                HttpMethod.GET,
                path,
                request ->
                        handler.apply(request)
                                .map(Future::succeededFuture)
                                .orElseGet(() -> Promise.<Answer>promise().future()));
    }

    /** Listens; port 0 takes a free one. Completes with the port. */
    public Future<Integer> listen(String host, int port) {
        HttpServerOptions options =
                new HttpServerOptions()
                        .setIdleTimeout(IDLE_TIMEOUT_S)
                        .setIdleTimeoutUnit(TimeUnit.SECONDS)
                        .setMaxHeaderSize(MAX_HEADER_BYTES)
                        .setMaxInitialLineLength(MAX_REQUEST_LINE_BYTES)
                        .setHttp2ClearTextEnabled(false)
                        .setPerFrameWebSocketCompressionSupported(false)
                        .setPerMessageWebSocketCompressionSupported(false)
                        .setCompressionSupported(true);
        HttpServer listening =
                vertx.createHttpServer(tls.apply(options))
                        .requestHandler(this::handle)
                        .connectionHandler(AdminServer::connected)
                        .exceptionHandler(tls::handshakeFailed);
        server = listening;
        return listening
                .listen(port, host)
                .onSuccess(tls::opened)
                .map(HttpServer::actualPort)
                .onSuccess(
                        bound ->
                                GuardedPorts.open(
                                        vertx,
                                        bound,
                                        new GuardedPort(GuardConfig.DEFAULT, LIMITS)));
    }

    private static void connected(HttpConnection connection) {
        // a client that goes away or speaks nonsense is not our error
        connection.exceptionHandler(
                fault -> LOG.debug("connection of {}: {}", connection.remoteAddress(), fault));
        ConnectionWatch watch = ConnectionWatch.of(connection);
        if (watch != null) {
            watch.speaks(connection);
        }
    }

    /** All routes, as {@code GET /v1/nodes}. */
    public Set<String> routes() {
        Set<String> all = new TreeSet<>();
        routes.forEach(
                (path, methods) -> methods.keySet().forEach(m -> all.add(m.name() + " " + path)));
        return all;
    }

    private String route(HttpServerRequest request) {
        String path = String.valueOf(request.path());
        if (routes.containsKey(path)) {
            return path;
        }
        for (Map.Entry<String, PathTemplate> template : templates.entrySet()) {
            Map<String, String> values = template.getValue().match(path);
            if (values != null) {
                values.forEach((name, value) -> request.params().set(name, value));
                return template.getKey();
            }
        }
        return path;
    }

    private void handle(HttpServerRequest request) {
        String path;
        try {
            path = route(request);
            request.params(); // once they are read, nobody behind this finds them malformed
        } catch (IllegalArgumentException malformed) {
            end(request, Answer.error(400, "the path is malformed: " + malformed.getMessage()));
            return;
        }
        Access guard = access;
        AdminDoor.Visit visit =
                guard == null ? null : guard.door().judge(new Entrance(), request, path);
        if (visit != null && visit.denial() != null) {
            denied(request, visit);
            return;
        }
        var methods = routes.get(path);
        if (methods == null) {
            end(request, Answer.error(404, "no such path; /v1/openapi.json lists them"));
            return;
        }
        boolean head = HttpMethod.HEAD.equals(request.method());
        HttpMethod method = head ? HttpMethod.GET : request.method();
        var handler = methods.get(method);
        if (handler == null) {
            String allowed = String.join(", ", new TreeSet<>(names(methods.keySet())));
            request.response().putHeader("Allow", allowed);
            end(request, Answer.error(405, "this path takes " + allowed));
            return;
        }
        answer(handler, request)
                .recover(defect -> Future.succeededFuture(failed(request, defect)))
                .compose(answer -> written(request, visit, answer))
                .onSuccess(answer -> end(request, answer));
    }

    private void denied(HttpServerRequest request, AdminDoor.Visit visit) {
        if (visit.status() == UNAUTHENTICATED) {
            request.response().putHeader("WWW-Authenticate", "Bearer realm=\"penstock\"");
        }
        String why = Objects.requireNonNull(visit.denial()).message();
        Answer refusal = Answer.error(visit.status(), why);
        // whoever is nobody could fill the log, and push what matters out of it
        boolean worth = !visit.who().kind().equals("anonymous");
        Future<Answer> ready =
                worth ? written(request, visit, refusal) : Future.succeededFuture(refusal);
        ready.onSuccess(answer -> end(request, answer));
    }

    /** The answer, when a change is in the audit log. */
    private Future<Answer> written(
            HttpServerRequest request, AdminDoor.@Nullable Visit visit, Answer answer) {
        Access guard = access;
        if (guard == null || visit == null || !AdminDoor.changes(request.method())) {
            return Future.succeededFuture(answer);
        }
        Map<String, String> names = new TreeMap<>();
        for (String name : NAMES) {
            String value = request.getParam(name);
            if (value != null) {
                names.put(name, value);
            }
        }
        AuditEntry entry =
                AuditEntry.of(
                                visit.who().toString(),
                                String.valueOf(request.remoteAddress()),
                                request.method() + " " + request.path())
                        .names(names)
                        .status(answer.status())
                        .note(answer.note());
        return guard.audit().append(entry).map(answer);
    }

    private static List<String> names(Set<HttpMethod> methods) {
        return methods.stream().map(HttpMethod::name).toList();
    }

    private static Future<Answer> answer(
            Function<HttpServerRequest, Future<Answer>> handler, HttpServerRequest request) {
        try {
            return handler.apply(request);
        } catch (IllegalArgumentException wrong) {
            return Future.succeededFuture(Answer.error(400, String.valueOf(wrong.getMessage())));
        }
    }

    private static Answer failed(HttpServerRequest request, Throwable defect) {
        if (defect instanceof IllegalArgumentException) {
            return Answer.error(400, String.valueOf(defect.getMessage()));
        }
        LOG.error("{} {} failed", request.method(), request.path(), defect);
        return Answer.error(500, String.valueOf(defect));
    }

    private static void end(HttpServerRequest request, Answer answer) {
        request.response()
                .setStatusCode(answer.status())
                .putHeader("Content-Type", answer.contentType())
                .putHeader("Cache-Control", "no-store");
        if (answer.status() == UNAVAILABLE) {
            request.response().putHeader("Retry-After", RETRY_AFTER_S);
        }
        if (HttpMethod.HEAD.equals(request.method())) {
            request.response().end();
        } else {
            request.response().end(answer.body());
        }
    }

    /** Stops listening. Safe without {@link #listen}, and twice. */
    public Future<Void> close() {
        HttpServer last = server;
        if (last == null) {
            return Future.succeededFuture();
        }
        tls.closed(last);
        return last.close();
    }
}
