package io.penstock.gateway.definition;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The definitions of this node, in its data directory. What they were made from is not compared:
 * nobody else changes them, and requests about one export follow one another.
 *
 * <p>Threading: any thread; the file is written on workers, one state after another.
 */
public final class FileDefinitions implements ExportDefinitions {
    private final Vertx vertx;
    private final DefinitionFile file;
    private volatile Listener listener = (before, after) -> Future.succeededFuture();

    // Guarded by this, as is the file.
    private final Map<ExportKey, ExportDefinition> kept = new TreeMap<>(ExportKey.ORDER);

    /** Keeps nothing yet. */
    public FileDefinitions(Vertx vertx, Path dataDirectory) {
        this.vertx = vertx;
        this.file = new DefinitionFile(dataDirectory);
    }

    /**
     * Reads what is kept; blocks.
     *
     * @throws IOException when the file cannot be read, or a later version wrote it
     */
    public synchronized void load() throws IOException {
        kept.clear();
        file.read().forEach(definition -> kept.put(definition.key(), definition));
    }

    @Override
    public Future<Void> put(ExportDefinition definition, @Nullable ExportDefinition before) {
        return change(definition.key(), definition);
    }

    @Override
    public Future<Void> remove(ExportDefinition definition) {
        return change(definition.key(), null);
    }

    private Future<Void> change(ExportKey key, @Nullable ExportDefinition after) {
        return vertx.executeBlocking(() -> new Kept(keep(key, after)), false)
                .compose(before -> tell(key, before.definition, after));
    }

    /** What was kept before. */
    private record Kept(@Nullable ExportDefinition definition) {}

    private Future<Void> tell(
            ExportKey key, @Nullable ExportDefinition before, @Nullable ExportDefinition after) {
        return listener.changed(before, after)
                .recover(
                        failure ->
                                vertx.executeBlocking(() -> new Kept(keep(key, before)), false)
                                        .transform(again -> Future.failedFuture(failure)));
    }

    private synchronized @Nullable ExportDefinition keep(
            ExportKey key, @Nullable ExportDefinition after) throws IOException {
        ExportDefinition before = set(key, after);
        try {
            file.write(kept.values());
            return before;
        } catch (IOException | RuntimeException failure) {
            set(key, before);
            throw failure;
        }
    }

    private @Nullable ExportDefinition set(ExportKey key, @Nullable ExportDefinition definition) {
        return definition == null ? kept.remove(key) : kept.put(key, definition);
    }

    @Override
    public synchronized List<ExportDefinition> list() {
        return List.copyOf(kept.values());
    }

    @Override
    public void onChange(Listener told) {
        listener = told;
    }
}
