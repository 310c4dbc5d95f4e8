package io.penstock.exporter.stage;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.exporter.ring.EntryLayout;
import io.penstock.exporter.ring.Ring;
import io.penstock.model.AckLevel;
import io.penstock.model.Receipt;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class IntakeTest extends StageKit {

    @Test
    void opensARepoOnItsFirstBatchAndAnswersWithAReceipt() {
        StageRegistry registry = start();
        Receipt receipt = receipt(offer(text(AckLevel.STAGED, "a")));
        assertThat(receipt.repo()).isEqualTo(WEB);
        assertThat(receipt.records()).isEqualTo(1);
        assertThat(receipt.duplicate()).isFalse();
        assertThat(receipt.endPosition() - receipt.firstPosition())
                .isEqualTo(EntryLayout.entryBytes(2));
        assertThat(registry.find(WEB).orElseThrow().state()).isEqualTo(StageState.ACTIVE);
        assertThat(downstream.settleAll()).isEqualTo(1);
    }

    @Test
    void appendsTheSmallOffersOfOneTurnTogetherAndInOrder() {
        StageRegistry registry = start();
        offer(text(AckLevel.STAGED, "first"));
        List<TextOffer> turn = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            turn.add(text(AckLevel.STAGED, "line " + i));
        }
        List<Object> answers = offer(turn);
        assertThat(registry.counters().appends()).isEqualTo(2);
        assertThat(registry.counters().batches()).isEqualTo(51);
        for (int i = 1; i < answers.size(); i++) {
            assertThat(receipt(answers.get(i)).firstPosition())
                    .isEqualTo(receipt(answers.get(i - 1)).endPosition());
        }
    }

    @Test
    void appendsALargeOfferByItselfBehindTheSmallOnesBeforeIt() {
        StageRegistry registry = start();
        offer(text(AckLevel.STAGED, "first"));
        List<Object> answers =
                offer(
                        List.of(
                                text(AckLevel.STAGED, "a"),
                                text(AckLevel.STAGED, "b"),
                                text(AckLevel.STAGED, "x".repeat(20_000)),
                                text(AckLevel.STAGED, "c")));
        assertThat(registry.counters().appends()).isEqualTo(4);
        assertThat(answers.stream().map(a -> receipt(a).firstPosition()).toList()).isSorted();
    }

    /** As a source and a pipelined client do. */
    @Test
    void answersWhatIsHeldThoughAnAnswerLeadsToAnotherOfferAtOnce() {
        start();
        String large = "x".repeat(20_000);
        TextOffer first = text(AckLevel.STAGED, large);
        TextOffer second = text(AckLevel.STAGED, large);
        TextOffer third = text(AckLevel.STAGED, large);
        Intake door = Objects.requireNonNull(intake);
        first.answer().onSuccess(answer -> door.offer(third));
        offer(List.of(first, second)).forEach(StageKit::receipt);
        assertThat(receipt(await(third.answer())).firstPosition())
                .isGreaterThan(receipt(await(second.answer())).firstPosition());
    }

    @Test
    void refusesWhatFitsIntoNoSegmentAndStagesItsNeighbours() {
        start();
        List<Object> answers =
                offer(
                        List.of(
                                text(AckLevel.STAGED, "a"),
                                text(AckLevel.STAGED, "x".repeat(70_000)),
                                text(AckLevel.STAGED, "b")));
        receipt(answers.get(0));
        assertThat(answers.get(1)).isInstanceOf(Refusal.TooLarge.class);
        receipt(answers.get(2));
    }

    @Test
    void coalescesBeyondASegmentWithoutRefusingAnybody() {
        start();
        offer(text(AckLevel.STAGED, "first"));
        List<TextOffer> turn = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            turn.add(text(AckLevel.STAGED, "x".repeat(16_000)));
        }
        offer(turn).forEach(StageKit::receipt);
    }

    @Test
    void acknowledgesARepeatedSequenceAgainAndStagesItOnce() {
        StageRegistry registry = start();
        Receipt first = receipt(offer(TextOffer.of(WEB, AckLevel.STAGED, List.of("a"), 7, 1)));
        Receipt again = receipt(offer(TextOffer.of(WEB, AckLevel.SYNCED, List.of("a"), 7, 1)));
        assertThat(again.duplicate()).isTrue();
        assertThat(again.firstPosition()).isEqualTo(first.firstPosition());
        assertThat(again.endPosition()).isEqualTo(first.endPosition());
        List<Object> sameTurn =
                offer(
                        List.of(
                                TextOffer.of(WEB, AckLevel.STAGED, List.of("b"), 7, 2),
                                TextOffer.of(WEB, AckLevel.STAGED, List.of("b"), 7, 2)));
        assertThat(receipt(sameTurn.get(1)).duplicate()).isTrue();
        assertThat(registry.counters().duplicates()).isEqualTo(2);
        assertThat(downstream.settleAll()).isEqualTo(2);
    }

    @Test
    void refusesASequenceThatWentBackOrJumped() {
        StageRegistry registry = start();
        for (int i = 1; i <= 600; i += 200) {
            receipt(offer(TextOffer.of(WEB, AckLevel.STAGED, List.of("a"), 7, i)));
        }
        assertThat(offer(TextOffer.of(WEB, AckLevel.STAGED, List.of("a"), 7, 2)))
                .isInstanceOf(Refusal.BadSequence.class)
                .asString()
                .contains("401");
        assertThat(offer(TextOffer.of(WEB, AckLevel.STAGED, List.of("a"), 7, 5_000)))
                .isInstanceOf(Refusal.BadSequence.class);
        assertThat(registry.counters().refusals(RefusalKind.BAD_SEQUENCE)).isEqualTo(2);
    }

    @Test
    void syncedComesAfterAForceAndManyShareOne() {
        StageRegistry registry = start();
        offer(text(AckLevel.STAGED, "first"));
        List<TextOffer> turn = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            turn.add(text(AckLevel.SYNCED, "line " + i));
        }
        List<Object> answers = offer(turn);
        Stage stage = registry.find(WEB).orElseThrow();
        answers.forEach(
                a ->
                        assertThat(receipt(a).endPosition())
                                .isLessThanOrEqualTo(stage.forcedPosition()));
        until(() -> registry.syncRounds() > 0);
        assertThat(registry.syncRounds()).isLessThanOrEqualTo(3);
    }

    @Test
    void deliveredComesWhenEveryExportHasSettled() {
        start();
        TextOffer waiting = text(AckLevel.DELIVERED, "a");
        TextOffer staged = text(AckLevel.STAGED, "b");
        Intake door = intake;
        loop.runOnContext(
                v -> {
                    if (door != null) {
                        door.offer(waiting);
                        door.offer(staged);
                    }
                });
        await(staged.answer());
        assertThat(waiting.answer().isComplete()).isFalse();
        downstream.settleAll();
        receipt(await(waiting.answer()));
        assertThat(waiting.answers()).isEqualTo(1);
    }

    @Test
    void deliveredIsSaidAtOnceWhereNothingIsExported() {
        downstream.withCursor = false;
        start();
        receipt(offer(text(AckLevel.DELIVERED, "a")));
    }

    @Test
    void saysThatAnAcknowledgementDidNotComeInTime() {
        StagingConfig hasty = new StagingConfig(1L << 30, 10, 10, 50, 10, 50);
        StageRegistry registry = start(SMALL, hasty, true);
        assertThat(offer(text(AckLevel.DELIVERED, "a"))).isInstanceOf(Refusal.AckTimeout.class);
        assertThat(registry.counters().refusals(RefusalKind.ACK_TIMEOUT)).isEqualTo(1);
        assertThat(downstream.settleAll()).isEqualTo(1);
    }

    @Test
    void boundsTheAcknowledgementsThatAreAwaited() {
        StagingConfig two = new StagingConfig(1L << 30, 10, 10, 30_000, 2, 50);
        start(SMALL, two, true);
        offer(text(AckLevel.STAGED, "first"));
        List<TextOffer> turn =
                List.of(
                        text(AckLevel.DELIVERED, "a"),
                        text(AckLevel.DELIVERED, "b"),
                        text(AckLevel.STAGED, "x".repeat(20_000)),
                        text(AckLevel.DELIVERED, "c"));
        Intake door = intake;
        loop.runOnContext(
                v -> {
                    for (TextOffer offer : turn) {
                        if (door != null) {
                            door.offer(offer);
                        }
                    }
                });
        assertThat(await(turn.get(3).answer())).isInstanceOf(Refusal.Full.class);
        downstream.settleAll();
        receipt(await(turn.get(0).answer()));
        receipt(await(turn.get(1).answer()));
    }

    @Test
    void isFullWhenTheBudgetIsSpentAndTakesAgainOnceThereIsRoom() {
        StageRegistry registry = start();
        AtomicInteger taken = new AtomicInteger();
        until(
                () -> {
                    Object answer = offer(text(AckLevel.STAGED, "x".repeat(10_000)));
                    if (answer instanceof Receipt) {
                        taken.incrementAndGet();
                        return false;
                    }
                    assertThat(answer).isInstanceOf(Refusal.Full.class);
                    return downstream.overBudget.contains("out");
                });
        assertThat(taken.get()).isBetween(18, 25);
        assertThat(registry.stagedBytesUsed()).isLessThanOrEqualTo(SMALL.maxBytes());
        assertThat(downstream.settleAll()).isEqualTo(taken.get());
        until(() -> offer(text(AckLevel.STAGED, "x".repeat(10_000))) instanceof Receipt);
    }

    @Test
    void waitsALittleForASegmentThatIsBeingMadeReady() {
        start(
                new RingConfig(64 << 10, 64 << 10, 64 << 20, 300_000, 16),
                new StagingConfig(1L << 30, 9, 9, 30_000, 9, 15_000),
                true);
        List<TextOffer> burst = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            burst.add(text(AckLevel.STAGED, "x".repeat(20_000)));
        }
        List<Object> answers = offer(burst);
        answers.forEach(StageKit::receipt);
        assertThat(answers.stream().map(a -> receipt(a).firstPosition()).toList()).isSorted();
    }

    @Test
    void countsStagedBytesExactly() {
        StageRegistry registry = start();
        for (int i = 0; i < 30; i++) {
            offer(text(AckLevel.STAGED, "x".repeat(i * 100)));
            Stage stage = registry.find(WEB).orElseThrow();
            Ring ring = stage.ring();
            assertThat(stage.stagedBytes()).isEqualTo(ring.tail() - ring.head());
            assertThat(registry.stagedBytesUsed()).isEqualTo(stage.stagedBytes());
            if (i % 7 == 0) {
                downstream.settleAll();
            }
        }
        downstream.settleAll();
        assertThat(registry.stagedBytesUsed()).isZero();
    }

    @Test
    void refusesWhenTheNodeHoldsAsMuchAsItMay() {
        StageRegistry registry =
                start(SMALL, new StagingConfig(64 << 10, 9, 9, 1_000, 9, 50), true);
        Object answer = offer(text(AckLevel.STAGED, "x".repeat(9_000)));
        while (answer instanceof Receipt) {
            answer = offer(text(AckLevel.STAGED, "x".repeat(9_000)));
        }
        assertThat(answer).isInstanceOf(Refusal.Full.class).asString().contains("node");
        long padding = 10_000;
        assertThat(registry.stagedBytesUsed()).isLessThanOrEqualTo((64 << 10) + padding);
        downstream.settleAll();
        receipt(offer(text(AckLevel.STAGED, "x".repeat(9_000))));
    }

    @Test
    void answersEveryOfferExactlyOnceThroughOpeningFullAndClosing() {
        StageRegistry registry = start();
        Set<TextOffer> all = new HashSet<>();
        List<AckLevel> levels = List.of(AckLevel.STAGED, AckLevel.SYNCED, AckLevel.DELIVERED);
        for (int round = 0; round < 20; round++) {
            List<TextOffer> turn = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                AckLevel ack = levels.get(i % 3);
                turn.add(text(ack, "x".repeat(i * 200)));
            }
            Intake door = intake;
            loop.runOnContext(
                    v -> {
                        for (TextOffer offer : turn) {
                            if (door != null) {
                                door.offer(offer);
                            }
                        }
                    });
            all.addAll(turn);
            if (round % 5 == 4) {
                await(registry.close(WEB));
            } else {
                downstream.settleAll();
            }
        }
        until(
                () -> {
                    downstream.settleAll();
                    return all.stream().allMatch(offer -> offer.answer().isComplete());
                });
        assertThat(all).allSatisfy(offer -> assertThat(offer.answers()).isEqualTo(1));
    }
}
