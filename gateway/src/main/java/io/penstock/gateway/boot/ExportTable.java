package io.penstock.gateway.boot;

import io.penstock.exporter.fanout.Export;
import io.penstock.exporter.fanout.ExportCatalog;
import io.penstock.exporter.fanout.ExportSpec;
import io.penstock.exporter.fanout.SinkSpec;
import io.penstock.gateway.config.ConfigException;
import io.penstock.gateway.config.ConfigLoader;
import io.penstock.gateway.config.GatewayConfig;
import io.penstock.gateway.config.GatewayConfig.ExportTemplate;
import io.penstock.gateway.config.TenantConfig;
import io.penstock.gateway.tenant.Tenants;
import io.penstock.model.RepoName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Which exports a repo has, by the configuration: those that every repo has, those of its tenant,
 * and its own.
 *
 * <p>Threading: immutable.
 */
final class ExportTable implements ExportCatalog {
    private final List<Export> everywhere = new ArrayList<>();
    private final Tenants tenants;
    private final Map<String, List<Export>> ofTenants = new HashMap<>();
    private final Map<RepoName, List<Export>> own = new LinkedHashMap<>();

    ExportTable(GatewayConfig config, ConfigLoader loader) throws ConfigException {
        NamedClusters clusters = new NamedClusters(config.kafka());
        for (ExportTemplate template : config.repos().exports()) {
            SinkSpec sink = clusters.resolve(template.spec().sink());
            everywhere.add(new Export(template.spec(), loader.bindSink(sink)));
        }
        tenants = TenantConfig.tenants(config.tenants());
        for (Map.Entry<String, TenantConfig> tenant : config.tenants().entrySet()) {
            List<Export> theirs = new ArrayList<>();
            for (ExportTemplate template : tenant.getValue().exports()) {
                SinkSpec sink = clusters.resolve(template.spec().sink());
                theirs.add(new Export(template.spec(), loader.bindSink(sink)));
            }
            ofTenants.put(tenant.getKey(), theirs);
        }
        for (ExportSpec spec : config.exports()) {
            own.computeIfAbsent(spec.repo(), repo -> new ArrayList<>())
                    .add(new Export(spec, loader.bindSink(clusters.resolve(spec.sink()))));
        }
    }

    @Override
    public List<Export> exportsOf(RepoName repo) {
        List<Export> exports = new ArrayList<>();
        for (Export template : everywhere) {
            exports.add(new Export(template.spec().forRepo(repo), template.sink()));
        }
        for (Export template : ofTenants.getOrDefault(tenants.tenantOf(repo), List.of())) {
            exports.add(new Export(template.spec().forRepo(repo), template.sink()));
        }
        exports.addAll(own.getOrDefault(repo, List.of()));
        return exports;
    }

    /** Whether there is an export of one repo's own by this name. */
    boolean hasOwn(RepoName repo, String export) {
        return own.getOrDefault(repo, List.of()).stream()
                .anyMatch(found -> found.spec().name().equals(export));
    }

    /** What the configuration says of single repos. */
    List<Export> own() {
        return own.values().stream().flatMap(List::stream).toList();
    }

    /** Which repos a push may make: those of a rule, and those that the configuration names. */
    Predicate<RepoName> admission(GatewayConfig.Repos repos, Predicate<RepoName> rule) {
        Set<RepoName> named = new HashSet<>(repos.declared());
        named.addAll(own.keySet());
        return rule.or(named::contains);
    }

    /** Whose which repo is. */
    Tenants tenants() {
        return tenants;
    }
}
