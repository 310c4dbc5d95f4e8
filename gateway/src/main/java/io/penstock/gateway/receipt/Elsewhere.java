package io.penstock.gateway.receipt;

import io.penstock.cluster.NodeId;
import io.penstock.gateway.access.AdminDoor;
import io.penstock.gateway.access.Loopback;
import io.penstock.gateway.admin.Answer;
import io.penstock.gateway.tls.TlsPorts;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.ClientSSLOptions;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Asks the node that staged a batch, as whoever asks here: with the header that was shown, and
 * nothing of this node's own. What that node answers is the answer.
 *
 * <p>One hop: a question that a node has passed on ({@link AdminDoor#PASSED_ON}) is not passed on
 * again. A key that came by TLS leaves by TLS only, to a node whose certificate names its address
 * and has the authority of this one's.
 *
 * <p>Threading: any thread.
 */
public final class Elsewhere {
    /** Questions that are with other nodes at once; more are refused. */
    static final int MAX_ASKED = 64;

    /** Those of them that wait; more are asked without. */
    static final int MAX_WAITING = 48;

    /** Longest answer that is taken: some 450 exports with a hundred dead letters each. */
    static final int MAX_ANSWER_BYTES = 1 << 20;

    /** Longest time until a connection is made, or secure. */
    static final int CONNECT_MS = 2_000;

    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;
    private static final int UNAVAILABLE = 503;

    private final String own;
    private final NodeFinder finder;
    private final TlsPorts tls;
    private final Vertx vertx;
    private final HttpClient client;
    private final long answerMs;
    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicInteger waiting = new AtomicInteger();

    /** For a node of that name; closes with its Vertx. */
    public Elsewhere(Vertx vertx, String own, NodeFinder finder, TlsPorts tls) {
        this(vertx, own, finder, tls, 5_000);
    }

    /**
     * Likewise.
     *
     * @param answerMs longest time for an answer, beyond what it may wait
     */
    Elsewhere(Vertx vertx, String own, NodeFinder finder, TlsPorts tls, long answerMs) {
        this.vertx = vertx;
        this.own = own;
        this.finder = finder;
        this.tls = tls;
        this.answerMs = answerMs;
        this.client =
                vertx.createHttpClient(
                        new HttpClientOptions().setKeepAlive(false),
                        new PoolOptions().setHttp1MaxSize(MAX_ASKED));
    }

    /** Has another node answer; the future does not fail for anything that one says or does. */
    Future<Answer> ask(Question question) {
        NodeId node = new NodeId(question.node());
        if (question.passedOn()) {
            return Future.succeededFuture(
                    Answer.error(
                            CONFLICT,
                            "this is node %s, and not %s, which another node takes it for"
                                    .formatted(own, node),
                            "node"));
        }
        if (asked.incrementAndGet() > MAX_ASKED) {
            asked.decrementAndGet();
            return Future.succeededFuture(
                    Answer.error(
                            UNAVAILABLE,
                            MAX_ASKED + " receipts of other nodes are being asked for; come again",
                            "node"));
        }
        return finder.find(node)
                .compose(place -> found(question, place))
                .onComplete(over -> asked.decrementAndGet());
    }

    private Future<Answer> found(Question question, NodePlace place) {
        String node = question.node();
        return switch (place.sight()) {
            case UNKNOWN -> not(NOT_FOUND, "there is no node " + node + " that is known here");
            case BLIND ->
                    not(
                            UNAVAILABLE,
                            "node %s is not in its cluster now, and sees no other; ask node %s"
                                    .formatted(own, node));
            case GONE -> not(UNAVAILABLE, gone(node, place));
            case HERE ->
                    place.hasAddress()
                            ? there(question, place)
                            : not(
                                    UNAVAILABLE,
                                    "node %s has not said yet where its admin port is; ask again"
                                            .formatted(node));
        };
    }

    private static String gone(String node, NodePlace place) {
        return ("node %s, which staged the batch, is not in the cluster now (%s%s);"
                        + " what it staged lies on its disk: ask again when it is back")
                .formatted(
                        node,
                        place.seenMs() == 0
                                ? "not seen since this one started"
                                : "last seen " + Instant.ofEpochMilli(place.seenMs()),
                        place.hasAddress() ? ", its admin port was " + place.address() : "");
    }

    private Future<Answer> there(Question question, NodePlace place) {
        String obstacle = obstacle(question, place);
        if (!obstacle.isEmpty()) {
            return Future.succeededFuture(yourself(question, place, obstacle));
        }
        if (question.waitMs() == 0) {
            return send(question, place);
        }
        boolean mayWait = waiting.incrementAndGet() <= MAX_WAITING;
        return send(mayWait ? question : question.now(), place)
                .onComplete(over -> waiting.decrementAndGet());
    }

    /** Why this node cannot ask that one for somebody; empty when it can. */
    private String obstacle(Question question, NodePlace place) {
        if (Loopback.isName(place.host()) && !Loopback.isName(finder.ownHost())) {
            return "its admin port listens on loopback alone";
        }
        if (place.tls() && !tls.admin().isOn()) {
            return "its admin port speaks TLS, and this node has no admin.tls to check it by";
        }
        boolean secret = !question.authorization().isEmpty();
        return secret && !place.tls() && tls.admin().isOn()
                ? "its admin port speaks no TLS, and a key that came by TLS does not go on without"
                : "";
    }

    /** What whoever asks can still do where this node can do nothing. */
    static Answer yourself(Question question, NodePlace place, String why) {
        return Answer.error(
                CONFLICT,
                ("the batch was staged by node %s, which knows: ask it with --admin %s;"
                                + " it is not asked from here: %s")
                        .formatted(question.node(), place.address(), why),
                "node");
    }

    private Future<Answer> send(Question question, NodePlace place) {
        PassedAnswer answer = new PassedAnswer(question, place);
        long limitMs = question.waitMs() + answerMs;
        return client.request(options(question, place))
                .compose(
                        request ->
                                sent(request, answer)
                                        .timeout(limitMs, TimeUnit.MILLISECONDS)
                                        .onFailure(late -> request.reset()))
                .compose(body -> vertx.executeBlocking(() -> answer.of(body), false))
                .recover(cause -> Future.succeededFuture(answer.none(cause, limitMs)));
    }

    private static Future<PassedAnswer.Body> sent(HttpClientRequest request, PassedAnswer answer) {
        return request.send().compose(answer::read);
    }

    private RequestOptions options(Question question, NodePlace place) {
        ReceiptId id = question.id();
        RequestOptions options =
                new RequestOptions()
                        .setMethod(HttpMethod.GET)
                        .setHost(place.host())
                        .setPort(place.port())
                        .setConnectTimeout(CONNECT_MS)
                        .setURI(
                                "/v1/receipts/%s/%s/%d?node=%s&wait=%dms"
                                        .formatted(
                                                id.repo(),
                                                HexFormat.of().toHexDigits(id.epoch()),
                                                id.position(),
                                                question.node(),
                                                question.waitMs()))
                        .putHeader(AdminDoor.PASSED_ON, own);
        if (!question.authorization().isEmpty()) {
            options.putHeader("Authorization", question.authorization());
        }
        if (!question.from().isEmpty()) {
            // who is not on this machine shall not look so because this node is
            options.putHeader("X-Forwarded-For", question.from());
        }
        Optional<ClientSSLOptions> secure =
                place.tls() ? tls.toAdmin(CONNECT_MS) : Optional.empty();
        secure.ifPresent(by -> options.setSsl(true).setSslOptions(by));
        return options;
    }

    private static Future<Answer> not(int status, String why) {
        return Future.succeededFuture(Answer.error(status, why, "node"));
    }
}
