package io.penstock.gateway.admin;

import io.penstock.exporter.fanout.ExportStats;
import io.penstock.exporter.fanout.LedgerRow;
import io.penstock.exporter.pressure.PressureStats;
import io.penstock.exporter.ring.RingStats;
import io.penstock.gateway.admin.NodeView.RepoRow;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * What a node holds, as JSON. The same documents come from the admin port and, with {@code --output
 * json}, from the command line.
 */
public final class Reports {
    private Reports() {}

    /** {@code {"repos":[...]}}. */
    public static JsonObject repos(NodeView node) throws IOException {
        return list("repos", node.repos(), Reports::repo);
    }

    /**
     * The same of a part of them; {@code next} is what the next part comes after, if there is one.
     */
    public static JsonObject repos(NodeView node, NodeView.Page page) throws IOException {
        List<RepoRow> rows = node.repos(page);
        JsonObject json = list("repos", rows, Reports::repo);
        return rows.size() < page.limit()
                ? json
                : json.put("next", rows.get(rows.size() - 1).repo().value());
    }

    /** {@code {"exports":[...]}}. */
    public static JsonObject exports(NodeView node) throws IOException {
        return list("exports", node.exports(), Reports::export);
    }

    /** {@code {"ledger":[...],"residue":n}}. */
    public static JsonObject ledger(NodeView node) throws IOException {
        List<LedgerRow> rows = node.ledger();
        return list("ledger", rows, Reports::ledgerRow).put("residue", residue(rows));
    }

    /** Records that these rows cannot explain. */
    public static long residue(List<LedgerRow> rows) {
        return rows.stream().mapToLong(row -> Math.abs(row.residue())).sum();
    }

    private static <T> JsonObject list(String name, List<T> rows, Function<T, JsonObject> row) {
        JsonArray array = new JsonArray();
        rows.forEach(each -> array.add(row.apply(each)));
        return new JsonObject().put(name, array);
    }

    /** One repo. */
    public static JsonObject repo(RepoRow row) {
        JsonObject json =
                new JsonObject().put("repo", row.repo().value()).put("state", row.state());
        RingStats ring = row.ring();
        if (ring != null) {
            json.put("accepted_records", ring.acceptedRecords())
                    .put("head", ring.head())
                    .put("tail", ring.tail())
                    .put("segments", ring.segments())
                    .put("disk_bytes", ring.diskBytes())
                    .put("quarantined_entries", ring.quarantinedEntries())
                    .put("exports", ring.cursors().size());
        }
        return json;
    }

    /** One export that runs. */
    public static JsonObject export(ExportStats stats) {
        return new JsonObject()
                .put("repo", stats.repo().value())
                .put("export", stats.export())
                .put("state", stats.state().name().toLowerCase(Locale.ROOT))
                .put("delivered_records", stats.deliveredRecords())
                .put("dead_lettered_records", stats.deadLetteredRecords())
                .put("dropped_records", stats.droppedRecords())
                .put("lag_records", stats.lagRecords())
                .put("lag_bytes", stats.lagBytes())
                .put("parked_bytes", stats.parkedBytes())
                .put("oldest_age_ms", stats.oldestAgeMs())
                .put("in_flight", stats.inFlight())
                .put("attempts", stats.attempts())
                .put("failures", stats.failures())
                .put("last_error", stats.lastError())
                .put("pressure", pressure(stats.pressure()));
    }

    private static JsonObject pressure(PressureStats stats) {
        JsonObject changes = new JsonObject();
        stats.changes().forEach((signal, count) -> changes.put(signal.word(), count));
        return new JsonObject()
                .put("concurrency_limit", stats.concurrencyLimit())
                .put("batch_limit_bytes", stats.batchLimitBytes())
                .put("limit_changes", changes)
                .put("last_limit_change", stats.lastChange())
                .put("rate_held_ms", stats.rateHeldMs());
    }

    private static JsonObject ledgerRow(LedgerRow row) {
        return new JsonObject()
                .put("repo", row.repo().value())
                .put("export", row.export())
                .put("accepted", row.accepted())
                .put("delivered", row.delivered())
                .put("staged", row.staged())
                .put("parked", row.parked())
                .put("dead_lettered", row.deadLettered())
                .put("dropped", row.dropped())
                .put("residue", row.residue());
    }
}
