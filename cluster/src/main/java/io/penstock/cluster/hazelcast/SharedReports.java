package io.penstock.cluster.hazelcast;

import com.hazelcast.map.IMap;
import io.penstock.cluster.NodeId;
import io.penstock.cluster.member.Member;
import io.penstock.cluster.member.NodeDirectory;
import io.penstock.cluster.member.NodeReport;
import io.penstock.cluster.member.ReportBoard;
import io.penstock.cluster.member.ReportCodec;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reports in a map of Hazelcast, without a copy: the next heartbeat brings what is lost. */
final class SharedReports implements ReportBoard {
    private static final Logger LOG = LoggerFactory.getLogger(SharedReports.class);

    private static final long PUBLISH_MS = 5_000;

    private final IMap<String, byte[]> map;
    private final NodeDirectory directory;

    /** Whether a report is under way; the next one waits for no one, it is left out. */
    private final AtomicBoolean publishing = new AtomicBoolean();

    SharedReports(IMap<String, byte[]> map, NodeDirectory directory) {
        this.map = map;
        this.directory = directory;
    }

    @Override
    public void publish(NodeReport report) {
        if (!publishing.compareAndSet(false, true)) {
            return;
        }
        byte[] bytes = ReportCodec.encode(report);
        CompletionStage<Void> asked =
                SharedTables.ask(PUBLISH_MS, () -> map.setAsync(report.node().value(), bytes));
        asked.whenComplete(
                (done, failure) -> {
                    publishing.set(false);
                    if (failure != null) {
                        LOG.debug("report: {}", failure.toString());
                    }
                });
    }

    @Override
    public CompletionStage<List<NodeReport>> read(long deadlineMs) {
        List<CompletableFuture<Optional<NodeReport>>> asked =
                directory.members().stream().map(member -> read(member, deadlineMs)).toList();
        return CompletableFuture.allOf(asked.toArray(CompletableFuture<?>[]::new))
                .thenApply(all -> asked.stream().flatMap(one -> one.join().stream()).toList());
    }

    private CompletableFuture<Optional<NodeReport>> read(Member member, long deadlineMs) {
        return last(member.id(), deadlineMs)
                .thenApply(
                        found ->
                                found.filter(
                                        report -> report.incarnation() == member.incarnation()));
    }

    @Override
    public CompletableFuture<Optional<NodeReport>> last(NodeId node, long deadlineMs) {
        return SharedTables.ask(deadlineMs, () -> map.getAsync(node.value()))
                .thenApply(bytes -> bytes == null ? Optional.<NodeReport>empty() : decode(bytes))
                .exceptionally(
                        failure -> {
                            LOG.debug("report of {}: {}", node, failure.toString());
                            return Optional.empty();
                        });
    }

    private static Optional<NodeReport> decode(byte[] bytes) {
        try {
            return Optional.of(ReportCodec.decode(bytes));
        } catch (IOException ofAnotherFormat) {
            LOG.debug("a report cannot be read: {}", ofAnotherFormat.getMessage());
            return Optional.empty();
        }
    }
}
