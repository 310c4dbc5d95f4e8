package io.penstock.cluster.drive;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.cluster.NodeId;
import io.penstock.cluster.Version;
import io.penstock.cluster.assignment.AssignmentTable;
import io.penstock.cluster.store.Answer;
import java.util.Collections;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class SharedLevelTest {
    private static final AssignmentTable TABLE =
            new AssignmentTable(new Version(2, 1), Collections.emptySortedMap());

    private final LonelyMembership membership = new LonelyMembership();
    private final SharedLevel level = new SharedLevel(membership, Runnable::run, 100);

    @Test
    void isEmptyWithoutALeader() {
        assertThat(level.newerThan(Version.NONE)).isCompletedWithValue(new Answer.Empty());
        assertThat(level.offer(TABLE)).isCompletedExceptionally();
    }

    @Test
    void aReadOfAFormerLeaderThatIsSilentIsOverWhenAnotherOneLeads() {
        level.led(LonelyMembership.SELF);
        level.offer(TABLE).toCompletableFuture().join();
        assertThat(level.newerThan(Version.NONE)).isCompletedWithValue(new Answer.Found(TABLE, 0));
        assertThat(level.newerThan(TABLE.version()))
                .isCompletedWithValue(new Answer.NoNewer(TABLE.version(), 0));
        membership.isStalled = true;
        CompletableFuture<Answer> read = level.newerThan(Version.NONE).toCompletableFuture();
        level.led(LonelyMembership.SELF);
        assertThat(read).isNotDone();
        level.led(new NodeId("other"));
        assertThat(read).isCompletedWithValue(new Answer.Empty());
    }
}
