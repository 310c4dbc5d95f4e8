package io.penstock.cluster.hazelcast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hazelcast.config.Config;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import io.penstock.cluster.NodeId;
import io.penstock.cluster.Version;
import io.penstock.cluster.member.ClusterConfig;
import io.penstock.cluster.member.ClusterTerms;
import io.penstock.cluster.member.VersionedBytes;
import io.penstock.loopback.FreePorts;
import io.penstock.suite.Alone;
import java.io.IOException;
import java.io.Serializable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Bare instances of Hazelcast with our settings: halves that meet, and strangers. */
@Alone
class HalvesTest {

    @Test
    void theNewestTableOfBothHalvesStays() throws Exception {
        int portOfA = FreePorts.one();
        int portOfB = FreePorts.one();
        // b knows a, but is there first; a knows nobody: so they do not see each other at first
        HazelcastInstance b =
                instance("b", TestNodes.config(portOfB, List.of(local(portOfA)), List.of("a")));
        HazelcastInstance a =
                instance("a", TestNodes.config(portOfA, List.of(local(portOfA)), List.of("a")));
        try {
            IMap<String, byte[]> ofA = a.getMap(HazelcastSettings.TABLES);
            IMap<String, byte[]> ofB = b.getMap(HazelcastSettings.TABLES);
            assertThat(a.getCluster().getMembers()).hasSize(1);
            assertThat(b.getCluster().getMembers()).hasSize(1);
            ofA.set("newer in a", table(3, 1));
            ofB.set("newer in a", table(2, 9));
            ofA.set("newer in b", table(2, 9));
            ofB.set("newer in b", table(3, 1));
            ofB.set("only in b", table(1, 1));

            TestNodes.until(() -> a.getCluster().getMembers().size() == 2);
            TestNodes.until(() -> ofA.get("only in b") != null);
            for (String name : List.of("newer in a", "newer in b")) {
                TestNodes.until(() -> version(ofA, name).equals(new Version(3, 1)));
                TestNodes.until(() -> version(ofB, name).equals(new Version(3, 1)));
            }
        } finally {
            a.shutdown();
            b.shutdown();
        }
    }

    private static HazelcastInstance instance(String id, ClusterConfig ours) {
        ClusterTerms terms = ClusterTerms.of(ours, new NodeId(id));
        Config config = HazelcastSettings.of(ours, TestNodes.member(id, 1), terms);
        config.setProperty("hazelcast.merge.first.run.delay.seconds", "2");
        config.setProperty("hazelcast.merge.next.run.delay.seconds", "1");
        return Hazelcast.newHazelcastInstance(config);
    }

    private static String local(int port) {
        return "127.0.0.1:" + port;
    }

    private static byte[] table(long epoch, long sequence) {
        return new VersionedBytes(new Version(epoch, sequence), new byte[3]).toBytes();
    }

    private static Version version(IMap<String, byte[]> map, String name) {
        byte[] bytes = map.get(name);
        return bytes == null ? Version.NONE : VersionedBytes.versionOf(bytes);
    }

    /** What a stranger might send: an object that Java's own serialization would make. */
    private static final class Gadget implements Serializable {
        private static final long serialVersionUID = 1;

        @SuppressWarnings("unused") // for its bytes
        private final Map<String, String> held = new HashMap<>(Map.of("a", "b"));
    }

    @Test
    void objectsOfOthersAreNotMadeButFailuresAre() {
        HazelcastInstance node =
                instance("a", TestNodes.config(FreePorts.one(), List.of(), List.of("a")));
        try {
            IMap<String, Object> map = node.getMap("any");
            assertThatThrownBy(
                            () -> {
                                map.set("k", new Gadget());
                                map.get("k");
                            })
                    .hasStackTraceContaining("not allowed");
            // a failed call is answered with an exception; were it refused, the call would hang
            IllegalStateException failure = new IllegalStateException(new IOException("cut"));
            failure.addSuppressed(new IOException("broken"));
            map.set("k", failure);
            assertThat(map.get("k")).isInstanceOf(IllegalStateException.class);
            map.set("k", new byte[] {1});
            assertThat(map.get("k")).isEqualTo(new byte[] {1});
        } finally {
            node.shutdown();
        }
    }
}
