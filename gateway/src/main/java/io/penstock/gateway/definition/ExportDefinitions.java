package io.penstock.gateway.definition;

import io.vertx.core.Future;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keeps definitions of exports, over restarts.
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
    }

    /** Keeps a definition in place of the one with its key; completes after the listener did. */
    Future<Void> put(ExportDefinition definition);

    /** Forgets a definition; completes after the listener did. */
    Future<Void> remove(ExportKey key);

    /** All of them, by repo and name. */
    List<ExportDefinition> list();

    /** Sets who hears of changes, before the first. */
    void onChange(Listener listener);
}
