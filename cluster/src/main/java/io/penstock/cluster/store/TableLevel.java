package io.penstock.cluster.store;

import io.penstock.cluster.Version;
import java.util.concurrent.CompletionStage;

/**
 * A place from which a node can read the table: its own disk, the map that the cluster shares, the
 * store.
 *
 * <p>Threading: any thread; never blocks. The answer comes on a thread of the level's, which is not
 * to be kept.
 */
public interface TableLevel {

    /**
     * Reads the table if it is newer than one that is there already.
     *
     * @param known version that the asker has; {@link Version#NONE} for "whatever you have"
     * @return what the level has; completes normally, always, within a bound of the level's own
     */
    CompletionStage<Answer> newerThan(Version known);
}
