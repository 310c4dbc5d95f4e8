package io.penstock.gateway.report;

import io.penstock.gateway.admin.AdminServer;
import io.penstock.gateway.admin.Answer;
import io.penstock.gateway.config.ReportConfig;
import io.penstock.gateway.history.Tallies;
import io.penstock.gateway.history.Tallies.Counted;
import io.penstock.gateway.notify.Channel;
import io.penstock.gateway.notify.Notice;
import io.penstock.gateway.notify.Tone;
import io.penstock.gateway.tenant.TenantStats;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The reports of this node: made every day and on request, written to a directory, shown, and sent
 * where there is a post.
 *
 * <p>Threading: any thread.
 */
public final class Reporting {
    private static final Logger LOG = LoggerFactory.getLogger(Reporting.class);
    private static final int NOT_FOUND = 404;
    private static final int BUSY = 409;
    private static final int CREATED = 201;

    /** Between two looks at tenants and at the clock. */
    private static final long LOOK_MS = 30_000;

    private final ReportParts parts;
    private final ReportConfig config;
    private final ZoneId zone;
    private final ReportStore store;
    private final AtomicBoolean making = new AtomicBoolean();
    private final AtomicBoolean looking = new AtomicBoolean();
    private Map<Counted, Long> lastTenants = Map.of();
    private volatile List<Channel> channels = List.of();
    private volatile long timer = -1;
    private volatile long nextMs = Long.MAX_VALUE;

    /** One that has not started. */
    public Reporting(ReportParts parts, ReportConfig config) {
        this.parts = parts;
        this.config = config;
        this.zone = config.zoneId();
        Path directory =
                config.directory().isEmpty()
                        ? parts.dataDirectory().resolve("reports")
                        : Path.of(config.directory());
        this.store = new ReportStore(directory, config.keep());
    }

    /** Sends daily reports too, by these, from the next one on. */
    public void by(List<Channel> sent) {
        channels = List.copyOf(sent);
    }

    /** Adds its routes. */
    public Reporting addTo(AdminServer admin) {
        admin.route(HttpMethod.GET, "/v1/reports", r -> blocking(this::list))
                .route(HttpMethod.POST, "/v1/reports", this::make)
                .route(
                        HttpMethod.GET,
                        "/v1/reports/{name}",
                        r -> {
                            String name = r.getParam("name");
                            return blocking(() -> show(name));
                        });
        return this;
    }

    private Future<Answer> blocking(Callable<Answer> action) {
        return parts.vertx().executeBlocking(action, false);
    }

    private Answer list() throws IOException {
        JsonArray rows = new JsonArray();
        for (String name : store.names()) {
            rows.add(
                    new JsonObject()
                            .put("report", name)
                            .put("kind", name.substring(0, name.indexOf('-')))
                            .put("html", "/v1/reports/" + name + ".html")
                            .put("markdown", "/v1/reports/" + name + ".md"));
        }
        return Answer.ok(
                new JsonObject()
                        .put("node", parts.node())
                        .put("next_ms", nextMs == Long.MAX_VALUE ? null : nextMs)
                        .put("reports", rows));
    }

    private Answer show(String name) throws IOException {
        boolean isPage = !name.endsWith(".md");
        String file = name.endsWith(".md") || name.endsWith(".html") ? name : name + ".html";
        return store.read(file)
                .map(
                        text ->
                                new Answer(
                                        200,
                                        isPage
                                                ? "text/html; charset=utf-8"
                                                : "text/markdown; charset=utf-8",
                                        text))
                .orElseGet(() -> Answer.error(NOT_FOUND, "there is no report " + name, "name"));
    }

    private Future<Answer> make(HttpServerRequest request) {
        long nowMs = System.currentTimeMillis();
        Period period =
                period(
                        request.getParam("kind", "daily"),
                        request.getParam("from"),
                        request.getParam("to"),
                        nowMs);
        return make(period, nowMs)
                .map(
                        made ->
                                made == null
                                        ? Answer.error(BUSY, "a report is being made")
                                        : Answer.json(CREATED, made));
    }

    /** What is asked for: from and to, or the last hour, or the 24 hours until now. */
    private static Period period(
            String kind, @Nullable String from, @Nullable String to, long nowMs) {
        if (from != null) {
            return new Period("wanted", time(from, "from"), to == null ? nowMs : time(to, "to"));
        }
        return switch (kind) {
            case "hourly" -> Period.hour(nowMs);
            case "daily" -> new Period("daily", nowMs - 86_400_000, nowMs);
            default -> throw new IllegalArgumentException("kind: daily or hourly, not " + kind);
        };
    }

    private static long time(String text, String key) {
        try {
            return Instant.parse(text).toEpochMilli();
        } catch (DateTimeException none) {
            throw new IllegalArgumentException(
                    key + ": a time such as 2026-01-31T06:00:00Z, not " + text, none);
        }
    }

