package io.penstock.gateway.console;

import io.penstock.gateway.admin.AdminServer;
import io.penstock.gateway.admin.Answer;
import io.penstock.gateway.history.Archive;
import io.penstock.gateway.history.History;
import io.penstock.gateway.history.LongSpan;
import io.penstock.gateway.history.Recorder;
import io.penstock.gateway.history.Round;
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
    private static final int FOUND = 302;
    private static final int BAD_REQUEST = 400;
    private static final int NOT_FOUND = 404;

    private final ConsoleParts parts;
    private final Vertx vertx;
    private final Assets assets = new Assets();
    private final History history;
    private final Archive archive;
    private final Snapshot snapshot;
    private final LiveFeed live;
    private final TailFeed tails;
    private final JsonObject catalog;
    private final AtomicBoolean asking = new AtomicBoolean();
    private volatile JsonObject nodes = new JsonObject();

    /** A console that listens to what is recorded. */
    public Console(ConsoleParts parts, Recorder recorder) {
        this.parts = parts;
        this.vertx = parts.vertx();
        this.history = recorder.history();
        this.archive = recorder.archive();
        this.snapshot = new Snapshot(parts);
        this.live = new LiveFeed(vertx);
        this.tails = new TailFeed(vertx, parts.stages());
        this.catalog = new JsonObject(parts.catalog());
        recorder.tell(this::show);
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
        LongSpan weeks = LongSpan.of(span).orElse(null);
        if (weeks == null && !span.equals("10m") && !span.equals("6h")) {
            return now(Answer.error(BAD_REQUEST, "expected 10m, 6h, 7d or 30d", "span"));
        }
        if (repo.isEmpty() && !export.isEmpty()) {
            return now(Answer.error(BAD_REQUEST, "an export is one of a repo", "repo"));
        }
        return vertx.executeBlocking(
                () -> {
                    JsonObject kept =
                            weeks == null
                                    ? history.of(repo, export, span.equals("10m"))
                                    : weeks.of(archive, repo, export, System.currentTimeMillis());
                    return kept == null
                            ? Answer.error(NOT_FOUND, "nothing is kept of that", "repo")
                            : Answer.ok(kept);
                },
                false);
    }

    /** Shows a second to those who listen. */
    private void show(Round round) throws Exception {
        if (live.isHeard()) {
            askForNodes();
            live.send(Buffer.buffer(snapshot.of(round, nodes).encode()));
        }
    }

    /** For the seconds to come; one question at a time. */
    private void askForNodes() {
        if (asking.compareAndSet(false, true)) {
            parts.nodes()
                    .get()
                    .onSuccess(heard -> nodes = heard)
                    .onFailure(failed -> LOG.debug("console: no nodes", failed))
                    .onComplete(over -> asking.set(false));
        }
    }

    /** Ends the streams. Safe twice. */
    public Future<Void> close() {
        live.close();
        tails.close();
        return Future.succeededFuture();
    }

    private static Future<Answer> now(Answer answer) {
        return Future.succeededFuture(answer);
    }
}
