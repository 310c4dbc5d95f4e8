package io.penstock.exporter.stage;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.exporter.ring.RingCursor;
import io.penstock.exporter.storage.FaultStorage;
import io.penstock.model.AckLevel;
import io.penstock.model.Receipt;
import io.penstock.model.RepoName;
import io.vertx.core.Future;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class StageRegistryTest extends StageKit {

    @Test
    void aFailedForceIsNeverCalledSyncedAndHoldsTheRepoUntilItIsDrained() {
        StageRegistry registry = start();
        receipt(offer(text(AckLevel.SYNCED, "safe")));
        storage.failAll(FaultStorage.Operation.FORCE);
        assertThat(offer(text(AckLevel.SYNCED, "a"))).isInstanceOf(Refusal.Unavailable.class);
        storage.heal();
        assertThat(offer(text(AckLevel.SYNCED, "b"))).isInstanceOf(Refusal.Unavailable.class);
        assertThat(offer(text(AckLevel.STAGED, "c"))).isInstanceOf(Refusal.Unavailable.class);
        RepoName api = new RepoName("api");
        RingCursor web = downstream.cursor;
        receipt(offer(TextOffer.of(api, AckLevel.SYNCED, List.of("other"))));
        downstream.cursor = web;
        assertThat(downstream.settleAll()).isEqualTo(2);
        until(() -> offer(text(AckLevel.SYNCED, "d")) instanceof Receipt);
        assertThat(registry.find(WEB).orElseThrow().state()).isEqualTo(StageState.ACTIVE);
    }

    @Test
    void opensARepoAgainAWhileAfterItCouldNotBeOpened() {
        StageRegistry registry = start();
        opensFail = true;
        assertThat(offer(text(AckLevel.STAGED, "a"))).isInstanceOf(Refusal.Unavailable.class);
        opensFail = false;
        assertThat(offer(text(AckLevel.STAGED, "b"))).isInstanceOf(Refusal.Unavailable.class);
        aheadMs.addAndGet(StageRegistry.REOPEN_AFTER_MS);
        until(() -> offer(text(AckLevel.STAGED, "c")) instanceof Receipt);
        assertThat(registry.stages()).hasSize(1);
    }

    @Test
    void closesDrainedReposEarlyWhenTooManyAreOpen() {
        StageRegistry registry =
                start(SMALL, new StagingConfig(1L << 30, 99, 2, 1_000, 9, 50), true);
        for (String name : List.of("one", "two", "three", "four")) {
            RepoName repo = new RepoName(name);
            until(
                    () -> {
                        downstream.settleAll();
                        return offer(TextOffer.of(repo, AckLevel.STAGED, List.of("x")))
                                instanceof Receipt;
                    });
            downstream.settleAll();
            aheadMs.addAndGet(StageRegistry.PRESSED_IDLE_MS);
            assertThat(registry.stages()).hasSizeLessThanOrEqualTo(2);
        }
    }

    @Test
    void refusesARepoThatMayNotBeCreated() {
        StageRegistry registry = start(SMALL, StagingConfig.defaults(), false);
        assertThat(offer(text(AckLevel.STAGED, "a"))).isInstanceOf(Refusal.UnknownRepo.class);
        assertThat(registry.stages()).isEmpty();
        assertThat(root.resolve("repos/web")).doesNotExist();
    }

    @Test
    void refusesMoreReposThanMayExist() throws IOException {
        StageRegistry registry = start(SMALL, new StagingConfig(1L << 30, 1, 9, 1, 1, 1), true);
        receipt(offer(text(AckLevel.STAGED, "a")));
        assertThat(offer(TextOffer.of(new RepoName("api"), AckLevel.STAGED, List.of("a"))))
                .isInstanceOf(Refusal.UnknownRepo.class);
        assertThat(registry.known()).containsExactly(WEB);
    }

    @Test
    void closesAnIdleRepoAndOpensItAgainOnTheNextBatch() {
        StageRegistry registry = start();
        Receipt before = receipt(offer(TextOffer.of(WEB, AckLevel.STAGED, List.of("a"), 7, 1)));
        downstream.settleAll();
        until(() -> idleTime() && registry.find(WEB).isEmpty());
        assertThat(registry.stagedBytesUsed()).isZero();
        Receipt after = receipt(offer(TextOffer.of(WEB, AckLevel.STAGED, List.of("b"), 7, 2)));
        assertThat(after.epoch()).isEqualTo(before.epoch());
        assertThat(after.firstPosition()).isGreaterThanOrEqualTo(before.endPosition());
        assertThat(
                        receipt(offer(TextOffer.of(WEB, AckLevel.STAGED, List.of("a"), 7, 1)))
                                .duplicate())
                .isTrue();
        assertThat(downstream.settleAll()).isEqualTo(1);
    }

    @Test
    void doesNotCloseARepoThatHoldsSomething() {
        StageRegistry registry = start();
        offer(text(AckLevel.STAGED, "a"));
        long someTicks =
                System.nanoTime() + 4 * TimeUnit.MILLISECONDS.toNanos(StageRegistry.TICK_MS);
        until(() -> idleTime() && System.nanoTime() > someTicks);
        assertThat(registry.find(WEB).orElseThrow().state()).isEqualTo(StageState.ACTIVE);
    }

    @Test
    void opensAtStartWhatHoldsSomethingAndNothingElse() {
        StageRegistry first = start();
        offer(text(AckLevel.STAGED, "a"));
        offer(TextOffer.of(new RepoName("no-backlog"), AckLevel.STAGED, List.of("b")));
        downstream.settleAll();
        await(first.close());
        stopRings();
        StageRegistry second = start();
        assertThat(second.stages().stream().map(Stage::repo)).containsExactly(WEB);
    }

    @Test
    void deletesARepoWithAllItHolds() throws IOException {
        StageRegistry registry = start();
        Receipt before = receipt(offer(text(AckLevel.STAGED, "a")));
        await(registry.delete(WEB));
        assertThat(registry.known()).isEmpty();
        assertThat(registry.stagedBytesUsed()).isZero();
        Receipt after = receipt(offer(text(AckLevel.STAGED, "a")));
        assertThat(after.epoch()).isNotEqualTo(before.epoch());
    }

    @Test
    void drainsBeforeTheDeadlineOrSaysThatItDidNot() {
        StageRegistry registry = start();
        offer(text(AckLevel.STAGED, "a"));
        assertThat(await(registry.drain(30))).isFalse();
        assertThat(offer(text(AckLevel.STAGED, "b"))).isInstanceOf(Refusal.Unavailable.class);
        Future<Boolean> draining = registry.drain(20_000);
        downstream.settleAll();
        assertThat(await(draining)).isTrue();
    }

    private boolean idleTime() {
        aheadMs.addAndGet(SMALL.idleCloseMs());
        return true;
    }

    private void stopRings() {
        if (rings != null) {
            rings.close();
        }
    }
}
