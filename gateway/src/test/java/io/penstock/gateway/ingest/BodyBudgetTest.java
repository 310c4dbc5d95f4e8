package io.penstock.gateway.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.gateway.ingest.BodyBudget.Turn;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class BodyBudgetTest {
    private final BodyBudget budget = new BodyBudget(100, 2);

    private static final class Caller implements BodyBudget.Waiter {
        private final AtomicInteger called = new AtomicInteger();

        @Override
        public void room() {
            called.incrementAndGet();
        }
    }

    private final Caller first = new Caller();
    private final Caller second = new Caller();
    private final Caller third = new Caller();
    private final Caller fourth = new Caller();

    @Test
    void isOverOnlyBeyondItsLimit() {
        budget.take(100);
        assertThat(budget.over()).isFalse();
        budget.take(1);
        assertThat(budget.over()).isTrue();
        budget.release(1);
        assertThat(budget.over()).isFalse();
        assertThat(budget.usedBytes()).isEqualTo(100);
    }

    @Test
    void letsOneGoOnSoThatHalfSentMessagesDoNotBlockOneAnother() {
        budget.take(101);
        assertThat(budget.await(first)).isEqualTo(Turn.GO_ON);
        assertThat(budget.await(first)).isEqualTo(Turn.GO_ON);
        assertThat(budget.await(second)).isEqualTo(Turn.WAIT);
        assertThat(budget.await(third)).isEqualTo(Turn.WAIT);

        budget.leave(first);

        assertThat(second.called).hasValue(1);
        assertThat(third.called).hasValue(0);
        assertThat(budget.await(second)).isEqualTo(Turn.GO_ON);
        budget.leave(second);
        assertThat(third.called).hasValue(1);
    }

    @Test
    void refusesMoreThanItsWaitingRoomHolds() {
        budget.take(101);
        budget.await(first);
        budget.await(second);
        budget.await(third);

        assertThat(budget.await(fourth)).isEqualTo(Turn.REFUSED);

        budget.leave(second);
        assertThat(budget.await(fourth)).isEqualTo(Turn.WAIT);
    }

    @Test
    void wakesAllWhenThereIsRoom() {
        budget.take(101);
        budget.await(first);
        budget.await(second);
        budget.await(third);

        budget.release(1);
        assertThat(second.called).hasValue(0);
        budget.release(1);

        assertThat(second.called).hasValue(1);
        assertThat(third.called).hasValue(1);
        budget.leave(first);
        assertThat(second.called).hasValue(1);
    }

    @Test
    void forgetsWhoLeavesWhileWaiting() {
        budget.take(101);
        budget.await(first);
        budget.await(second);
        budget.leave(second);
        budget.leave(first);

        assertThat(second.called).hasValue(0);
        assertThat(budget.await(third)).isEqualTo(Turn.GO_ON);
    }
}
