package io.penstock.gateway.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import org.junit.jupiter.api.Test;

class GuardedPortTest {
    private static final long MIB = 1 << 20;

    private static GuardedPort guarded(int most, int perAddress) {
        return new GuardedPort(
                new GuardConfig(perAddress, 10, 1000, 240, 128 * MIB, 0, 0, 0, 1000, 0),
                new GuardedPort.Limits(most, 1000, 0, 1000, (int) (16 * MIB)));
    }

    private static SocketAddress client(String address) throws Exception {
        return new InetSocketAddress(InetAddress.getByName(address), 4000);
    }

    @Test
    void letsInAsManyAsItMayAndOthersWhenSomeHaveLeft() throws Exception {
        GuardedPort guarded = guarded(2, 0);
        assertThat(guarded.enter(client("10.0.0.1"))).isNull();
        assertThat(guarded.enter(client("10.0.0.1"))).isNull();
        assertThat(guarded.enter(client("10.0.0.2"))).isEqualTo(Closing.FULL);
        assertThat(guarded.connections()).isEqualTo(2);
        guarded.leave(client("10.0.0.1"));
        assertThat(guarded.enter(client("10.0.0.2"))).isNull();
        assertThat(guarded.closed(Closing.FULL)).isEqualTo(1);
    }

    @Test
    void countsByAddressAndByNetworkOfIpv6() throws Exception {
        GuardedPort guarded = guarded(100, 2);
        assertThat(guarded.enter(client("10.0.0.1"))).isNull();
        assertThat(guarded.enter(client("10.0.0.1"))).isNull();
        assertThat(guarded.enter(client("10.0.0.1"))).isEqualTo(Closing.ADDRESS);
        assertThat(guarded.enter(client("10.0.0.2"))).isNull();
        assertThat(guarded.enter(client("2001:db8:1:2::1"))).isNull();
        assertThat(guarded.enter(client("2001:db8:1:2:a::7"))).isNull();
        assertThat(guarded.enter(client("2001:db8:1:2:b::9"))).isEqualTo(Closing.ADDRESS);
        assertThat(guarded.enter(client("2001:db8:1:3::1"))).isNull();
        guarded.leave(client("2001:db8:1:2::1"));
        assertThat(guarded.enter(client("2001:db8:1:2:b::9"))).isNull();
        assertThat(guarded.connections()).isEqualTo(6);
    }

    @Test
    void windowsGetSmallerAndNeverRunOut() {
        GuardedPort guarded = guarded(1000, 0);
        long taken = 0;
        int last = Integer.MAX_VALUE;
        for (int i = 0; i < 100; i++) {
            int window = guarded.takeWindow();
            assertThat(window).isLessThanOrEqualTo(last).isPositive();
            last = window;
            taken += window;
        }
        assertThat(taken).isLessThan(128 * MIB).isEqualTo(guarded.windowBytes());
    }

    @Test
    void theConfigurationNamesTheKeyThatIsWrong() {
        assertThatThrownBy(() -> new GuardConfig(1, 1, 1, 0, 0, 0, 0, 0, 1000, 0))
                .hasMessageStartingWith("head_timeout_ms: 1");
    }
}
