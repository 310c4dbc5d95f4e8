package io.penstock.cluster.hazelcast;

import com.hazelcast.config.MemberAttributeConfig;
import io.penstock.cluster.NodeId;
import io.penstock.cluster.member.ClusterTerms;
import io.penstock.cluster.member.Member;
import io.penstock.cluster.task.Units;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * What a node tells by the attributes of its Hazelcast member, which all others see from the moment
 * it joins, and which cannot change.
 */
final class Attributes {
    /** By which Vert.x knows a member whose Hazelcast instance it did not make itself. */
    private static final String VERTX_NODE = "__vertx.nodeId";

    private static final String PREFIX = "penstock.";
    private static final String NODE = PREFIX + "node";
    private static final String INCARNATION = PREFIX + "incarnation";
    private static final String FORWARD = PREFIX + "forward";
    private static final String DATA = PREFIX + "data";
    private static final String GROUP = PREFIX + "group";
    private static final String LABELS = PREFIX + "labels";
    private static final String CAPACITY = PREFIX + "capacity";
    private static final String TERM = PREFIX + "term.";

    private Attributes() {}

    static MemberAttributeConfig of(Member self, ClusterTerms terms) {
        MemberAttributeConfig config = new MemberAttributeConfig();
        config.setAttribute(VERTX_NODE, UUID.randomUUID().toString());
        config.setAttribute(NODE, self.id().value());
        config.setAttribute(INCARNATION, Long.toString(self.incarnation()));
        config.setAttribute(FORWARD, self.forward());
        config.setAttribute(DATA, self.data());
        config.setAttribute(GROUP, self.group());
        config.setAttribute(
                LABELS, self.labels().stream().sorted().collect(Collectors.joining(",")));
        Units has = self.capacity();
        config.setAttribute(
                CAPACITY, has.cpu() + "," + has.memory() + "," + has.network() + "," + has.disk());
        terms.inWords().forEach((key, value) -> config.setAttribute(TERM + key, value));
        return config;
    }

    /** The node behind a Hazelcast member; empty when it is something else than a Penstock. */
    static Optional<Member> member(com.hazelcast.cluster.Member member) {
        String id = member.getAttribute(NODE);
        if (id == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    new Member(
                            new NodeId(id),
                            Long.parseLong(text(member, INCARNATION)),
                            address(member),
                            text(member, FORWARD),
                            text(member, DATA),
                            text(member, GROUP),
                            labels(text(member, LABELS)),
                            units(text(member, CAPACITY))));
        } catch (IllegalArgumentException ofAnotherFormat) {
            return Optional.empty();
        }
    }

    /** Whether a Hazelcast member is that node. */
    static boolean isOf(com.hazelcast.cluster.Member member, NodeId node) {
        return node.value().equals(member.getAttribute(NODE));
    }

    static String address(com.hazelcast.cluster.Member member) {
        return member.getAddress().getHost() + ":" + member.getAddress().getPort();
    }

    /** Its terms in words, by their keys. */
    static Map<String, String> terms(com.hazelcast.cluster.Member member) {
        Map<String, String> terms = new LinkedHashMap<>();
        member.getAttributes()
                .forEach(
                        (key, value) -> {
                            if (key.startsWith(TERM)) {
                                terms.put(key.substring(TERM.length()), value);
                            }
                        });
        return terms;
    }

    /** What it calls itself, for messages. */
    static String name(com.hazelcast.cluster.Member member) {
        String id = member.getAttribute(NODE);
        return (id == null ? "a member that is no Penstock" : "node " + id)
                + " at "
                + address(member);
    }

    private static String text(com.hazelcast.cluster.Member member, String key) {
        String value = member.getAttribute(key);
        return value == null ? "" : value;
    }

    private static Set<String> labels(String joined) {
        return joined.isEmpty() ? Set.of() : Set.copyOf(List.of(joined.split(",", -1)));
    }

    private static Units units(String joined) {
        double[] parts =
                Arrays.stream(joined.split(",", -1)).mapToDouble(Double::parseDouble).toArray();
        if (parts.length != 4) {
            throw new IllegalArgumentException("capacity of " + parts.length + " parts");
        }
        return new Units(parts[0], parts[1], parts[2], parts[3]);
    }
}
