package io.penstock.cluster.hazelcast;

import com.hazelcast.cluster.Cluster;
import com.hazelcast.cluster.Member;
import io.penstock.cluster.NodeId;
import io.penstock.cluster.member.ClusterTerms;
import io.penstock.cluster.member.RefusedException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A node's claim to be a member under its id and on its terms. Judged by the list of members: its
 * order is decided by the oldest member alone, when it lets one in, so of two nodes that claim one
 * id, or come with different terms, everybody sees the same one as the older; that one is right.
 *
 * <p>Threading: confined to one thread; blocks.
 */
final class Claim {
    private static final Logger LOG = LoggerFactory.getLogger(Claim.class);

    /** A node that was killed stays in the list until its silence is noticed. */
    private static final long GONE_NS = TimeUnit.SECONDS.toNanos(HazelcastSettings.SILENCE_S + 2L);

    private static final int PROBE_MS = 500;
    private static final long LOOK_MS = 100;

    private final NodeId self;
    private final ClusterTerms terms;
    private final Cluster cluster;

    Claim(NodeId self, ClusterTerms terms, Cluster cluster) {
        this.self = self;
        this.terms = terms;
        this.cluster = cluster;
    }

    /** Returns when the claim is good. */
    void check() throws RefusedException, InterruptedException {
        checkTerms();
        checkId();
    }

    private void checkTerms() throws RefusedException {
        Optional<Member> oldest = older().stream().findFirst();
        if (oldest.isEmpty()) {
            return;
        }
        List<String> differences = terms.differences(Attributes.terms(oldest.get()));
        if (!differences.isEmpty()) {
            throw new RefusedException(
                    "cluster: "
                            + Attributes.name(oldest.get())
                            + " is a member on other terms: "
                            + String.join("; ", differences));
        }
    }

    private void checkId() throws RefusedException, InterruptedException {
        long endNs = System.nanoTime() + GONE_NS;
        boolean told = false;
        for (Optional<Member> holder = holder(); holder.isPresent(); holder = holder()) {
            if (answers(holder.get()) || System.nanoTime() - endNs > 0) {
                throw new RefusedException(
                        "node.id: '"
                                + self
                                + "' is taken: a process at "
                                + Attributes.address(holder.get())
                                + " is a member under it; each node needs an id of its own");
            }
            if (!told) {
                LOG.info(
                        "cluster: a dead process at {} is still listed as {}; waiting for it to go",
                        Attributes.address(holder.get()),
                        self);
                told = true;
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_MS);
        }
    }

    private Optional<Member> holder() {
        return older().stream()
                .filter(
                        each ->
                                Attributes.member(each)
                                        .filter(member -> member.id().equals(self))
                                        .isPresent())
                .findFirst();
    }

    /** Members before this one. */
    private List<Member> older() {
        List<Member> found = new ArrayList<>();
        for (Member each : cluster.getMembers()) {
            if (each.localMember()) {
                return found;
            }
            found.add(each);
        }
        return found;
    }

    /** Whether a process listens there, even one that is stopped for the moment. */
    private static boolean answers(Member holder) {
        try (Socket socket = new Socket()) {
            socket.connect(
                    new InetSocketAddress(
                            holder.getAddress().getHost(), holder.getAddress().getPort()),
                    PROBE_MS);
            return true;
        } catch (IOException nobody) {
            return false;
        }
    }
}
