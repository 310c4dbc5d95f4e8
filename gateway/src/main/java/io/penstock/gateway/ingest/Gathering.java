package io.penstock.gateway.ingest;

import org.jspecify.annotations.Nullable;

/**
 * The bytes of one call's request that is not whole yet, as they count with whoever owns its repo;
 * nobody's until the repo is known.
 *
 * <p>Threading: confined to the event loop of its lane.
 */
public final class Gathering {
    private final IngressNode node;
    private @Nullable Quota owner;
    private int bytes;

    /** Nothing, of nobody. */
    public Gathering(IngressNode node) {
        this.node = node;
    }

    /** Whether it is known with whom they count. */
    public boolean isOwned() {
        return owner != null;
    }

    /** They belong to a repo. */
    public void owner(KnownRepo repo) {
        Quota now = repo.quota(node.admission());
        int moved = bytes;
        clear();
        owner = now;
        bytes = moved;
        now.gather(moved, node.budget());
    }

    /** More has come; answers why no more of it may. */
    public @Nullable Fault add(int more) {
        bytes += more;
        return owner == null ? null : owner.gather(more, node.budget());
    }

    /** The request is whole, or given up. */
    public void clear() {
        if (owner != null && bytes != 0) {
            owner.gather(-bytes, node.budget());
        }
        bytes = 0;
    }
}
