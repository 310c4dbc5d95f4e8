package io.penstock.cluster.hazelcast;

import com.hazelcast.cluster.Cluster;
import com.hazelcast.cluster.MembershipEvent;
import com.hazelcast.cluster.MembershipListener;
import io.penstock.cluster.NodeId;
import io.penstock.cluster.member.Member;
import io.penstock.cluster.member.NodeDirectory;
import io.vertx.core.Context;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The directory, as the list of Hazelcast's members says. */
final class Roster implements NodeDirectory, MembershipListener {
    private static final Logger LOG = LoggerFactory.getLogger(Roster.class);

    private final NodeId self;
    private final Cluster cluster;
    private final Context loop;
    private volatile List<Member> members = List.of();
    private volatile Consumer<List<Member>> listener = all -> {};

    private final BusMessages messages;

    /**
     * A directory that is still empty.
     *
     * @param loop where changes are told
     * @param messages who keeps a way to each that is there
     */
    Roster(NodeId self, Cluster cluster, Context loop, BusMessages messages) {
        this.self = self;
        this.cluster = cluster;
        this.loop = loop;
        this.messages = messages;
    }

    /** Looks at the members. Of two with one id, the older counts: the other is on its way out. */
    synchronized void refresh() {
        Map<NodeId, Member> seen = new LinkedHashMap<>();
        for (com.hazelcast.cluster.Member each : cluster.getMembers()) {
            Attributes.member(each).ifPresent(member -> seen.putIfAbsent(member.id(), member));
        }
        List<Member> now = List.copyOf(seen.values());
        if (!now.equals(members)) {
            members = now;
            messages.keepOnly(now);
            loop.runOnContext(on -> listener.accept(now));
        }
    }

    @Override
    public void memberAdded(MembershipEvent event) {
        LOG.info("cluster: {} came; {} nodes", Attributes.name(event.getMember()), count(event));
        refresh();
    }

    @Override
    public void memberRemoved(MembershipEvent event) {
        LOG.info("cluster: {} is gone; {} nodes", Attributes.name(event.getMember()), count(event));
        refresh();
    }

    private static int count(MembershipEvent event) {
        return event.getMembers().size();
    }

    /** This node has left. */
    synchronized void clear() {
        members = List.of();
    }

    @Override
    public NodeId self() {
        return self;
    }

    @Override
    public List<Member> members() {
        return members;
    }

    @Override
    public void onChange(Consumer<List<Member>> toTell) {
        listener = toTell;
    }
}
