package io.penstock.cluster.sizing;

import io.penstock.cluster.TaskKey;
import io.penstock.model.PartitionShare;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The shares of sources that shall run. A source of some rate is cut into the shares of one level
 * of {@link PartitionShare}. A lease is for one key, and knows nothing of partitions: so a share
 * begins only when no other that has a partition in common with it may be running anywhere. Where
 * the level changes, first the shares of the old one end, then those of the new one begin.
 *
 * <p>Threading: confined to one scan.
 */
final class SourceShares {
    private final Map<TaskKey, Set<PartitionShare>> held = new HashMap<>();
    private boolean waits;

    /**
     * For one scan.
     *
     * @param tasks tasks that may be running, or may begin to by what was said before
     */
    SourceShares(Set<TaskKey> tasks) {
        for (TaskKey task : tasks) {
            if (task.isSource() && task.share() <= PartitionShare.MAX_NUMBER) {
                held.computeIfAbsent(task.first(), first -> new HashSet<>())
                        .add(new PartitionShare(task.share()));
            }
        }
    }

    /** The shares of the level that a count asks for: as many, or up to twice that. */
    static int count(ShareCount wanted) {
        return 1 << PartitionShare.levelFor(wanted.count());
    }

    /** How many tasks a source has of which such a share runs. */
    static int countAt(int share) {
        return 1 << new PartitionShare(Math.min(share, PartitionShare.MAX_NUMBER)).level();
    }

    /** Numbers of the shares that shall run now. */
    List<Integer> of(ExportDemand source, ShareCount wanted) {
        int level = PartitionShare.levelFor(wanted.count());
        Set<PartitionShare> others = new HashSet<>(held.getOrDefault(source.share(0), Set.of()));
        others.removeIf(share -> share.level() == level);
        List<Integer> shares = new ArrayList<>();
        for (int r = 0; r < 1 << level; r++) {
            PartitionShare share = PartitionShare.of(level, r);
            if (others.stream().noneMatch(share::overlaps)) {
                shares.add(share.number());
            } else {
                waits = true;
            }
        }
        return shares;
    }

    /** Whether some share had to wait. */
    boolean waits() {
        return waits;
    }
}
