package io.penstock.gateway.capacity;

import io.penstock.gateway.admin.AdminServer;
import io.penstock.gateway.admin.Answer;
import io.penstock.gateway.capacity.Level.Resource;
import io.penstock.gateway.config.CapacityConfig;
import io.penstock.gateway.history.Cell;
import io.penstock.gateway.history.LongGauge;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a node carries, what of it is in use, when a node more will be wanted, and whether one is
 * now.
 *
 * <p>Threading: any thread.
 */
public final class Capacity {
    private static final Logger LOG = LoggerFactory.getLogger(Capacity.class);
    private static final long DAY_MS = 86_400_000;
    private static final long WEEK_MS = 7 * DAY_MS;

    /** What counts as now: two intervals at the most. */
    private static final long NOW_MS = 600_000;

    /** Between two looks at all nodes. */
    private static final long LOOK_MS = 15_000;

    private final CapacityParts parts;
    private final CapacityConfig config;
    private final List<Resource> resources;
    private final SignalHook hook;
    private final ScaleSignal signal;
    private final AtomicBoolean looking = new AtomicBoolean();
    private volatile double usedRatio;
    private volatile int wanted = 1;
    private volatile int nodes = 1;
    private volatile long changedMs;
    private volatile long timer = -1;

    /** One that has not started. */
    public Capacity(CapacityParts parts, CapacityConfig config) {
        this.parts = parts;
        this.config = config;
        this.hook = new SignalHook(parts.vertx(), config.webhook(), SignalHook.FIRST_WAIT_MS);
        this.signal = new ScaleSignal(config.high(), config.low(), config.upMs(), config.downMs());
        this.resources = resources(parts);
    }

    private static List<Resource> resources(CapacityParts parts) {
        return List.of(
                new Resource(
                        "cpu",
                        LongGauge.MACHINE_CORES,
                        "cores",
                        parts.cores(),
                        true,
                        "cores of the machine, whoever uses them"),
                new Resource(
                        "heap",
                        LongGauge.HEAP_LIVE,
                        "bytes",
                        (double) parts.heapBytes(),
                        true,
                        "what is left after a collection, of the largest heap"),
                new Resource(
                        "disk",
                        LongGauge.RING_DISK,
                        "bytes",
                        (double) parts.diskBytes(),
                        true,
                        "segment files, of staging.max_bytes"),
                new Resource(
                        "network",
                        LongGauge.NETWORK,
                        "bytes/s",
                        (double) parts.networkBytesPerS(),
                        true,
                        "of what cluster.capacity.network_per_s_bytes states"),
                new Resource(
                        "targets",
                        LongGauge.TARGET_FULL,
                        "of the time",
                        1,
                        false,
                        "part of the time in which a target bore no more while records"
                                + " waited; another node would not make it faster"));
    }

    /** Adds its route. */
    public Capacity addTo(AdminServer admin) {
        admin.route(
                HttpMethod.GET,
                "/v1/capacity",
                request ->
                        parts.vertx()
                                .executeBlocking(
                                        () -> Answer.ok(of(System.currentTimeMillis())), false));
        return this;
    }

    /** Looks from now on. */
    public Future<Void> start() {
        timer = parts.vertx().setPeriodic(LOOK_MS, LOOK_MS, id -> look());
        return Future.succeededFuture();
    }

    private void look() {
        if (!looking.compareAndSet(false, true)) {
            return;
        }
        parts.nodes()
                .get()
                .compose(
                        all ->
                                parts.vertx()
                                        .executeBlocking(
                                                () -> looked(all, System.currentTimeMillis()),
                                                false))
                .onFailure(failed -> LOG.warn("capacity: a look failed", failed))
                .onComplete(over -> looking.set(false));
    }

    private boolean looked(JsonObject all, long nowMs) throws IOException {
        double own = tightest(levels(nowMs)).ratio();
        usedRatio = own;
        double used = 0;
        JsonArray rows = all.getJsonArray("nodes", new JsonArray());
        for (Object each : rows) {
            JsonObject row = (JsonObject) each;
            used += row.getBoolean("self", false) ? own : ratioOf(row);
        }
        nodes = Math.max(1, rows.size());
        boolean changed = signal.observe(nowMs, nodes, used);
        wanted = signal.wanted();
        if (changed) {
            changedMs = nowMs;
            LOG.info("capacity: {} nodes are wanted, {} are there", wanted, nodes);
        }
        if (changed && parts.speaks().getAsBoolean()) {
            hook.tell(signalJson().put("time_ms", nowMs).put("node", parts.node()));
        }
        return changed;
    }

