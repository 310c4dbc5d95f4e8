package io.penstock.exporter.source.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.exporter.source.kafka.AssignedShares.Follower;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Who hears when that a share has ended. */
class AssignedSharesTest {
    private final AssignedShares shares = new AssignedShares();
    private final TestLease lease = new TestLease();
    private final AtomicInteger woken = new AtomicInteger();

    private Follower consumer() {
        Follower consumer = woken::incrementAndGet;
        shares.enter(consumer);
        return consumer;
    }

    @Test
    void aShareHasEndedWhenAllConsumersAreBeyondItsEnd() {
        Follower first = consumer();
        Follower second = consumer();
        shares.start(1, lease);
        long begun = shares.view().version();
        shares.release(1);
        assertThat(shares.view().live()).isEmpty();
        assertThat(woken).hasValue(4);
        shares.followed(first, shares.view().version());
        shares.followed(second, begun);
        assertThat(lease.stops()).isZero();
        assertThat(shares.isEmpty()).isFalse();
        shares.followed(second, shares.view().version());
        assertThat(lease.stops()).isEqualTo(1);
        assertThat(shares.isEmpty()).isTrue();
    }

    @Test
    void aConsumerThatEndsHasNothingAndOneThatComesHasNothingYet() {
        Follower first = consumer();
        shares.start(1, lease);
        shares.release(1);
        shares.leave(first);
        assertThat(lease.stops()).isEqualTo(1);
        shares.start(2, lease);
        shares.release(2);
        assertThat(lease.stops()).isEqualTo(2);
    }

    @Test
    void whatIsCutMayDoNothingFromThenOnAndEndsOnce() {
        Follower only = consumer();
        shares.start(0, lease);
        HeldShare held = shares.view().live().get(0);
        assertThat(held.mayStage()).isTrue();
        lease.may(false);
        assertThat(held.mayStage()).isFalse();
        lease.may(true);
        shares.release(0);
        assertThat(held.mayStage()).as("released: what is under way may end").isTrue();
        shares.cut(0);
        assertThat(held.mayStage()).isFalse();
        shares.followed(only, shares.view().version());
        assertThat(lease.stops()).isEqualTo(1);
        shares.cut(0);
        assertThat(lease.stops()).isEqualTo(1);
    }
}
