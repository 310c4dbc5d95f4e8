package io.penstock.gateway.definition;

import io.vertx.core.Future;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keeps definitions of exports, over restarts: of this node, or of all nodes of a cluster.
 *
 * <p>Threading: any thread.
 */
public interface ExportDefinitions {

    /** Hears of changes, once they are kept. */
    @FunctionalInterface
    interface Listener {
        /**
         * Something changed.
         *
         * @param before what was kept, or null
         * @param after what is kept, or null
         * @return fails when it cannot be so; then {@code before} is kept again, and nothing more
         *     is said about it
         */
        Future<Void> changed(@Nullable ExportDefinition before, @Nullable ExportDefinition after);

        /**
         * A definition is kept although it cannot be so here, since it is not this node's alone.
         *
         * @param why what {@link #changed} failed with
         */
        default Future<Void> faulty(ExportDefinition definition, Throwable why) {
            return Future.succeededFuture();
        }
    }

    /**
     * Keeps a definition; completes after the listener did.
     *
     * @param before the one with its key from which it was made, or null
     * @return fails when it is not kept, also because another one is there than was thought
     */
    Future<Void> put(ExportDefinition definition, @Nullable ExportDefinition before);

    /** Forgets a definition, if it still is as it was thought; completes after the listener did. */
    Future<Void> remove(ExportDefinition definition);

    /** All of them, by repo and name. */
    List<ExportDefinition> list();

    /** Sets who hears of changes, before the first. */
    void onChange(Listener listener);
}
