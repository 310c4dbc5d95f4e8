package io.penstock.cluster.drive;

import io.penstock.cluster.Version;
import io.penstock.cluster.assignment.AssignmentTable;
import io.penstock.cluster.election.Ballot;
import io.penstock.cluster.pull.Level;
import io.penstock.cluster.pull.Step;
import io.penstock.cluster.pull.TablePuller;
import io.penstock.cluster.store.Answer;
import io.penstock.cluster.store.DiskCopy;
import io.penstock.cluster.store.TableLevel;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out the steps of the puller.
 *
 * <p>Threading: the member's thread; answers are posted to it.
 */
final class TablePull {
    private static final Logger LOG = LoggerFactory.getLogger(TablePull.class);

    private final TablePuller puller;
    private final Levels levels;
    private final MemberLoop loop;
    private final Consumer<AssignmentTable> adopted;
    private volatile long storeReads;

    /**
     * Where tables come from.
     *
     * @param disk this node's copy
     * @param shared L2
     * @param store the store
     */
    record Levels(DiskCopy disk, SharedLevel shared, TableLevel store) {
        private TableLevel of(Level level) {
            return switch (level) {
                case DISK -> disk;
                case SHARED -> shared;
                case STORE -> store;
            };
        }
    }

    /**
     * Of a puller.
     *
     * @param adopted gets each table that is newer than all before; on the member's thread
     */
    TablePull(
            TablePuller puller, Levels levels, MemberLoop loop, Consumer<AssignmentTable> adopted) {
        this.puller = puller;
        this.levels = levels;
        this.loop = loop;
        this.adopted = adopted;
    }

    void tick(long nowNs) {
        carryOut(puller.tick(nowNs));
        storeReads = puller.reads(Level.STORE);
    }

    void hint(Version version, long nowNs) {
        carryOut(puller.hint(version, nowNs));
    }

    /** How often the store was read. Any thread. */
    long storeReads() {
        return storeReads;
    }

    private void carryOut(List<Step> steps) {
        for (Step step : steps) {
            if (step instanceof Step.Read read) {
                read(read);
            } else if (step instanceof Step.Adopt adopt) {
                if (adopt.held().from() != Level.DISK) {
                    levels.disk.keep(adopt.held().table());
                }
                adopted.accept(adopt.held().table());
            } else if (step instanceof Step.Fill fill) {
                fill(fill.table());
            }
        }
    }

    private void read(Step.Read read) {
        levels.of(read.level())
                .newerThan(read.known())
                .whenComplete(
                        (answer, failure) ->
                                loop.post(() -> answered(read, plausible(answer, failure))));
    }

    private void answered(Step.Read read, Answer answer) {
        if (answer instanceof Answer.Refused refused) {
            LOG.warn("cluster: level {}: {}", read.level(), refused.why());
        } else if (answer instanceof Answer.Down down) {
            LOG.debug("cluster: level {} is down: {}", read.level(), down.why());
        }
        carryOut(puller.answered(read.level(), read.id(), answer, System.nanoTime()));
    }

    /** A table of an epoch that no cluster reaches must not be what all others are older than. */
    private static Answer plausible(@Nullable Answer answer, @Nullable Throwable failure) {
        if (answer == null) {
            return new Answer.Down(String.valueOf(failure));
        }
        if (answer instanceof Answer.Found found
                && found.table().version().epoch() > Ballot.MAX_EPOCH) {
            return new Answer.Refused(
                    "a table of epoch " + found.table().version().epoch() + ", which is damage");
        }
        return answer;
    }

    private void fill(AssignmentTable table) {
        levels.shared
                .offer(table)
                .whenComplete(
                        (there, failure) -> {
                            if (failure != null) {
                                LOG.debug("cluster: the shared map is not filled: {}", failure);
                            }
                        });
    }
}
