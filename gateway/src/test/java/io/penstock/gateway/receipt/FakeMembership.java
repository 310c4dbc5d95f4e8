package io.penstock.gateway.receipt;

import io.penstock.cluster.NodeId;
import io.penstock.cluster.member.ClusterMessages;
import io.penstock.cluster.member.MachineUse;
import io.penstock.cluster.member.Member;
import io.penstock.cluster.member.Membership;
import io.penstock.cluster.member.NodeDirectory;
import io.penstock.cluster.member.NodeReport;
import io.penstock.cluster.member.ReportBoard;
import io.penstock.cluster.member.TableCache;
import io.penstock.cluster.task.Units;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** A cluster that is made up: who is in it, and who left what report. */
final class FakeMembership implements Membership, NodeDirectory, ReportBoard {
    private final List<Member> members = new ArrayList<>();
    private final Map<String, NodeReport> reports = new ConcurrentHashMap<>();

    /** Somebody is there. */
    void comes(String node, long incarnation) {
        members.add(new Member(new NodeId(node), incarnation, "", "g", Set.of(), Units.ZERO));
    }

    /** Somebody has said where its admin port is. */
    void says(String node, long incarnation, String admin) {
        reports.put(
                node,
                new NodeReport(
                        new NodeId(node),
                        incarnation,
                        1,
                        1_000,
                        "",
                        admin,
                        MachineUse.UNKNOWN,
                        List.of()));
    }

    /** Both. */
    void isAt(String node, String admin) {
        comes(node, 1);
        says(node, 1, admin);
    }

    @Override
    public List<Member> members() {
        return List.copyOf(members);
    }

    @Override
    public CompletionStage<Optional<NodeReport>> last(NodeId node, long deadlineMs) {
        return CompletableFuture.completedFuture(Optional.ofNullable(reports.get(node.value())));
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
    public ReportBoard reports() {
        return this;
    }

    @Override
    public NodeId self() {
        throw new AssertionError("nobody asks");
    }

    @Override
    public void onChange(Consumer<List<Member>> listener) {
        throw new AssertionError("there may be one listener, and it is another one");
    }

    @Override
    public void publish(NodeReport report) {
        throw new AssertionError("nothing is said here");
    }

    @Override
    public CompletionStage<List<NodeReport>> read(long deadlineMs) {
        throw new AssertionError("one report does");
    }

    @Override
    public CompletionStage<Void> join() {
        throw new AssertionError("it is in");
    }

    @Override
    public CompletionStage<Void> leave() {
        throw new AssertionError("it stays");
    }

    @Override
    public ClusterMessages messages() {
        throw new AssertionError("receipts do not go by messages");
    }

    @Override
    public TableCache tables() {
        throw new AssertionError("receipts are in no table");
    }
}
