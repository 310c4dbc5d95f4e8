package io.penstock.cluster.hazelcast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hazelcast.config.Config;
import com.hazelcast.config.JoinConfig;
import io.penstock.cluster.NodeId;
import io.penstock.cluster.member.ClusterConfig;
import io.penstock.cluster.member.ClusterConfig.Capacity;
import io.penstock.cluster.member.ClusterConfig.Join;
import io.penstock.cluster.member.ClusterConfig.Kubernetes;
import io.penstock.cluster.member.ClusterConfig.Multicast;
import io.penstock.cluster.member.ClusterTerms;
import io.penstock.cluster.pull.PullConfig;
import io.penstock.model.Tls;
import java.util.List;
import org.junit.jupiter.api.Test;

class HazelcastSettingsTest {
    private static ClusterConfig config(Join join, List<String> members, Kubernetes kubernetes) {
        return config(join, members, kubernetes, "127.0.0.1", List.of("a"));
    }

    private static ClusterConfig config(
            Join join,
            List<String> members,
            Kubernetes kubernetes,
            String host,
            List<String> voters) {
        return new ClusterConfig(
                true,
                "c",
                join,
                members,
                new Multicast("224.1.1.1", 5_000),
                kubernetes,
                host,
                4_410,
                20,
                0,
                0,
                64 << 20,
                "",
                voters,
                800,
                2_400,
                "default",
                List.of(),
                new Capacity(0, 0, 1, 1),
                PullConfig.standard(),
                TestNodes.store(),
                Tls.OFF);
    }

    private static JoinConfig join(ClusterConfig ours) {
        return made(ours).getAdvancedNetworkConfig().getJoin();
    }

    private static Config made(ClusterConfig ours) {
        return HazelcastSettings.of(
                ours, TestNodes.member("a", 1), ClusterTerms.of(ours, new NodeId("a")));
    }

    @Test
    void exactlyTheWayToJoinThatIsAskedForIsOn() {
        Kubernetes none = new Kubernetes("", "", "");
        JoinConfig byList = join(config(Join.MEMBERS, List.of("h:1", "i"), none));
        assertThat(byList.getTcpIpConfig().isEnabled()).isTrue();
        assertThat(byList.getTcpIpConfig().getMembers()).containsExactly("h:1", "i");
        assertThat(byList.getMulticastConfig().isEnabled()).isFalse();
        assertThat(byList.getAutoDetectionConfig().isEnabled()).isFalse();

        JoinConfig byMulticast = join(config(Join.MULTICAST, List.of(), none));
        assertThat(byMulticast.getTcpIpConfig().isEnabled()).isFalse();
        assertThat(byMulticast.getMulticastConfig().isEnabled()).isTrue();
        assertThat(byMulticast.getMulticastConfig().getMulticastGroup()).isEqualTo("224.1.1.1");
        assertThat(byMulticast.getMulticastConfig().getMulticastPort()).isEqualTo(5_000);

        JoinConfig byDns =
                join(config(Join.KUBERNETES, List.of(), new Kubernetes("p.ns.svc", "", "")));
        assertThat(byDns.getKubernetesConfig().isEnabled()).isTrue();
        assertThat(byDns.getKubernetesConfig().getProperty("service-dns")).isEqualTo("p.ns.svc");
        assertThat(byDns.getTcpIpConfig().isEnabled()).isFalse();

        JoinConfig byApi =
                join(config(Join.KUBERNETES, List.of(), new Kubernetes("", "ns", "penstock")));
        assertThat(byApi.getKubernetesConfig().getProperty("namespace")).isEqualTo("ns");
        assertThat(byApi.getKubernetesConfig().getProperty("service-name")).isEqualTo("penstock");
    }

    @Test
    void onlyMembersAreServed() {
        Config config = made(config(Join.MEMBERS, List.of(), new Kubernetes("", "", "")));
        assertThat(config.getAdvancedNetworkConfig().isEnabled()).isTrue();
        assertThat(config.getAdvancedNetworkConfig().getEndpointConfigs()).hasSize(1);
        assertThat(config.getJetConfig().isEnabled()).isFalse();
        assertThat(config.getProperty("hazelcast.phone.home.enabled")).isEqualTo("false");
        assertThat(config.getProperty("hazelcast.socket.bind.any")).isEqualTo("false");
    }

    @Test
    void whatCannotWorkIsRefusedByItsKey() {
        Kubernetes none = new Kubernetes("", "", "");
        assertThatThrownBy(() -> config(Join.KUBERNETES, List.of(), none))
                .hasMessageStartingWith("kubernetes: needs service_dns");
        assertThatThrownBy(() -> config(Join.MEMBERS, List.of(), none, "0.0.0.0", List.of("a")))
                .hasMessageStartingWith("host: 0.0.0.0 is no address");
        assertThatThrownBy(() -> config(Join.MEMBERS, List.of(), none, "h", List.of("a", "a")))
                .hasMessageStartingWith("voters: one is named twice");
        assertThatThrownBy(() -> config(Join.MEMBERS, List.of(), none, "h", List.of("a,b")))
                .hasMessageStartingWith("voters: 'a,b' is not");
    }
}