    /** Of another node, by its heartbeat: CPU and network are all that it tells of what it has. */
    private static double ratioOf(JsonObject row) {
        JsonObject has = row.getJsonObject("capacity", new JsonObject());
        return Math.max(
                part(row.getDouble("busy_cores", 0.0), has.getDouble("cpu", 0.0)),
                part(row.getDouble("network_bytes_per_s", 0.0), has.getDouble("network", 0.0)));
    }

    private static double part(double used, double of) {
        return of <= 0 ? 0 : used / of;
    }

    private List<Level> levels(long nowMs) throws IOException {
        List<Cell> day = parts.archive().read("", "", nowMs - DAY_MS, nowMs + 1);
        List<Cell> last = day.stream().filter(cell -> cell.startMs() > nowMs - NOW_MS).toList();
        return resources.stream().map(resource -> Level.of(resource, day, last)).toList();
    }

    private static Level tightest(List<Level> levels) {
        return levels.stream()
                .filter(Level::helps)
                .max(Comparator.comparingDouble(Level::ratio))
                .orElseThrow();
    }

    private static Level tightestOfDay(List<Level> levels) {
        return levels.stream()
                .filter(Level::helps)
                .max(Comparator.comparingDouble(Level::peakRatio))
                .orElseThrow();
    }

    /** Everything, as {@code /v1/capacity}. Blocks. */
    public JsonObject of(long nowMs) throws IOException {
        List<Cell> all = parts.archive().read("", "", 0, nowMs + 1);
        List<Cell> week = all.stream().filter(cell -> cell.startMs() > nowMs - WEEK_MS).toList();
        List<Level> levels = levels(nowMs);
        Level now = tightest(levels);
        Level peak = tightestOfDay(levels);
        UnitCost cost = UnitCost.of(week);
        JsonArray rows = new JsonArray();
        levels.forEach(level -> rows.add(json(level)));
        Resource grows =
                resources.stream()
                        .filter(each -> each.name().equals(peak.resource()))
                        .findFirst()
                        .orElseThrow();
        JsonObject json =
                new JsonObject()
                        .put("node", parts.node())
                        .put("time_ms", nowMs)
                        .put("cores", parts.cores())
                        .put("unit", cost.json())
                        .put("levels", rows)
                        .put("bottleneck", now.resource())
                        .put("used_ratio", now.ratio())
                        .put("peak_bottleneck", peak.resource())
                        .put("peak_ratio", peak.peakRatio())
                        .put("headroom_ratio", Math.max(0, config.high() - peak.peakRatio()))
                        .put("forecast", Outlook.of(grows, all, nowMs, config.high()))
                        .put("signal", signalJson());
        LineFit records = cost.records();
        if (records != null) {
            json.put("carries_records_per_s", carries(records, levels));
        }
        return json;
    }

    /** What the cores that nobody else uses carry up to the line. */
    private double carries(LineFit fit, List<Level> levels) {
        double free = Math.max(0, config.high() - levels.get(0).peakRatio()) * parts.cores();
        return free / fit.slope();
    }

    private static JsonObject json(Level level) {
        return new JsonObject()
                .put("resource", level.resource())
                .put("unit", level.unit())
                .put("limit", level.limit())
                .put("used", level.used())
                .put("ratio", level.ratio())
                .put("peak", level.peak())
                .put("peak_ratio", level.peakRatio())
                .put("peak_ms", level.peakMs())
                .put("helps", level.helps())
                .put("says", level.says());
    }

    private JsonObject signalJson() {
        return new JsonObject()
                .put("nodes", nodes)
                .put("wanted_nodes", wanted)
                .put("used_ratio", usedRatio)
                .put("changed_ms", changedMs)
                .put("high", config.high())
                .put("low", config.low());
    }

    /** Part of the tightest resource of this node that is in use, but for targets. */
    public double usedRatio() {
        return usedRatio;
    }

    /** Nodes wanted, as this node knows; in a cluster that of the leader is the one to go by. */
    public int wantedNodes() {
        return wanted;
    }

    /** Looks no more. Safe without {@link #start}, and twice. */
    public Future<Void> close() {
        parts.vertx().cancelTimer(timer);
        return hook.close();
    }
}
