package io.penstock.gateway.input;

import io.penstock.client.Batch;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Cuts an input into batches. Threading: confined to one thread, which waits for the input. */
public interface BatchSource {
    /** The next batch, or null at the end. */
    @Nullable Batch next() throws IOException;

    /** Lines left out so far, because they are malformed. */
    long malformed();
}
