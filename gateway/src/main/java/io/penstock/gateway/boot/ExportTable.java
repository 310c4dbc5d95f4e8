package io.penstock.gateway.boot;

import io.penstock.exporter.fanout.Export;
import io.penstock.exporter.fanout.ExportCatalog;
import io.penstock.exporter.fanout.ExportSpec;
import io.penstock.exporter.fanout.SinkSpec;
import io.penstock.exporter.relay.ExportName;
import io.penstock.exporter.relay.TargetSpec;
import io.penstock.gateway.config.ConfigException;
import io.penstock.gateway.config.ConfigLoader;
import io.penstock.gateway.config.GatewayConfig;
import io.penstock.gateway.config.GatewayConfig.ExportTemplate;
import io.penstock.model.RepoName;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Which exports a repo has, by the configuration: those that every repo has, and its own.
 *
 * <p>Threading: immutable.
 */
final class ExportTable implements ExportCatalog {
    private final List<Export> everywhere = new ArrayList<>();
    private final List<Export> own = new ArrayList<>();

    ExportTable(GatewayConfig config, ConfigLoader loader) throws ConfigException {
        NamedClusters clusters = new NamedClusters(config.kafka());
        for (ExportTemplate template : config.repos().exports()) {
            SinkSpec sink = clusters.resolve(template.spec().sink());
            everywhere.add(new Export(template.spec(), loader.bindSink(sink)));
        }
        for (ExportSpec spec : config.exports()) {
            own.add(new Export(spec, loader.bindSink(clusters.resolve(spec.sink()))));
        }
    }

    @Override
    public List<Export> exportsOf(RepoName repo) {
        List<Export> exports = new ArrayList<>();
        for (Export template : everywhere) {
            exports.add(new Export(template.spec().forRepo(repo), template.sink()));
        }
        own.stream().filter(export -> export.spec().repo().equals(repo)).forEach(exports::add);
        return exports;
    }

    /** Which repos a push may make: all, or those that the configuration names. */
    Predicate<RepoName> admission(GatewayConfig.Repos repos) {
        if (repos.autoCreate()) {
            return repo -> true;
        }
        Set<RepoName> named = new HashSet<>(repos.declared());
        own.forEach(export -> named.add(export.spec().repo()));
        return named::contains;
    }

    /** What must be known of an export to deliver for others; empty when it is not configured. */
    Optional<TargetSpec> target(ExportName name) {
        return exportsOf(name.repo()).stream()
                .filter(found -> found.spec().name().equals(name.export()))
                .findFirst()
                .map(
                        found ->
                                new TargetSpec(
                                        found.sink().capabilities(),
                                        found.sink().keeps(),
                                        found.spec().concurrency(),
                                        found.spec().timeoutMs(),
                                        found.sink()::create));
    }

    /** The type of an export's sink, or a dash when the export is not configured. */
    String sinkOf(RepoName repo, String export) {
        return exportsOf(repo).stream()
                .filter(found -> found.spec().name().equals(export))
                .map(found -> found.spec().sink().type())
                .findFirst()
                .orElse("-");
    }
}
