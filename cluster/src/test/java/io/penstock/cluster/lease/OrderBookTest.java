package io.penstock.cluster.lease;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.cluster.NodeId;
import io.penstock.cluster.Version;
import io.penstock.cluster.assignment.Orders;
import io.penstock.cluster.election.Timing;
import io.penstock.cluster.election.Voters;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class OrderBookTest {
    private static final NodeId A = new NodeId("a");
    private static final NodeId B = new NodeId("b");
    private static final NodeId C = new NodeId("c");
    private static final Timing TIMING = Timing.usual();
    private static final Version OLD = new Version(1, 2);
    private static final Version NEW = new Version(1, 5);

    private final OrderBook book = new OrderBook(TIMING, Voters.of(Set.of(A, B, C)), 2);
    private final List<String> lost = new ArrayList<>();

    private static Orders orders(Version since) {
        return new Orders(since, new TreeMap<>(Map.of("since", since.toString())));
    }

    private void take(long nowNs) {
        book.take(book.isComplete(), nowNs, (had, named) -> lost.add(had + " of " + named));
    }

    @Test
    void oneThatAVoterNamesIsAskedForAndWaitedForWithinABound() {
        book.heard(A, OLD);
        book.learn(orders(OLD));
        take(0);
        assertThat(book.isTaken()).as("one voter is no majority").isFalse();
        book.heard(B, NEW);
        take(1);
        assertThat(book.toAsk(1)).containsExactly(B);
        assertThat(book.toAsk(2)).as("asked just now").isEmpty();
        assertThat(book.toAsk(1 + TIMING.roundNs())).containsExactly(B);
        take(TIMING.ordersWaitNs() - 1);
        assertThat(book.isTaken()).isFalse();

        take(TIMING.ordersWaitNs());

        assertThat(book.isTaken()).isTrue();
        assertThat(book.newest()).isEqualTo(orders(OLD));
        assertThat(lost).containsExactly(OLD + " of " + NEW);
    }

    @Test
    void whatAVoterTellsIsTaken() {
        book.heard(A, OLD);
        book.heard(B, NEW);
        book.learn(orders(NEW));
        book.learn(orders(OLD));
        take(0);
        assertThat(book.isTaken()).isTrue();
        assertThat(book.newest()).isEqualTo(orders(NEW));
        assertThat(lost).isEmpty();
    }

    @Test
    void aMajorityThatHasNothingNewerIsEnoughWhateverTheThirdNames() {
        book.learn(orders(OLD));
        book.heard(B, NEW);
        book.heard(A, OLD);
        book.heard(C, OLD);
        take(0);
        assertThat(book.isTaken()).as("what one voter keeps alone was never confirmed").isTrue();
        assertThat(lost).isEmpty();
    }

    @Test
    void whoDoesNotVoteAndWhatIsOfThisEpochOrLaterDoesNotCount() {
        book.heard(new NodeId("x"), Version.NONE);
        book.heard(A, Version.NONE);
        assertThat(book.isComplete()).isFalse();
        book.learn(orders(new Version(2, 1)));
        assertThat(book.newest()).isEqualTo(Orders.NONE);
    }

    @Test
    void onlyItsOwnOrdersAreConfirmedAndOnlyByAMajority() {
        Version own = new Version(2, 3);
        book.heard(A, OLD);
        book.heard(B, OLD);
        assertThat(book.confirmed(2)).isEqualTo(Version.NONE);
        book.heard(A, own);
        assertThat(book.confirmed(2)).isEqualTo(Version.NONE);
        book.heard(B, new Version(2, 4));
        assertThat(book.confirmed(2)).isEqualTo(own);
        book.heard(B, OLD);
        assertThat(book.confirmed(2)).as("an answer that was overtaken").isEqualTo(own);
    }
}
