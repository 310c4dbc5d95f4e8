package io.penstock.exporter.source.kafka;

import io.penstock.model.RepoName;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Who works on which partition in this process: a partition that moves from one consumer to another
 * begins there only when nothing of it is with the stage any more. One per process. Holds one lane
 * per partition that was ever assigned and not given up.
 *
 * <p>Threading: any thread.
 */
public final class Handover {
    private final ConcurrentMap<Key, Lane> owners = new ConcurrentHashMap<>();

    private record Key(RepoName repo, long producerId) {}

    /** Whether nobody has the partition, or its last owner is over. */
    boolean isFree(RepoName repo, long producerId) {
        Lane owner = owners.get(new Key(repo, producerId));
        return owner == null || owner.isOver();
    }

    void take(RepoName repo, long producerId, Lane lane) {
        owners.put(new Key(repo, producerId), lane);
    }

    /** Forgets those that are over. */
    void sweep() {
        owners.values().removeIf(Lane::isOver);
    }
}
