package io.penstock.gateway.peer;

import io.penstock.exporter.relay.ExportName;
import io.penstock.exporter.relay.Peer;
import org.jspecify.annotations.Nullable;

/**
 * What the assignments say of other nodes.
 *
 * <p>Threading: any thread; never blocks.
 */
public interface Owners {
    /**
     * A node other than this one that runs an export and can be reached; null if there is none.
     *
     * @param key the same key has the same one of several, as long as they are the same
     */
    @Nullable Peer owner(ExportName export, long key);

    /** Whether a node has a task of an export, be it only to stop it. */
    boolean isWith(ExportName export, String node);

    /** Version of the assignments that this node goes by. */
    TableVersion version();
}
