package io.penstock.perf.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class NamespacesTest {
    /** Nobody listens there, so whoever is reached refuses at once. */
    private static final int NOBODYS_PORT = 9;

    @Test
    void sidesAreCutAndHealedAndNothingIsLeft() throws Exception {
        Network network = make();
        try (network) {
            Network.Place a = network.place();
            Network.Place b = network.place();
            Network.Place c = network.place();
            assertThat(reaches(a, b.clusterHost())).isTrue();
            try (ServerSocket here =
                    new ServerSocket(0, 1, InetAddress.getByName(network.here()))) {
                assertThat(connects(a, network.here(), here.getLocalPort())).contains("connected");
            }

            network.cut(List.of(a));

            assertThat(reaches(a, b.clusterHost())).isFalse();
            assertThat(reaches(b, a.clusterHost())).isFalse();
            assertThat(reaches(b, c.clusterHost())).isTrue();
            assertThat(reaches(a, network.here())).isTrue();
            network.heal();
            assertThat(reaches(a, b.clusterHost())).isTrue();

            network.mute(a, List.of(b));

            assertThat(reaches(a, b.clusterHost())).isFalse();
            assertThat(reaches(a, c.clusterHost())).isTrue();
            network.heal();
            assertThat(reaches(a, b.clusterHost())).isTrue();
        }
        String ours = "pst" + ProcessHandle.current().pid();
        assertThat(Shell.run("ip", "netns", "list")).doesNotContain(ours);
    }

    private static Network make() throws IOException, InterruptedException {
        try {
            return Namespaces.make();
        } catch (Skipped skipped) {
            return abort(skipped.getMessage());
        }
    }

    private static boolean reaches(Network.Place from, String host) throws Exception {
        return connects(from, host, NOBODYS_PORT).contains("refused");
    }

    private static String connects(Network.Place from, String host, int port) throws Exception {
        List<String> command = new ArrayList<>(from.through());
        command.addAll(
                List.of(
                        "timeout",
                        "1",
                        "bash",
                        "-c",
                        "exec 3<>/dev/tcp/" + host + "/" + port + " && echo connected"));
        try {
            return Shell.run(command.toArray(String[]::new));
        } catch (IOException failure) {
            return String.valueOf(failure.getMessage());
        }
    }
}
