package io.penstock.cluster.drive;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.cluster.NodeId;
import io.penstock.cluster.election.Confirmations;
import io.penstock.cluster.election.Voters;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LapsesTest {
    private static final List<NodeId> IDS =
            List.of(new NodeId("a"), new NodeId("b"), new NodeId("c"));
    private static final int QUORUM = 2;
    private static final long LEASE_NS = 2_400;

    private final Confirmations confirmations = new Confirmations(Voters.of(Set.copyOf(IDS)));
    private final Lapses lapses = new Lapses();

    private long endNs() {
        return confirmations.by(QUORUM) + LEASE_NS;
    }

    @Test
    void answersThatComeWhenTheLeaseIsOverAreNoFurtherLapses() {
        assertThat(lapses.see(endNs(), 0)).as("there was no lease yet").isFalse();
        IDS.forEach(voter -> confirmations.confirm(voter, 100));
        assertThat(lapses.see(endNs(), 200)).isFalse();
        assertThat(lapses.see(endNs(), 2_499)).isFalse();
        assertThat(lapses.see(endNs(), 2_500)).isTrue();

        // the network gives back what it held: renewals of before, confirmed one after the other
        for (long sentNs = 900; sentNs <= 4_900; sentNs += 800) {
            for (NodeId voter : IDS) {
                confirmations.confirm(voter, sentNs);
                assertThat(lapses.see(endNs(), 9_000)).isFalse();
            }
        }
        assertThat(lapses.count()).isEqualTo(1);
        assertThat(lapses.lastNs()).isEqualTo(2_500);

        IDS.forEach(voter -> confirmations.confirm(voter, 9_100));
        assertThat(lapses.see(endNs(), 9_200)).isFalse();
        assertThat(lapses.see(endNs(), 11_500)).isTrue();
        assertThat(lapses.count()).isEqualTo(2);
    }

    @Test
    void aTurnWithinATurnCountsALapseOnce() {
        IDS.forEach(voter -> confirmations.confirm(voter, 100));
        lapses.see(endNs(), 2_400); // an outer turn begins
        assertThat(lapses.see(endNs(), 2_600)).as("an inner one begins, late").isTrue();
        lapses.see(endNs(), 2_600);
        lapses.see(endNs(), 2_400); // the outer one ends, by its own time
        assertThat(lapses.see(endNs(), 2_700)).isFalse();
        assertThat(lapses.count()).isEqualTo(1);
    }
}
