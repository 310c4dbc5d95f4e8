package io.penstock.gateway.console;

import io.penstock.exporter.stage.Stage;
import io.penstock.exporter.stage.StageRegistry;
import io.penstock.exporter.stage.StageState;
import io.penstock.gateway.admin.Answer;
import io.penstock.model.RepoName;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Records of a repo to whoever wants to see some: a sample, read from the ring beside all exports,
 * which do not notice.
 *
 * <p>Threading: any thread.
 */
final class TailFeed {
    /** More are refused with 503. */
    static final int MAX_TAILS = 8;

    /** Most records a second that one may ask for. */
    static final int MAX_RATE = 100;

    private static final int RATE = 10;
    private static final long LOOK_MS = 1_000;
    private static final int BAD_REQUEST = 400;
    private static final int UNAVAILABLE = 503;

    private final Vertx vertx;
    private final StageRegistry stages;
    private final AtomicInteger count = new AtomicInteger();
    private final Map<Tail, Boolean> tails = new ConcurrentHashMap<>();

    TailFeed(Vertx vertx, StageRegistry stages) {
        this.vertx = vertx;
        this.stages = stages;
    }

    /** Lets one more follow a repo. */
    Optional<Answer> follow(HttpServerRequest request) {
        RepoName repo;
        try {
            repo = new RepoName(request.getParam("repo", ""));
        } catch (IllegalArgumentException malformed) {
            return refused(String.valueOf(malformed.getMessage()), "repo");
        }
        int rate;
        try {
            rate = Integer.parseInt(request.getParam("rate", "" + RATE));
        } catch (NumberFormatException none) {
            rate = 0;
        }
        if (rate < 1 || rate > MAX_RATE) {
            return refused("expected 1 to " + MAX_RATE + " records a second", "rate");
        }
        if (EventStream.isHead(request)) {
            return Optional.empty();
        }
        if (count.incrementAndGet() > MAX_TAILS) {
            count.decrementAndGet();
            return Optional.of(Answer.error(UNAVAILABLE, MAX_TAILS + " follow already; close one"));
        }
        Tail tail = new Tail(repo, rate);
        tail.stream = EventStream.begin(vertx, request, () -> left(tail));
        tails.put(tail, true);
        tail.timer = vertx.setPeriodic(0, LOOK_MS, id -> look(tail));
        return Optional.empty();
    }

    private static Optional<Answer> refused(String why, String key) {
        return Optional.of(Answer.error(BAD_REQUEST, why, key));
    }

    private void left(Tail tail) {
        vertx.cancelTimer(tail.timer);
        tails.remove(tail);
        count.decrementAndGet();
    }

    private void look(Tail tail) {
        if (tail.looking) {
            return;
        }
        tail.looking = true;
        vertx.executeBlocking(() -> read(tail), false)
                .onSuccess(
                        event -> {
                            EventStream stream = tail.stream;
                            if (stream != null) {
                                stream.send(event);
                            }
                        })
                .onComplete(over -> tail.looking = false);
    }

    private Buffer read(Tail tail) {
        Stage stage = stages.find(tail.repo).orElse(null);
        if (stage == null || stage.state() != StageState.ACTIVE) {
            tail.sample.restart();
            return EventStream.heartbeat();
        }
        return tail.sample
                .next(stage.ring(), tail.rate)
                .map(json -> EventStream.event(Buffer.buffer(json.encode())))
                .orElseGet(EventStream::heartbeat);
    }

    void close() {
        tails.keySet()
                .forEach(
                        tail -> {
                            EventStream stream = tail.stream;
                            if (stream != null) {
                                stream.end();
                            }
                        });
    }

    /** One that follows. Owner: the event loop of its request. */
    private static final class Tail {
        private final RepoName repo;
        private final int rate;
        private final RecordSample sample = new RecordSample();
        private volatile @Nullable EventStream stream;
        private volatile long timer = -1;
        private volatile boolean looking;

        Tail(RepoName repo, int rate) {
            this.repo = repo;
            this.rate = rate;
        }
    }
}
