package io.penstock.gateway.receipt;

import io.penstock.exporter.fanout.FanOut;
import io.penstock.exporter.receipt.Fate;
import io.penstock.exporter.stage.Stage;
import io.penstock.exporter.stage.StageRegistry;
import io.penstock.exporter.stage.StageState;
import io.penstock.gateway.admin.AdminServer;
import io.penstock.gateway.admin.Answer;
import io.penstock.gateway.admin.NodeView;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Answers what became of a batch. Threading: any thread. */
public final class Receipts {
    /** Longest wait that may be asked for. */
    static final long MAX_WAIT_MS = 30_000;

    /** Requests that wait at once; more are answered with how things stand. */
    static final int MAX_WAITERS = 64;

    /** How often a request that waits looks. */
    static final long LOOK_MS = 50;

    private static final int BAD_REQUEST = 400;
    private static final int NOT_FOUND = 404;
    private static final int UNAVAILABLE = 503;
    private static final Pattern WAIT = Pattern.compile("([0-9]{1,6})(ms|s)");

    private final Vertx vertx;
    private final String node;
    private final StageRegistry stages;
    private final FanOut fanOut;
    private final NodeView view;
    private final Elsewhere elsewhere;
    private final AtomicInteger waiting = new AtomicInteger();

    /**
     * Those of a node.
     *
     * @param node its name
     * @param elsewhere asks for batches that other nodes staged
     */
    public Receipts(
            Vertx vertx,
            String node,
            StageRegistry stages,
            FanOut fanOut,
            NodeView view,
            Elsewhere elsewhere) {
        this.vertx = vertx;
        this.node = node;
        this.stages = stages;
        this.fanOut = fanOut;
        this.view = view;
        this.elsewhere = elsewhere;
    }

    /** Adds its route. */
    public Receipts addTo(AdminServer server) {
        server.route(HttpMethod.GET, "/v1/receipts/{repo}/{epoch}/{position}", this::ask);
        return this;
    }

    private Future<Answer> ask(HttpServerRequest request) {
        ReceiptId id =
                ReceiptId.of(
                        request.getParam("repo"),
                        request.getParam("epoch"),
                        request.getParam("position"));
        long waitMs = waitMs(request.getParam("wait", "0s"));
        String at = request.getParam("node", node);
        if (waitMs < 0 || waitMs > MAX_WAIT_MS) {
            return Future.succeededFuture(
                    Answer.error(BAD_REQUEST, "expected up to 30s, as 5s or 500ms", "wait"));
        }
        if (!at.equals(node)) {
            return elsewhere.ask(Question.of(request, id, at, waitMs));
        }
        if (waitMs == 0) {
            return look(id).map(seen -> seen.answer(node));
        }
        if (waiting.incrementAndGet() > MAX_WAITERS) {
            waiting.decrementAndGet();
            return look(id).map(seen -> seen.answer(node));
        }
        Promise<Answer> answer = Promise.promise();
        lookUntil(id, System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(waitMs), answer);
        return answer.future().onComplete(over -> waiting.decrementAndGet());
    }

    /** Milliseconds, or -1 for what is no time. */
    private static long waitMs(String text) {
        Matcher form = WAIT.matcher(text);
        if (!form.matches()) {
            return -1;
        }
        long number = Long.parseLong(form.group(1));
        return form.group(2).equals("s") ? TimeUnit.SECONDS.toMillis(number) : number;
    }

    private void lookUntil(ReceiptId id, long endNs, Promise<Answer> answer) {
        look(id).onFailure(answer::tryFail)
                .onSuccess(
                        seen -> {
                            if (seen.isSettled() || System.nanoTime() - endNs >= 0) {
                                answer.tryComplete(seen.answer(node));
                            } else {
                                vertx.setTimer(LOOK_MS, t -> lookUntil(id, endNs, answer));
                            }
                        });
    }

    /** How a batch stands, or why that cannot be said. */
    private Future<Standing> look(ReceiptId id) {
        Stage open = stages.find(id.repo()).orElse(null);
        if (open != null && open.state() == StageState.ACTIVE) {
            return vertx.executeBlocking(() -> standing(id, open), false);
        }
        return vertx.executeBlocking(() -> view.repo(id.repo()).isPresent(), false)
                .compose(
                        exists ->
                                exists
                                        ? stages.open(id.repo())
                                                .compose(
                                                        stage ->
                                                                vertx.executeBlocking(
                                                                        () -> standing(id, stage),
                                                                        false))
                                                .otherwise(
                                                        closed ->
                                                                Standing.not(
                                                                        UNAVAILABLE,
                                                                        String.valueOf(
                                                                                closed
                                                                                        .getMessage())))
                                        : Future.succeededFuture(
                                                Standing.not(
                                                        NOT_FOUND,
                                                        "there is no repo "
                                                                + id.repo()
                                                                + " on node "
                                                                + node)));
    }

    private Standing standing(ReceiptId id, Stage stage) throws IOException {
        if (stage.ring().epoch() != id.epoch()) {
            return Standing.not(
                    NOT_FOUND,
                    "node "
                            + node
                            + " has no such epoch of repo "
                            + id.repo()
                            + ": the batch lies on another node (parameter node), or its repo was"
                            + " deleted since");
        }
        if (id.position() >= stage.ring().tail()) {
            return Standing.not(NOT_FOUND, "nothing has been staged at that position");
        }
        List<Fate> fates = fanOut.fates(stage, id.position());
        return new Standing(id, fates, 200, "");
    }
}
