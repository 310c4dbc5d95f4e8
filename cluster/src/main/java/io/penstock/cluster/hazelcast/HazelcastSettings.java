package io.penstock.cluster.hazelcast;

import com.hazelcast.config.AdvancedNetworkConfig;
import com.hazelcast.config.Config;
import com.hazelcast.config.InterfacesConfig;
import com.hazelcast.config.JavaSerializationFilterConfig;
import com.hazelcast.config.JoinConfig;
import com.hazelcast.config.MapConfig;
import com.hazelcast.config.MergePolicyConfig;
import com.hazelcast.config.SerializationConfig;
import com.hazelcast.config.ServerSocketEndpointConfig;
import com.hazelcast.config.TcpIpConfig;
import io.penstock.cluster.member.ClusterConfig;
import io.penstock.cluster.member.ClusterTerms;
import io.penstock.cluster.member.Member;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.UUID;

/** Hazelcast's configuration, made from ours. */
final class HazelcastSettings {
    static final String TABLES = "penstock.tables";
    static final String REPORTS = "penstock.reports";

    /** Seconds of silence, without a broken connection, after which a member counts as gone. */
    static final int SILENCE_S = 10;

    /** Longest that a node looks for others before it is one of its own. */
    private static final int JOIN_S = 20;

    private static final int CONNECT_S = 3;

    /** Longest that an answer of another member is waited for. */
    private static final int CALL_MS = 10_000;

    /** Reports of nodes that are gone go by themselves. */
    private static final int REPORT_BEATS = 20;

    /** How soon, and how often, halves of a cluster look for each other. */
    private static final int MERGE_S = 20;

    private HazelcastSettings() {}

    static Config of(ClusterConfig ours, Member self, ClusterTerms terms) {
        Config config = new Config();
        config.setClusterName(ours.name());
        config.setInstanceName(self.id() + "/" + UUID.randomUUID()); // one process may hold several
        config.setMemberAttributeConfig(Attributes.of(self, terms));
        config.setAdvancedNetworkConfig(network(ours));
        config.setSerializationConfig(serialization());
        config.getJetConfig().setEnabled(false);
        config.getMetricsConfig().setEnabled(false);
        config.addMapConfig(tables());
        config.addMapConfig(reports(ours));
        properties(config);
        return config;
    }

    /** An endpoint for members alone: clients of Hazelcast, its REST and memcache find nothing. */
    private static AdvancedNetworkConfig network(ClusterConfig ours) {
        ServerSocketEndpointConfig endpoint = new ServerSocketEndpointConfig();
        endpoint.setPort(ours.port()).setPortCount(ours.portCount()).setPortAutoIncrement(true);
        endpoint.setReuseAddress(true);
        endpoint.setInterfaces(
                new InterfacesConfig().setEnabled(true).addInterface(number(ours.host())));
        endpoint.setSocketConnectTimeoutSeconds(CONNECT_S);
        AdvancedNetworkConfig network = new AdvancedNetworkConfig().setEnabled(true);
        network.setMemberEndpointConfig(endpoint);
        network.setJoin(join(ours));
        return network;
    }

    /** Interfaces are told by number; a name that nobody knows was refused before. */
    private static String number(String host) {
        try {
            return InetAddress.getByName(host).getHostAddress();
        } catch (UnknownHostException unknown) {
            return host;
        }
    }

    private static JoinConfig join(ClusterConfig ours) {
        JoinConfig join = new JoinConfig();
        join.getAutoDetectionConfig().setEnabled(false);
        join.getMulticastConfig().setEnabled(false);
        join.getTcpIpConfig().setEnabled(false);
        switch (ours.join()) {
            case MEMBERS -> {
                TcpIpConfig list = join.getTcpIpConfig().setEnabled(true);
                list.setConnectionTimeoutSeconds(CONNECT_S);
                list.setMembers(
                        ours.members().isEmpty()
                                ? List.of(ours.host() + ":" + ours.port())
                                : ours.members());
            }
            case MULTICAST ->
                    join.getMulticastConfig()
                            .setEnabled(true)
                            .setMulticastGroup(ours.multicast().group())
                            .setMulticastPort(ours.multicast().port());
            case KUBERNETES -> kubernetes(join, ours.kubernetes(), ours.port());
        }
        return join;
    }

