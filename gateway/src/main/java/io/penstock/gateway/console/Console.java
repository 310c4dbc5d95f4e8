package io.penstock.gateway.console;

import io.penstock.gateway.admin.AdminServer;
import io.penstock.gateway.admin.Answer;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The console of a node. Threading: any thread. */
public final class Console {
    private static final Logger LOG = LoggerFactory.getLogger(Console.class);
    private static final long ROUND_MS = 1_000;
    private static final int FOUND = 302;
    private static final int BAD_REQUEST = 400;
    private static final int NOT_FOUND = 404;

    private final ConsoleParts parts;
    private final Vertx vertx;
    private final Assets assets = new Assets();
    private final History history = new History();
    private final Sampler sampler;
    private final Snapshot snapshot;
    private final LiveFeed live;
    private final TailFeed tails;
    private final JsonObject catalog;
    private final AtomicBoolean sampling = new AtomicBoolean();
    private final AtomicBoolean asking = new AtomicBoolean();
    private volatile JsonObject nodes = new JsonObject();
    private volatile long timer = -1;

    /** A console that has not started. */
    public Console(ConsoleParts parts) {
        this.parts = parts;
        this.vertx = parts.vertx();
        this.sampler = new Sampler(parts.stages(), parts.fanOut(), history);
        this.snapshot = new Snapshot(parts);
        this.live = new LiveFeed(vertx);
        this.tails = new TailFeed(vertx, parts.stages());
        this.catalog = new JsonObject(parts.catalog());
    }

    /** Adds its routes. */
    public Console addTo(AdminServer server) {
        server.route(HttpMethod.GET, "/", Console::toPage)
                .route(HttpMethod.GET, "/console", Console::toPage)
                .direct("/console/", request -> assets.serve(request, "index.html"))
                .direct(
                        "/console/{file}",
                        request -> assets.serve(request, request.getParam("file")))
                .direct("/v1/live", live::listen)
                .direct("/v1/tail", tails::follow)
                .route(HttpMethod.GET, "/v1/sinks", r -> now(Answer.ok(catalog)))
                .route(HttpMethod.GET, "/v1/history", this::history);
        return this;
    }

    private static Future<Answer> toPage(HttpServerRequest request) {
        request.response().putHeader("Location", "/console/");
        return now(new Answer(FOUND, "text/plain", "/console/\n"));
    }

    private Future<Answer> history(HttpServerRequest request) {
        String repo = request.getParam("repo", "");
        String export = request.getParam("export", "");
        String span = request.getParam("span", "10m");
        if (!span.equals("10m") && !span.equals("6h")) {
            return now(Answer.error(BAD_REQUEST, "expected 10m or 6h", "span"));
        }
        if (repo.isEmpty() && !export.isEmpty()) {
            return now(Answer.error(BAD_REQUEST, "an export is one of a repo", "repo"));
        }
        return vertx.executeBlocking(
                () -> {
                    JsonObject kept = history.of(repo, export, span.equals("10m"));
                    return kept == null
                            ? Answer.error(NOT_FOUND, "nothing is kept of that", "repo")
                            : Answer.ok(kept);
                },
                false);
    }

    /** Keeps the history from now on. */
    public Future<Void> start() {
        timer = vertx.setPeriodic(0, ROUND_MS, id -> round());
        return Future.succeededFuture();
    }

    /** One round, unless the one before is under way: then it is left out. */
    private void round() {
        if (live.isHeard() && asking.compareAndSet(false, true)) {
            parts.nodes()
                    .get()
                    .onSuccess(heard -> nodes = heard)
                    .onFailure(failed -> LOG.debug("console: no nodes", failed))
                    .onComplete(over -> asking.set(false));
        }
        if (!sampling.compareAndSet(false, true)) {
            return;
        }
        vertx.executeBlocking(this::sample, false)
                .onFailure(failed -> LOG.warn("console: a round failed", failed))
                .onComplete(over -> sampling.set(false));
    }

    private boolean sample() throws Exception {
        long nowMs = System.currentTimeMillis();
        Sampler.Round round = sampler.take(nowMs, System.nanoTime());
        boolean isHeard = live.isHeard();
        if (isHeard) {
            live.send(Buffer.buffer(snapshot.of(nowMs, round, nodes).encode()));
        }
        return isHeard;
    }

    /** Ends the streams. Safe without {@link #start}, and twice. */
    public Future<Void> close() {
        vertx.cancelTimer(timer);
        live.close();
        tails.close();
        return Future.succeededFuture();
    }

    private static Future<Answer> now(Answer answer) {
        return Future.succeededFuture(answer);
    }
}
