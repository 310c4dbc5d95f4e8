package io.penstock.gateway.definition;

import io.penstock.exporter.fanout.Export;
import io.penstock.exporter.fanout.ExportCatalog;
import io.penstock.exporter.fanout.ExportSpec;
import io.penstock.model.RepoName;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The exports of the configuration and those that people made.
 *
 * <p>Threading: any thread.
 */
public final class LiveExports implements ExportCatalog {
    private final ExportCatalog configured;
    private final Map<ExportKey, Wanted> wanted = new ConcurrentHashMap<>();
    private volatile Consumer<ExportKey> listener = key -> {};

    /**
     * What somebody asked for.
     *
     * @param definition as it is kept
     * @param export what it makes; null for a configured one, and where something is wrong
     * @param fault what is wrong, or empty
     */
    public record Wanted(ExportDefinition definition, @Nullable Export export, String fault) {}

    /** Those of the configuration alone, at first. */
    public LiveExports(ExportCatalog configured) {
        this.configured = configured;
    }

    @Override
    public List<Export> exportsOf(RepoName repo) {
        List<Export> exports = new ArrayList<>();
        for (Export export : configured.exportsOf(repo)) {
            exports.add(export.paused(isPaused(ExportKey.of(export.spec()))));
        }
        int own = exports.size();
        wanted.forEach(
                (key, there) -> {
                    Export export = there.export;
                    if (key.repo().equals(repo) && export != null && !isConfigured(key)) {
                        exports.add(export);
                    }
                });
        exports.subList(own, exports.size())
                .sort(Comparator.comparing(export -> export.spec().name()));
        return exports;
    }

    private boolean isPaused(ExportKey key) {
        Wanted there = wanted.get(key);
        return there != null && there.definition.paused();
    }

    /** One export, if it can run. */
    public Optional<Export> find(ExportKey key) {
        return exportsOf(key.repo()).stream()
                .filter(export -> export.spec().name().equals(key.export()))
                .findFirst();
    }

    /** Whether the configuration has it, which then counts. */
    public boolean isConfigured(ExportKey key) {
        return configured.exportsOf(key.repo()).stream()
                .anyMatch(export -> export.spec().name().equals(key.export()));
    }

    /** What somebody asked for about an export. */
    public Optional<Wanted> wanted(ExportKey key) {
        return Optional.ofNullable(wanted.get(key));
    }

    /** Every export that was made by request, whether it can run or not, in no order. */
    public List<Wanted> requested() {
        return wanted.values().stream()
                .filter(
                        there ->
                                there.definition.defines() && !isConfigured(there.definition.key()))
                .toList();
    }

    /** What the exports made by request are, as far as they can run. */
    public List<ExportSpec> requestedSpecs() {
        List<ExportSpec> specs = new ArrayList<>();
        for (Wanted there : requested()) {
            Export export = there.export;
            if (export != null) {
                specs.add(export.spec());
            }
        }
        return specs;
    }

    /** Whether somebody made an export of this repo. */
    public boolean names(RepoName repo) {
        return wanted.values().stream()
                .anyMatch(
                        there ->
                                there.definition.defines()
                                        && there.definition.key().repo().equals(repo));
    }

    /** Sets or, with null, forgets what is asked for; answers what was. */
    @Nullable Wanted set(ExportKey key, @Nullable Wanted now) {
        Wanted before = now == null ? wanted.remove(key) : wanted.put(key, now);
        listener.accept(key);
        return before;
    }

    /** Sets who hears of each export that is another from then on; before the first. */
    public void onSet(Consumer<ExportKey> hears) {
        listener = hears;
    }
}
