package io.penstock.cluster.drive;

import io.penstock.cluster.NodeId;
import io.penstock.cluster.Version;
import io.penstock.cluster.member.ClusterMessages;
import io.penstock.cluster.member.Member;
import io.penstock.cluster.member.Membership;
import io.penstock.cluster.member.NodeDirectory;
import io.penstock.cluster.member.NodeReport;
import io.penstock.cluster.member.ReportBoard;
import io.penstock.cluster.member.TableCache;
import io.penstock.cluster.member.VersionedBytes;
import io.penstock.cluster.task.Units;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** Several nodes in one process, which reach each other at once. */
final class Neighbours {
    /** The group in which exports are scheduled. */
    static final String GROUP = "default";

    private final Map<NodeId, Neighbour> here = new ConcurrentSkipListMap<>();
    private final Map<NodeId, NodeReport> board = new ConcurrentHashMap<>();
    private final Map<String, VersionedBytes> shared = new ConcurrentHashMap<>();

    /** Changes the names of all tables that are kept, as it happens when nodes come and go. */
    volatile int namesBy;

    /** One more, which says what it exports. */
    Membership join(NodeId id, String group, String... exports) {
        Neighbour neighbour = new Neighbour(id, group);
        here.put(id, neighbour);
        NodeReport report = LonelyMembership.report(exports);
        board.put(id, new NodeReport(id, 1, 1, 0, "", "", false, report.use(), report.exports()));
        return neighbour;
    }

    /** A node says that it is about to stop. */
    void leaves(NodeId id) {
        board.computeIfPresent(id, (same, report) -> LonelyMembership.leaving(report));
    }

    private final class Neighbour
            implements Membership, NodeDirectory, ClusterMessages, TableCache, ReportBoard {
        private final NodeId id;
        private final String group;
        private volatile BiConsumer<NodeId, byte[]> receiver = (from, bytes) -> {};

        Neighbour(NodeId id, String group) {
            this.id = id;
            this.group = group;
        }

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
            return this;
        }

        @Override
        public NodeId self() {
            return id;
        }

        @Override
        public List<Member> members() {
            Units capacity = new Units(1, 1, 10, 10);
            return here.values().stream()
                    .map(each -> new Member(each.id, 1, "h:1", each.group, Set.of(), capacity))
                    .toList();
        }

        @Override
        public void onChange(Consumer<List<Member>> listener) {}

        @Override
        public boolean send(NodeId to, byte[] body) {
            Neighbour other = here.get(to);
            if (other != null) {
                other.receiver.accept(id, body);
            }
            return other != null;
        }

        @Override
        public void onMessage(BiConsumer<NodeId, byte[]> toTell) {
            receiver = toTell;
        }

        @Override
        public Counts counts() {
            return new Counts(0, 0, 0, 0, 0);
        }

        @Override
        public void publish(NodeReport report) {}

        @Override
        public CompletionStage<Optional<NodeReport>> last(NodeId node, long deadlineMs) {
            return CompletableFuture.completedStage(Optional.ofNullable(board.get(node)));
        }

        @Override
        public CompletionStage<List<NodeReport>> read(long deadlineMs) {
            return CompletableFuture.completedStage(List.copyOf(board.values()));
        }

        @Override
        public String keptBy(NodeId node, String name) {
            return name + "@" + node + "#" + namesBy;
        }

        @Override
        public CompletionStage<Optional<VersionedBytes>> read(String name, long deadlineMs) {
            return CompletableFuture.completedStage(Optional.ofNullable(shared.get(name)));
        }

        @Override
        public CompletionStage<Version> newest(String name, long deadlineMs) {
            return read(name, deadlineMs)
                    .thenApply(found -> found.map(VersionedBytes::version).orElse(Version.NONE));
        }

        @Override
        public CompletionStage<Boolean> offer(String name, VersionedBytes table, long deadlineMs) {
            VersionedBytes there =
                    shared.merge(
                            name,
                            table,
                            (old, fresh) ->
                                    fresh.version().supersedes(old.version()) ? fresh : old);
            return CompletableFuture.completedStage(there == table);
        }
    }
}
