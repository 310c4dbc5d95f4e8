package io.penstock.cluster.election;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.cluster.NodeId;
import io.penstock.suite.Alone;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

@Alone
class VotersTest {
    @Test
    void everyTwoQuorumsMeet() {
        Set<NodeId> ids = new TreeSet<>();
        for (int e = 1; e <= Voters.MOST; e++) {
            ids.add(new NodeId("n" + e));
            Voters voters = Voters.of(ids);
            assertThat(2 * voters.majority()).isGreaterThan(e);
            assertThat(voters.majority() + voters.leaseQuorum()).isEqualTo(e + 1);
        }
        ids.add(new NodeId("another"));
        assertThatThrownBy(() -> Voters.of(ids)).hasMessageContaining("1 to 9");
    }

    @Test
    void whatIsConfirmedByEnoughCounts() {
        NodeId a = new NodeId("a");
        NodeId b = new NodeId("b");
        NodeId c = new NodeId("c");
        Confirmations confirmations = new Confirmations(Voters.of(Set.of(a, b, c)));
        assertThat(confirmations.by(1)).isEqualTo(Confirmations.NEVER);

        confirmations.confirm(a, 10);
        confirmations.confirm(b, 7);
        confirmations.confirm(b, 5);
        confirmations.confirm(new NodeId("stranger"), 99);

        assertThat(confirmations.by(1)).isEqualTo(10);
        assertThat(confirmations.by(2)).isEqualTo(7);
        assertThat(confirmations.by(3)).isEqualTo(Confirmations.NEVER);
    }

    @Test
    void lengthsThatLeaveNoRoomForALostHeartbeatAreRefused() {
        assertThatThrownBy(() -> Timing.of(1000, 2400)).hasMessageStartingWith("heartbeat_ms");
        assertThatThrownBy(() -> Timing.of(10, 50)).hasMessageStartingWith("lease_ms");
    }

    @Test
    void waitsOutlastWhatTheyWaitForByTheDrift() {
        Timing timing = Timing.usual();
        double drift = 1 + Timing.DRIFT_PERCENT / 100.0;
        assertThat((double) timing.fenceWaitNs()).isGreaterThanOrEqualTo(timing.leaseNs() * drift);
        assertThat((double) timing.blindNs()).isGreaterThanOrEqualTo(timing.leaseNs() * drift);
        assertThat((double) timing.voterWaitNs()).isGreaterThan(timing.leaderActsNs() * drift);
        assertThat(timing.restartWaitNs()).isGreaterThanOrEqualTo(timing.voterWaitNs());
        assertThat(timing.softEndNs()).isLessThan(timing.leaseNs());
    }
}
