package io.penstock.gateway.follow;

import io.penstock.client.Batch;
import org.jspecify.annotations.Nullable;

/** Makes one batch of lines; the same of the same. Threading: the follower's thread. */
public interface BatchMaker {
    /** The batch, or null when no line of them is a record. */
    @Nullable Batch make(byte[] lines, String file);
}
