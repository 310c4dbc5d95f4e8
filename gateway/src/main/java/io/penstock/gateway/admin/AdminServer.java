package io.penstock.gateway.admin;

import io.penstock.gateway.tls.TlsPort;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
    private static final int UNAVAILABLE = 503;

    /** About as long as an election. */
    private static final String RETRY_AFTER_S = "3";

    private final Vertx vertx;
    private final TlsPort tls;
    private final Map<String, Map<HttpMethod, Function<HttpServerRequest, Future<Answer>>>> routes =
            new LinkedHashMap<>();
    private final Map<String, PathTemplate> templates = new LinkedHashMap<>();
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

    /** Listens; port 0 takes a free one. Completes with the port. */
    public Future<Integer> listen(String host, int port) {
        HttpServerOptions options =
                new HttpServerOptions()
                        .setIdleTimeout(IDLE_TIMEOUT_S)
                        .setIdleTimeoutUnit(TimeUnit.SECONDS)
                        .setCompressionSupported(true);
        HttpServer listening =
                vertx.createHttpServer(tls.apply(options))
                        .requestHandler(this::handle)
                        .exceptionHandler(tls::handshakeFailed);
        server = listening;
        return listening.listen(port, host).onSuccess(tls::opened).map(HttpServer::actualPort);
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
        } catch (IllegalArgumentException malformed) {
            end(request, Answer.error(400, "the path is malformed: " + malformed.getMessage()));
            return;
        }
        var methods = routes.get(path);
        if (methods == null) {
            end(request, Answer.error(404, "no such path; there are " + routes.keySet()));
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
                .onSuccess(answer -> end(request, answer))
                .onFailure(defect -> failed(request, defect));
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

    private static void failed(HttpServerRequest request, Throwable defect) {
        if (defect instanceof IllegalArgumentException) {
            end(request, Answer.error(400, String.valueOf(defect.getMessage())));
            return;
        }
        LOG.error("{} {} failed", request.method(), request.path(), defect);
        end(request, Answer.error(500, String.valueOf(defect)));
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
        return server == null ? Future.succeededFuture() : server.close();
    }
}
