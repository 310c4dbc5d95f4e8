package io.penstock.gateway.alert.watch;

import io.penstock.exporter.fanout.ExportStats;
import io.penstock.gateway.admin.AdminServer;
import io.penstock.gateway.alert.Board;
import io.penstock.gateway.alert.Bundle;
import io.penstock.gateway.alert.Readings;
import io.penstock.gateway.alert.Wording;
import io.penstock.gateway.history.Recorder;
import io.penstock.gateway.history.Round;
import io.penstock.gateway.notify.Channel;
import io.penstock.gateway.notify.Channels;
import io.penstock.gateway.notify.Notice;
import io.vertx.core.Future;
import java.io.IOException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches a node, and tells people. Open it before the node does anything, let it {@link #watch}
 * when everything runs, {@link #rest} before anything stops.
 *
 * <p>Threading: any thread.
 */
public final class Watch {
    private static final Logger LOG = LoggerFactory.getLogger(Watch.class);

    private final WatchParts parts;
    private final Channels channels;
    private final Board board;
    private final MemoryFile file;
    private final ExportReader exports;
    private final HotTasks hot = new HotTasks();
    private final NodeReader node;
    private final LedgerReader ledger;
    private final ClusterReader cluster;

    // guarded by this
    private boolean watches;
    private long keptChanges;

    /** A watch over what is recorded, at rest. */
    public Watch(WatchParts parts, Recorder recorder, Channels channels) {
        this.parts = parts;
        this.channels = channels;
        this.board = new Board(parts.settings().node(), parts.settings().alerts());
        this.file = new MemoryFile(parts.settings().dataDirectory());
        this.exports = new ExportReader(this::target, parts.local().isDefined());
        this.node = new NodeReader(parts);
        this.ledger = new LedgerReader(parts);
        this.cluster = new ClusterReader(parts.peers());
        recorder.tell(this::hear);
    }

    private String target(ExportStats stats) {
        return parts.local()
                .fanOut()
                .running(stats.repo(), stats.export())
                .map(export -> SinkTarget.of(export.spec().sink()))
                .orElse("");
    }

    /** Adds its routes. */
    public Watch addTo(AdminServer server) {
        new WatchRoutes(parts, board, channels, this::keepSoon).addTo(server);
        return this;
    }

    /** What is wrong. */
    public Board board() {
        return board;
    }

    /** Who is told. */
    public Channels channels() {
        return channels;
    }

    /** Opens the channels, and remembers what was before a restart. */
    public Future<?> open() {
        return channels.open()
                .compose(
                        opened ->
                                parts.vertx()
                                        .executeBlocking(
                                                () -> {
                                                    file.read().ifPresent(board::restore);
                                                    return board;
                                                }));
    }

    /** From now on every round counts, unless {@code alerts.enabled} is false. */
    public synchronized Future<Void> watch() {
        watches = parts.settings().alerts().enabled();
        return Future.succeededFuture();
    }

    /** No round counts any more; keeps what there is to keep. Waits for a round under way. */
    public Future<?> rest() {
        return parts.vertx().executeBlocking(this::stopped, false);
    }

    private synchronized Watch stopped() throws IOException {
        boolean did = watches;
        watches = false;
        if (did) {
            keep();
        }
        return this;
    }

    /** Closes the channels. Safe without {@link #open}, and twice. */
    public Future<Void> close() {
        return channels.close();
    }

    private synchronized void hear(Round round) throws IOException {
        if (!watches) {
            return;
        }
        long nowMs = round.timeMs();
        Readings readings = board.readings();
        List<ExportStats> stats = round.exports();
        exports.read(stats, board.alerts(), readings, nowMs);
        hot.read(round, readings);
        node.read(readings, nowMs);
        ledger.read(readings, nowMs);
        cluster.read(readings, nowMs);
        String leader = cluster.leader(parts.settings().node());
        for (Bundle bundle : board.hear(readings, leader, nowMs)) {
            tell(bundle, nowMs);
        }
        keep();
    }

    private void keepSoon() {
        parts.vertx()
                .executeBlocking(
                        () -> {
                            synchronized (this) {
                                keep();
                            }
                            return this;
                        },
                        false)
                .onFailure(failed -> LOG.warn("alerts: not kept: {}", failed.getMessage()));
    }

    private void keep() throws IOException {
        long changes = board.changes();
        if (changes != keptChanges) {
            file.write(board.memory());
            keptChanges = changes;
        }
    }

    /** By all channels at once; it is told when one of them took it. */
    private void tell(Bundle bundle, long nowMs) {
        Notice notice =
                new Wording(parts.settings().node(), parts.settings().console().get())
                        .notice(bundle, nowMs);
        if (bundle.firing().isEmpty()) {
            LOG.info("alerts: {}", notice.subject());
        } else {
            LOG.warn("alerts: {}", notice.subject());
        }
        List<Channel> told = channels.named(parts.settings().alerts().channels());
        if (told.isEmpty()) {
            return;
        }
        Future.any(told.stream().map(channel -> channel.send(notice)).toList())
                .onFailure(lost -> board.lost(bundle, System.currentTimeMillis()));
    }
}
