package io.penstock.cluster.drive;

import io.penstock.cluster.NodeId;
import io.penstock.cluster.Version;
import io.penstock.cluster.member.ClusterMessages;
import io.penstock.cluster.member.ExportLoad;
import io.penstock.cluster.member.MachineUse;
import io.penstock.cluster.member.Member;
import io.penstock.cluster.member.Membership;
import io.penstock.cluster.member.NodeDirectory;
import io.penstock.cluster.member.NodeReport;
import io.penstock.cluster.member.ReportBoard;
import io.penstock.cluster.member.TableCache;
import io.penstock.cluster.member.VersionedBytes;
import io.penstock.cluster.task.Units;
import io.penstock.model.RepoName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** A cluster of one node that reports two exports, in memory. */
final class LonelyMembership implements Membership, NodeDirectory, ClusterMessages, TableCache {
    static final NodeId SELF = new NodeId("n");

    /** What the shared map holds, by name. */
    final Map<String, VersionedBytes> shared = new ConcurrentHashMap<>();

    /** Whether the shared map answers nothing, ever. */
    volatile boolean isStalled;

    /** What is at the end of the names of tables now. */
    volatile String names = "";

    /** What its next report says. */
    volatile NodeReport report = report("x", "y");

    @Override
    public CompletionStage<Void> join() {
        return CompletableFuture.completedStage(null);
    }

    @Override
    public CompletionStage<Void> leave() {
        return CompletableFuture.completedStage(null);
    }

    @Override
    public Optional<String> expelled() {
        return Optional.empty();
    }

    @Override
    public NodeDirectory directory() {
        return this;
    }

    @Override
    public ClusterMessages messages() {
        return this;
    }

    @Override
    public TableCache tables() {
        return this;
    }

    @Override
    public ReportBoard reports() {
        return new ReportBoard() {
            @Override
            public void publish(NodeReport report) {}

            @Override
            public CompletionStage<List<NodeReport>> read(long deadlineMs) {
                return CompletableFuture.completedStage(List.of(report));
            }

            @Override
            public CompletionStage<Optional<NodeReport>> last(NodeId node, long deadlineMs) {
                return CompletableFuture.completedStage(
                        Optional.of(report).filter(each -> each.node().equals(node)));
            }
        };
    }

    /** The same of a node that is about to stop. */
    static NodeReport leaving(NodeReport report) {
        return new NodeReport(
                report.node(),
                report.incarnation(),
                report.sequence(),
                report.sentMs(),
                report.data(),
                report.admin(),
                true,
                report.use(),
                report.exports());
    }

    static NodeReport report(String... exports) {
        List<ExportLoad> loads =
                List.of(exports).stream()
                        .map(name -> new ExportLoad(new RepoName("r"), name, 0, 0, 0, 0))
                        .toList();
        return new NodeReport(SELF, 1, 1, 0, "", "", MachineUse.UNKNOWN, loads);
    }

    @Override
    public NodeId self() {
        return SELF;
    }

    @Override
    public List<Member> members() {
        return List.of(new Member(SELF, 1, "h:1", "default", Set.of(), new Units(2, 2, 10, 10)));
    }

    @Override
    public void onChange(Consumer<List<Member>> listener) {}

    @Override
    public boolean send(NodeId to, byte[] body) {
        return false;
    }

    @Override
    public void onMessage(BiConsumer<NodeId, byte[]> receiver) {}

    @Override
    public Counts counts() {
        return new Counts(0, 0, 0, 0, 0);
    }

    @Override
    public String keptBy(NodeId node, String name) {
        return name + "@" + node + names;
    }

    @Override
    public CompletionStage<Optional<VersionedBytes>> read(String name, long deadlineMs) {
        return isStalled
                ? new CompletableFuture<>()
                : CompletableFuture.completedStage(Optional.ofNullable(shared.get(name)));
    }

    @Override
    public CompletionStage<Version> newest(String name, long deadlineMs) {
        return read(name, deadlineMs)
                .thenApply(found -> found.map(VersionedBytes::version).orElse(Version.NONE));
    }

    @Override
    public CompletionStage<Boolean> offer(String name, VersionedBytes table, long deadlineMs) {
        if (isStalled) {
            return new CompletableFuture<>();
        }
        VersionedBytes there =
                shared.merge(
                        name,
                        table,
                        (old, fresh) -> fresh.version().supersedes(old.version()) ? fresh : old);
        return CompletableFuture.completedStage(there == table);
    }
}
