package io.penstock.cluster.hazelcast;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.cluster.NodeId;
import io.penstock.cluster.member.ClusterConfig;
import io.penstock.cluster.member.ClusterConfig.Capacity;
import io.penstock.cluster.member.ClusterConfig.Join;
import io.penstock.cluster.member.ClusterConfig.Kubernetes;
import io.penstock.cluster.member.ClusterConfig.Multicast;
import io.penstock.cluster.member.ClusterTerms;
import io.penstock.cluster.pull.PullConfig;
import io.penstock.loopback.FreePorts;
import io.penstock.model.Tls;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Two nodes in one pod, as far as that goes on one address: the port of the configuration is taken
 * when the second comes, and only there another node can be found.
 */
class KubernetesDiscoveryTest {
    /** The first is not ready, nobody is at the other any more. */
    private static final List<String> PODS = List.of("127.0.0.1", "127.0.0.9");

    private final int port = FreePorts.one();

    private ClusterConfig config(Kubernetes kubernetes) {
        return new ClusterConfig(
                true,
                "pods",
                Join.KUBERNETES,
                List.of(),
                new Multicast("224.2.2.3", 54_327),
                kubernetes,
                PODS.get(0),
                port,
                10,
                0,
                0,
                64 << 20,
                "",
                List.of("a", "b"),
                200,
                2_400,
                "default",
                List.of(),
                new Capacity(0, 0, 1L << 20, 1L << 20),
                PullConfig.standard(),
                TestNodes.store(),
                Tls.OFF);
    }

    private void findEachOther(Kubernetes kubernetes) throws Exception {
        try (TestNodes nodes = new TestNodes()) {
            ClusterConfig config = config(kubernetes);
            ClusterTerms terms = ClusterTerms.of(config, new NodeId("a"));
            HazelcastMembership a = nodes.node("a", 1, config, terms);
            TestNodes.await(a.join());
            HazelcastMembership b = nodes.node("b", 1, config, terms);
            TestNodes.await(b.join());
            TestNodes.until(() -> a.directory().members().size() == 2);
            assertThat(b.directory().members())
                    .hasSize(2)
                    .anyMatch(member -> member.address().equals(PODS.get(0) + ":" + port));
        }
    }

    @Test
    void nodesFindEachOtherByTheSlicesOfAServiceAlsoThoseThatAreNotReady() throws Exception {
        try (KubernetesApi api = new KubernetesApi(true, PODS)) {
            findEachOther(new Kubernetes("", KubernetesApi.NAMESPACE, KubernetesApi.SERVICE));
            assertThat(api.asked())
                    .contains("200 /apis/discovery.k8s.io/v1/namespaces/east/endpointslices")
                    .doesNotContain("404 /api/v1/namespaces/east/endpoints/penstock");
            System.out.println("KubernetesDiscoveryTest: asked " + api.asked());
        }
    }

    @Test
    void nodesFindEachOtherByTheEndpointsOfAServiceWhereThereAreNoSlices() throws Exception {
        try (KubernetesApi api = new KubernetesApi(false, PODS)) {
            findEachOther(new Kubernetes("", KubernetesApi.NAMESPACE, KubernetesApi.SERVICE));
            assertThat(api.asked()).contains("200 /api/v1/namespaces/east/endpoints/penstock");
        }
    }

    /** The name of a headless service has an address per pod, and no port. */
    @Test
    void nodesFindEachOtherByTheNameOfAService() throws Exception {
        findEachOther(new Kubernetes("localhost", "", ""));
    }
}
