package io.penstock.cluster.drive;

import io.penstock.cluster.NodeId;
import io.penstock.cluster.Version;
import io.penstock.cluster.assignment.AssignmentTable;
import io.penstock.cluster.assignment.Decoded;
import io.penstock.cluster.assignment.TableCodec;
import io.penstock.cluster.member.TableCache;
import io.penstock.cluster.member.VersionedBytes;
import io.penstock.cluster.store.Answer;
import io.penstock.cluster.store.TableLevel;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * L2: the map that the cluster shares, as a level. The table lies with the leader, whoever that is
 * now: it is the one node that is sure to answer while there is something new to read. Its version
 * is asked first, so that a table travels only when it is newer.
 *
 * <p>Threading: any thread; never blocks. Tables are turned to bytes and back on the workers.
 */
final class SharedLevel implements TableLevel {
    private static final String NAME = "assignments";

    private final TableCache tables;
    private final Executor workers;
    private final long deadlineMs;

    private volatile @Nullable NodeId leader;

    /** The last read; there is one at a time. */
    private volatile CompletableFuture<Answer> read = new CompletableFuture<>();

    SharedLevel(TableCache tables, Executor workers, long deadlineMs) {
        this.tables = tables;
        this.workers = workers;
        this.deadlineMs = deadlineMs;
    }

    /** Who leads from now on. What is asked of another one has not got it. */
    void led(@Nullable NodeId by) {
        if (!Objects.equals(leader, by)) {
            leader = by;
            read.complete(new Answer.Empty());
        }
    }

    /** Under which name the leader's table is looked for now; null if no leader is known. */
    @Nullable String name() {
        NodeId by = leader;
        return by == null ? null : tables.keptBy(by, NAME);
    }

    @Override
    public CompletionStage<Answer> newerThan(Version known) {
        NodeId by = leader;
        if (by == null) {
            return CompletableFuture.completedStage(new Answer.Empty());
        }
        CompletableFuture<Answer> asked = new CompletableFuture<>();
        read = asked;
        String name = tables.keptBy(by, NAME);
        tables.newest(name, deadlineMs)
                .thenCompose(version -> answer(name, version, known))
                .whenComplete(
                        (answer, failure) ->
                                asked.complete(
                                        answer == null
                                                ? new Answer.Down(String.valueOf(failure))
                                                : answer));
        return asked;
    }

    private CompletionStage<Answer> answer(String name, Version version, Version known) {
        if (version.equals(Version.NONE)) {
            return CompletableFuture.completedStage(new Answer.Empty());
        }
        if (!version.supersedes(known)) {
            return CompletableFuture.completedStage(new Answer.NoNewer(version, 0));
        }
        return tables.read(name, deadlineMs)
                .thenApplyAsync(
                        found -> found.map(SharedLevel::decode).orElseGet(Answer.Empty::new),
                        workers);
    }

    private static Answer decode(VersionedBytes bytes) {
        Decoded decoded = TableCodec.decode(bytes.content());
        if (decoded instanceof Decoded.Table good) {
            return new Answer.Found(good.table(), 0);
        }
        return new Answer.Refused("the shared map's table: " + decoded);
    }

    /**
     * Puts a table there.
     *
     * @return the version that is there now; fails when nobody knows
     */
    CompletionStage<Version> offer(AssignmentTable table) {
        NodeId by = leader;
        if (by == null) {
            return CompletableFuture.failedFuture(new IllegalStateException("no leader is known"));
        }
        String name = tables.keptBy(by, NAME);
        return encoded(table)
                .thenCompose(bytes -> tables.offer(name, bytes, deadlineMs))
                .thenCompose(
                        kept ->
                                kept
                                        ? CompletableFuture.completedStage(table.version())
                                        : tables.newest(name, deadlineMs));
    }

    private CompletableFuture<VersionedBytes> encoded(AssignmentTable table) {
        try {
            return CompletableFuture.supplyAsync(
                    () -> new VersionedBytes(table.version(), TableCodec.encode(table)), workers);
        } catch (RejectedExecutionException full) {
            return CompletableFuture.failedFuture(full);
        }
    }
}
