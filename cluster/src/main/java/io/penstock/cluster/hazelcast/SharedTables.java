package io.penstock.cluster.hazelcast;

import com.hazelcast.cluster.Member;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.HazelcastInstanceNotActiveException;
import com.hazelcast.map.IMap;
import io.penstock.cluster.NodeId;
import io.penstock.cluster.Version;
import io.penstock.cluster.member.TableCache;
import io.penstock.cluster.member.VersionedBytes;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Tables in a map of Hazelcast, as {@link VersionedBytes} writes them. */
final class SharedTables implements TableCache {
    /** Names that are tried to find one of a node; a node has a share of them all. */
    private static final int MOST_NAMES = 2_000;

    private final IMap<String, byte[]> map;
    private final HazelcastInstance hazelcast;

    SharedTables(HazelcastInstance hazelcast) {
        this.hazelcast = hazelcast;
        this.map = hazelcast.getMap(HazelcastSettings.TABLES);
    }

    @Override
    public String keptBy(NodeId node, String name) {
        try {
            return nameOf(node, name);
        } catch (HazelcastInstanceNotActiveException left) {
            return name;
        }
    }

    private String nameOf(NodeId node, String name) {
        for (int i = 0; i < MOST_NAMES; i++) {
            String tried = name + "@" + node + "/" + i;
            Member owner = hazelcast.getPartitionService().getPartition(tried).getOwner();
            if (owner != null && Attributes.isOf(owner, node)) {
                return tried;
            }
        }
        return name;
    }

    @Override
    public CompletionStage<Optional<VersionedBytes>> read(String name, long deadlineMs) {
        return ask(deadlineMs, () -> map.getAsync(name))
                .thenApply(bytes -> bytes == null ? Optional.empty() : VersionedBytes.of(bytes));
    }

    @Override
    public CompletionStage<Version> newest(String name, long deadlineMs) {
        return ask(deadlineMs, () -> map.submitToKey(name, new ReadVersion()))
                .thenApply(VersionedBytes::versionOf);
    }

    @Override
    public CompletionStage<Boolean> offer(String name, VersionedBytes table, long deadlineMs) {
        byte[] bytes = table.toBytes();
        if (bytes.length > MAX_TABLE_BYTES) {
            return CompletableFuture.failedFuture(
                    new IllegalArgumentException(
                            name
                                    + ": a table of "
                                    + bytes.length
                                    + " bytes; the longest is "
                                    + MAX_TABLE_BYTES));
        }
        return ask(deadlineMs, () -> map.submitToKey(name, new PutIfNewer(bytes)));
    }

    /** Asks, and waits no longer; fails too when Hazelcast does not even take the question. */
    static <T> CompletableFuture<T> ask(long deadlineMs, Supplier<CompletionStage<T>> question) {
        try {
            return question.get()
                    .toCompletableFuture()
                    .thenApply(answer -> answer) // else the deadline would end the call itself
                    .orTimeout(deadlineMs, TimeUnit.MILLISECONDS);
        } catch (RuntimeException notRunning) {
            return CompletableFuture.failedFuture(notRunning);
        }
    }
}
