package io.penstock.exporter.source.kafka;

import io.penstock.exporter.kafka.TopicFacts;
import io.penstock.exporter.source.Lease;
import io.penstock.model.PartitionShare;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The shares of one source that a scheduler gave to this node. The source's consumers follow: each
 * says up to which change it did, and a share that was to be given up has ended when all of them
 * are past that change. While no consumer runs, nothing of any share is here.
 *
 * <p>Threading: any thread; the lock is held for a few steps only.
 */
public final class AssignedShares {
    private static final long BEYOND = Long.MAX_VALUE;

    // Guarded by this.
    private final Map<Integer, HeldShare> live = new TreeMap<>();
    private final Map<Integer, Ending> ending = new TreeMap<>();
    private final Map<Follower, Long> followed = new HashMap<>();

    private volatile ShareView view = new ShareView(0, List.of(), Map.of());
    private volatile boolean isEmpty = true;

    private record Ending(HeldShare share, long sinceVersion) {}

    /** A consumer. */
    interface Follower {
        /** There is something to follow; any thread, does not wait. */
        void wake();
    }

    /**
     * A share is given.
     *
     * @param share number of a {@link PartitionShare}
     */
    public synchronized void start(int share, Lease lease) {
        live.put(share, new HeldShare(new PartitionShare(share), lease));
        changed(view.topics());
    }

    /** A share is to be given up at a batch boundary; its lease hears when it was. */
    public void release(int share) {
        end(share, false);
    }

    /** A share is to be given up now. It may have been released before. */
    public void cut(int share) {
        end(share, true);
    }

    private synchronized void end(int share, boolean atOnce) {
        HeldShare ends = live.remove(share);
        if (ends != null) {
            ending.put(share, new Ending(ends, view.version() + 1));
            changed(view.topics());
        }
        Ending under = ending.get(share);
        if (under != null && atOnce) {
            under.share().cut();
        }
        settle();
    }

    /** Topics as they were seen now. */
    synchronized void topics(Map<String, TopicFacts> seen) {
        if (!seen.equals(view.topics())) {
            changed(Map.copyOf(seen));
        }
    }

    private void changed(Map<String, TopicFacts> topics) {
        view = new ShareView(view.version() + 1, List.copyOf(live.values()), topics);
        isEmpty = live.isEmpty() && ending.isEmpty();
        followed.keySet().forEach(Follower::wake);
    }

    private void settle() {
        long all = followed.values().stream().mapToLong(Long::longValue).min().orElse(BEYOND);
        for (Iterator<Ending> each = ending.values().iterator(); each.hasNext(); ) {
            Ending over = each.next();
            if (over.sinceVersion() <= all) {
                each.remove();
                over.share().stopped();
            }
        }
        isEmpty = live.isEmpty() && ending.isEmpty();
    }

    /** A consumer begins, with nothing. */
    synchronized void enter(Follower consumer) {
        followed.put(consumer, view.version());
    }

    /** A consumer has what a view says, and nothing else. */
    synchronized void followed(Follower consumer, long version) {
        followed.put(consumer, version);
        settle();
    }

    /** A consumer has nothing any more. */
    synchronized void leave(Follower consumer) {
        followed.remove(consumer);
        settle();
    }

    ShareView view() {
        return view;
    }

    /** Whether no share is here, and none that was here is still being given up. */
    public boolean isEmpty() {
        return isEmpty;
    }

    /** Partitions of all topics; 0 before they were seen. */
    int partitions() {
        return view.topics().values().stream().mapToInt(TopicFacts::partitions).sum();
    }
}