    /**
     * Names have no port, and the port that a service names is that for batches. Addresses beyond
     * the cluster of pods, for which the API would be asked far more, are of no use here.
     */
    private static void kubernetes(JoinConfig join, ClusterConfig.Kubernetes ours, int port) {
        join.getKubernetesConfig()
                .setEnabled(true)
                .setProperty("service-port", String.valueOf(port));
        if (ours.serviceDns().isBlank()) {
            join.getKubernetesConfig()
                    .setProperty("namespace", ours.namespace())
                    .setProperty("service-name", ours.serviceName())
                    .setProperty("expose-externally", "false");
        } else {
            join.getKubernetesConfig().setProperty("service-dns", ours.serviceDns());
        }
    }

    /**
     * What we send is bytes or made by {@link OurTypes}; what Vert.x sends makes itself. Java's own
     * serialization is left for what Hazelcast answers a failed call with.
     */
    private static SerializationConfig serialization() {
        JavaSerializationFilterConfig filter = new JavaSerializationFilterConfig();
        filter.setDefaultsDisabled(true);
        filter.getWhitelist()
                // of an array, each element's class is asked for, too
                .addPrefixes("com.hazelcast.", "java.lang.", "java.util.concurrent.", "[")
                .addClasses(
                        "java.io.EOFException",
                        "java.io.IOException",
                        "java.io.UncheckedIOException",
                        "java.net.ConnectException",
                        "java.net.SocketException",
                        "java.util.ArrayList",
                        "java.util.Collections$EmptyList",
                        "java.util.Collections$UnmodifiableCollection",
                        "java.util.Collections$UnmodifiableList",
                        "java.util.Collections$UnmodifiableRandomAccessList",
                        "java.util.ConcurrentModificationException",
                        "java.util.NoSuchElementException");
        SerializationConfig config = new SerializationConfig();
        config.setJavaSerializationFilterConfig(filter);
        config.addDataSerializableFactory(OurTypes.FACTORY, new OurTypes());
        return config;
    }

    private static MapConfig tables() {
        // nobody waits for the copy: who has it may be silent
        return new MapConfig(TABLES)
                .setBackupCount(0)
                .setAsyncBackupCount(1)
                .setMergePolicyConfig(
                        new MergePolicyConfig().setPolicy(NewestWins.class.getName()));
    }

    private static MapConfig reports(ClusterConfig ours) {
        long beatsMs = REPORT_BEATS * ours.heartbeatMs();
        return new MapConfig(REPORTS)
                .setBackupCount(0)
                .setTimeToLiveSeconds((int) Math.max(1, beatsMs / 1_000));
    }

    private static void properties(Config config) {
        config.setProperty("hazelcast.logging.type", "slf4j");
        config.setProperty("hazelcast.phone.home.enabled", "false");
        config.setProperty("hazelcast.shutdownhook.enabled", "false"); // Gateway stops it in turn
        config.setProperty("hazelcast.socket.bind.any", "false"); // listen at host, nowhere else
        config.setProperty("hazelcast.wait.seconds.before.join", "0");
        config.setProperty("hazelcast.max.join.seconds", String.valueOf(JOIN_S));
        config.setProperty("hazelcast.mastership.claim.timeout.seconds", "30");
        config.setProperty("hazelcast.heartbeat.interval.seconds", "1");
        config.setProperty("hazelcast.max.no.heartbeat.seconds", String.valueOf(SILENCE_S));
        config.setProperty(
                "hazelcast.partial.member.disconnection.resolution.heartbeat.count", "3");
        config.setProperty("hazelcast.merge.first.run.delay.seconds", String.valueOf(MERGE_S));
        config.setProperty("hazelcast.merge.next.run.delay.seconds", String.valueOf(MERGE_S));
        config.setProperty("hazelcast.operation.call.timeout.millis", String.valueOf(CALL_MS));
        config.setProperty("hazelcast.graceful.shutdown.max.wait", "3");
        // needs no access to Java's own packages, which a launcher would have to open
        config.setProperty("hazelcast.io.optimize.selectors", "false");
        // a few small messages a second: threads cost more than they bring
        config.setProperty("hazelcast.io.thread.count", "1");
        config.setProperty("hazelcast.operation.thread.count", "2");
        config.setProperty("hazelcast.operation.generic.thread.count", "2");
        config.setProperty("hazelcast.event.thread.count", "2");
    }
}