    /** Makes and writes one; null while another is being made. */
    private Future<@Nullable JsonObject> make(Period period, long nowMs) {
        if (!making.compareAndSet(false, true)) {
            return Future.succeededFuture(null);
        }
        return parts.nodes()
                .get()
                .compose(
                        nodes ->
                                parts.vertx()
                                        .<@Nullable JsonObject>executeBlocking(
                                                () -> made(period, nodes, nowMs), false))
                .onComplete(over -> making.set(false));
    }

    private JsonObject made(Period period, JsonObject nodes, long nowMs) throws Exception {
        PageMaker maker = new PageMaker(parts.archive(), period, nowMs);
        String title = "Penstock: " + period.kind() + " report of " + parts.node();
        String intro =
                Words.time(period.fromMs(), zone)
                        + " to "
                        + Words.time(period.toMs(), zone)
                        + " ("
                        + zone
                        + "). What this node saw; in a cluster each node makes its own.";
        Page page =
                new Page(
                        title,
                        intro,
                        zone,
                        List.of(
                                maker.summary(),
                                maker.delays(),
                                maker.errors(),
                                maker.refusals(),
                                maker.busiest(),
                                maker.tenants(),
                                NodeSections.moves(parts, period, zone),
                                NodeSections.nodes(nodes),
                                NodeSections.capacity(parts.capacity().call())));
        String name = period.name(zone);
        String html = HtmlForm.of(page);
        String markdown = MarkdownForm.of(page);
        store.write(name, html, markdown);
        LOG.info("report {} is written", name);
        return new JsonObject()
                .put("report", name)
                .put("subject", title + ", " + Words.time(period.toMs(), zone))
                .put("html", html)
                .put("markdown", markdown);
    }

    /** Looks at the clock from now on; a day that ended while the node was down is made up for. */
    public Future<Void> start() {
        timer = parts.vertx().setPeriodic(LOOK_MS, LOOK_MS, id -> look());
        if (!config.dailyAt().isEmpty()) {
            nextMs = Period.nextMs(System.currentTimeMillis(), config.time(), zone);
            missed();
        }
        return Future.succeededFuture();
    }

    private void missed() {
        Period last = Period.day(System.currentTimeMillis(), config.time(), zone);
        parts.vertx()
                .executeBlocking(
                        () ->
                                !store.names().contains(last.name(zone))
                                        && !parts.archive()
                                                .read("", "", last.fromMs(), last.toMs())
                                                .isEmpty(),
                        false)
                .onSuccess(
                        isMissed -> {
                            if (isMissed) {
                                daily(last);
                            }
                        })
                .onFailure(failed -> LOG.warn("report: no look at what was missed", failed));
    }

    private void look() {
        long nowMs = System.currentTimeMillis();
        if (nowMs >= nextMs) {
            daily(Period.day(nowMs, config.time(), zone));
            nextMs = Period.nextMs(nowMs, config.time(), zone);
        }
        if (looking.compareAndSet(false, true)) {
            parts.vertx()
                    .executeBlocking(this::countTenants, false)
                    .onFailure(failed -> LOG.warn("report: tenants were not counted", failed))
                    .onComplete(over -> looking.set(false));
        }
    }

    private void daily(Period period) {
        make(period, System.currentTimeMillis())
                .compose(this::sent)
                .onFailure(failed -> LOG.warn("report: the daily one failed", failed));
    }

    /** By every channel; one that fails has said so. */
    private Future<Void> sent(@Nullable JsonObject made) {
        if (made == null || channels.isEmpty()) {
            return Future.succeededFuture();
        }
        Notice notice =
                new Notice(
                                made.getString("subject"),
                                made.getString("markdown"),
                                made.getString("html"))
                        .of("report", Tone.PLAIN);
        return Future.join(channels.stream().map(channel -> channel.send(notice)).toList())
                .mapEmpty();
    }

    /** What moved for tenants since the look before. */
    private int countTenants() {
        Map<Counted, Long> now = new HashMap<>();
        for (TenantStats row : parts.tenants().get()) {
            String name = row.rule().name();
            now.put(
                    new Counted(Tallies.TENANT_BYTES, name, "", "bytes"),
                    row.used().acceptedBytes());
            row.refused()
                    .forEach(
                            (cause, count) ->
                                    now.put(
                                            new Counted(
                                                    Tallies.TENANT_REFUSAL, name, "", cause.word()),
                                            count));
        }
        now.forEach(
                (key, count) ->
                        parts.archive()
                                .tallies()
                                .add(key, count - lastTenants.getOrDefault(key, 0L)));
        lastTenants = now;
        return now.size();
    }

    /** Makes no more. Safe without {@link #start}, and twice. */
    public Future<Void> close() {
        parts.vertx().cancelTimer(timer);
        return Future.succeededFuture();
    }
}
