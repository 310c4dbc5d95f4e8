package io.penstock.cluster.drive;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.cluster.Version;
import io.penstock.cluster.assignment.AssignmentTable;
import io.penstock.cluster.member.VersionedBytes;
import io.penstock.cluster.store.Answer;
import io.penstock.cluster.store.AssignmentStore;
import io.penstock.cluster.store.Saved;
import java.util.Collections;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When a leader may tell others of a table. */
class TableWriteTest {
    private static final Version VERSION = new Version(5, 3);
    private static final AssignmentTable TABLE =
            new AssignmentTable(VERSION, Collections.emptySortedMap());

    private static final long SECOND_NS = TimeUnit.SECONDS.toNanos(1);

    private final LonelyMembership membership = new LonelyMembership();
    private final MemberLoop loop = new MemberLoop(() -> {});
    private final BlockingQueue<String> told = new LinkedBlockingQueue<>();
    private final CompletableFuture<Saved> stored = new CompletableFuture<>();

    /** Says what the test says. */
    private final class Store implements AssignmentStore {
        @Override
        public CompletionStage<Answer> newerThan(Version known) {
            return CompletableFuture.completedStage(new Answer.Empty());
        }

        @Override
        public CompletionStage<Saved> save(AssignmentTable table) {
            return stored;
        }

        @Override
        public void close() {}
    }

    private final class Heard implements TableWrite.Writer {
        @Override
        public void saved(Version version) {
            told.add("saved");
        }

        @Override
        public void notSaved(Version version, @Nullable Version newer) {
            told.add("not saved, there is " + (newer == null ? "nothing" : newer.epoch()));
        }
    }

    @BeforeEach
    void start() {
        loop.start();
    }

    @AfterEach
    void end() {
        loop.end();
    }

    private void write() {
        SharedLevel shared = new SharedLevel(membership, Runnable::run, 100);
        shared.led(LonelyMembership.SELF);
        new TableWrite(new Store(), shared, loop, new Heard()).write(TABLE);
    }

    @Test
    void whenNodesComeOrGoTheTableIsPutWhereItIsLookedForThen() throws Exception {
        SharedLevel shared = new SharedLevel(membership, Runnable::run, 100);
        shared.led(LonelyMembership.SELF);
        TableWrite write = new TableWrite(new Store(), shared, loop, new Heard());
        write.write(TABLE);
        membership.shared.clear();
        write.tick(0);
        assertThat(membership.shared).as("its name is the same").isEmpty();

        membership.names = "/1";
        write.tick(SECOND_NS);
        assertThat(membership.shared.keySet()).containsExactly("assignments@n/1");
        assertThat(shared.newerThan(Version.NONE).toCompletableFuture().join())
                .isInstanceOf(Answer.Found.class);

        write.rest();
        membership.names = "/2";
        write.tick(2 * SECOND_NS);
        assertThat(membership.shared).as("it does not lead any more").hasSize(1);
    }

    private String heard() throws InterruptedException {
        String word = told.poll(5, TimeUnit.SECONDS);
        return word == null ? "nothing" : word;
    }

    /** Whatever was posted before has been done. */
    private void settled() throws Exception {
        CompletableFuture<Void> done = new CompletableFuture<>();
        loop.post(() -> done.complete(null));
        done.get(5, TimeUnit.SECONDS);
    }

    @Test
    void theSharedMapIsEnoughWhileTheStoreHangs() throws Exception {
        write();
        assertThat(heard()).isEqualTo("saved");
        stored.complete(new Saved.Unknown("down"));
        settled();
        assertThat(told).isEmpty();
    }

    @Test
    void theStoreIsEnoughWhileTheSharedMapHangs() throws Exception {
        membership.isStalled = true;
        write();
        stored.complete(new Saved.Done());
        assertThat(heard()).isEqualTo("saved");
    }

    @Test
    void itIsSaidOnceThatNeitherHasIt() throws Exception {
        membership.shared.put(
                membership.keptBy(LonelyMembership.SELF, "assignments"),
                new VersionedBytes(new Version(5, 9), new byte[0]));
        write();
        settled();
        assertThat(told).isEmpty();
        stored.complete(new Saved.Unknown("down"));
        assertThat(heard()).isEqualTo("not saved, there is nothing");
    }

    @Test
    void aTableOfALaterLeaderIsToldWhateverTheOtherPlaceSays() throws Exception {
        write();
        assertThat(heard()).isEqualTo("saved");
        stored.complete(new Saved.Stale(new Version(1_000, 1)));
        assertThat(heard()).isEqualTo("not saved, there is 1000");
    }
}
