package io.penstock.gateway.alert.watch;

import io.penstock.gateway.admin.AdminServer;
import io.penstock.gateway.admin.Answer;
import io.penstock.gateway.admin.JsonBody;
import io.penstock.gateway.alert.Alert;
import io.penstock.gateway.alert.Board;
import io.penstock.gateway.alert.Silence;
import io.penstock.gateway.alert.State;
import io.penstock.gateway.notify.Channel;
import io.penstock.gateway.notify.ChannelStats;
import io.penstock.gateway.notify.Channels;
import io.penstock.gateway.notify.Notice;
import io.penstock.gateway.notify.Tone;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What the admin port answers about alerts. Threading: any thread. */
final class WatchRoutes {
    private static final int CREATED = 201;
    private static final int BAD_REQUEST = 400;
    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;
    private static final int UNPROCESSABLE = 422;
    private static final int BAD_GATEWAY = 502;
    private static final int MOST_EVENTS = 100;
    private static final long MAX_SILENCE_MS = 30L * 86_400_000;
    private static final Set<String> KEYS = Set.of("condition", "repo", "name", "for_ms", "reason");

    private final WatchParts parts;
    private final Board board;
    private final Channels channels;
    private final Runnable keep;

    /**
     * Routes.
     *
     * @param keep writes down what changed
     */
    WatchRoutes(WatchParts parts, Board board, Channels channels, Runnable keep) {
        this.parts = parts;
        this.board = board;
        this.channels = channels;
        this.keep = keep;
    }

    void addTo(AdminServer server) {
        server.route(HttpMethod.GET, "/v1/alerts", request -> shown())
                .route(HttpMethod.GET, "/v1/alerts/history", this::history)
                .route(HttpMethod.POST, "/v1/alerts/test", this::trial)
                .route(
                        HttpMethod.POST,
                        "/v1/alerts/silences",
                        request -> JsonBody.read(request, this::silence))
                .route(HttpMethod.DELETE, "/v1/alerts/silences/{id}", this::unsilence);
    }

    private Future<Answer> shown() {
        return parts.vertx().executeBlocking(() -> Answer.ok(all()), false);
    }

    private JsonObject all() {
        JsonArray alerts = new JsonArray();
        for (Alert alert : board.alerts()) {
            Silence silence = board.silencing(alert);
            alerts.add(alert.json().put("silence", silence == null ? null : silence.id()));
        }
        JsonArray silences = new JsonArray();
        board.silences().forEach(each -> silences.add(each.json()));
        JsonArray told = new JsonArray();
        channels.all().forEach(each -> told.add(channel(each.stats())));
        return new JsonObject()
                .put("node", parts.settings().node())
                .put("enabled", parts.settings().alerts().enabled())
                .put("firing", board.count(State.FIRING))
                .put("pending", board.count(State.PENDING))
                .put("left_out", board.leftOut())
                .put("alerts", alerts)
                .put("silences", silences)
                .put("channels", told);
    }

    private static JsonObject channel(ChannelStats stats) {
        return new JsonObject()
                .put("channel", stats.name())
                .put("kind", stats.kind())
                .put("sent", stats.sent())
                .put("lost", stats.lost())
                .put("retries", stats.retries())
                .put(
                        "last_sent",
                        stats.lastSentMs() == 0
                                ? null
                                : Instant.ofEpochMilli(stats.lastSentMs()).toString())
                .put("last_error", stats.lastError());
    }

    private Future<Answer> history(HttpServerRequest request) {
        String given = request.getParam("limit", String.valueOf(MOST_EVENTS));
        if (!given.matches("[0-9]{1,4}")) {
            return now(Answer.error(BAD_REQUEST, "expected a number", "limit"));
        }
        int limit = Integer.parseInt(given);
        return parts.vertx()
                .executeBlocking(
                        () -> {
                            JsonArray events = new JsonArray();
                            board.history(limit).forEach(each -> events.add(each.json()));
                            return Answer.ok(new JsonObject().put("events", events));
                        },
                        false);
    }

    private Future<Answer> trial(HttpServerRequest request) {
        String name = request.getParam("channel", "");
        Channel channel = channels.find(name).orElse(null);
        if (channel == null) {
            Set<String> known = new TreeSet<>();
            channels.all().forEach(each -> known.add(each.name()));
            return now(
                    Answer.error(
                            NOT_FOUND,
                            "no such channel under notices; known: " + known,
                            "channel"));
        }
        String node = parts.settings().node();
        Notice notice =
                new Notice(
                                "[test] " + node + ": a trial message",
                                "This is a trial: node "
                                        + node
                                        + " can reach this channel. Nothing is wrong.\n",
                                "<p>This is a trial: the node can reach this channel. Nothing is"
                                        + " wrong.</p>")
                        .of("test", Tone.PLAIN)
                        .with(new JsonObject().put("node", node));
        return channel.sendOnce(notice)
                .map(sent -> Answer.ok(new JsonObject().put("channel", name).put("sent", true)))
                .otherwise(
                        lost ->
                                Answer.error(
                                        BAD_GATEWAY,
                                        "the channel does not take it: " + lost.getMessage(),
                                        "channel"));
    }

    private Future<Answer> silence(Map<String, Object> body) {
        for (String key : body.keySet()) {
            if (!KEYS.contains(key)) {
                return now(Answer.error(UNPROCESSABLE, "unknown key; known: " + KEYS, key));
            }
        }
        Object forMs = body.get("for_ms");
        if (!(forMs instanceof Long ms) || ms < 1 || ms > MAX_SILENCE_MS) {
            return now(
                    Answer.error(
                            UNPROCESSABLE, "milliseconds, from 1 to those of 30 days", "for_ms"));
        }
        return parts.vertx()
                .executeBlocking(
                        () ->
                                silenced(
                                        new Silence(
                                                0,
                                                text(body, "condition", "*"),
                                                text(body, "repo", "*"),
                                                text(body, "name", "*"),
                                                System.currentTimeMillis() + ms,
                                                text(body, "reason", ""))),
                        false);
    }

    private static String text(Map<String, Object> body, String key, String assumed) {
        Object given = body.get(key);
        return given == null ? assumed : given.toString();
    }

    private Answer silenced(Silence wanted) {
        Silence made = board.silence(wanted);
        if (made == null) {
            return Answer.error(CONFLICT, "there are as many silences as may be; end some");
        }
        keep.run();
        return Answer.json(CREATED, made.json())
                .noted(
                        "silence "
                                + made.id()
                                + " of "
                                + made.condition()
                                + " "
                                + made.repo()
                                + "/"
                                + made.name()
                                + " until "
                                + Instant.ofEpochMilli(made.untilMs()));
    }

    private Future<Answer> unsilence(HttpServerRequest request) {
        String id = request.getParam("id", "");
        boolean was = id.matches("[0-9]{1,15}") && board.unsilence(Long.parseLong(id));
        if (!was) {
            return now(Answer.error(NOT_FOUND, "there is no silence " + id, "id"));
        }
        keep.run();
        return now(Answer.ok(new JsonObject().put("ended", Long.parseLong(id))));
    }

    private static Future<Answer> now(Answer answer) {
        return Future.succeededFuture(answer);
    }
}
