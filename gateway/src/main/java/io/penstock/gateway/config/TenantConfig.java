package io.penstock.gateway.config;

import io.penstock.exporter.fanout.ExportSpec;
import io.penstock.gateway.config.GatewayConfig.ExportTemplate;
import io.penstock.gateway.tenant.RepoLimits;
import io.penstock.gateway.tenant.TenantLimits;
import io.penstock.gateway.tenant.TenantRule;
import io.penstock.gateway.tenant.Tenants;
import io.penstock.model.Setting;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A tenant: whoever owns some of the repos.
 *
 * <p>Threading: immutable.
 *
 * @param repos patterns of their names
 * @param weight its part where tenants compete
 * @param autoCreate whether a push makes a repo
 * @param limits of all its repos together
 * @param eachRepo of each of them
 * @param exports that each of them has
 */
public record TenantConfig(
        @Setting(
                        value = "[]",
                        doc =
                                "Names of its repos, * for any run of characters; of several tenants the"
                                        + " first that fits. The tenant 'default' has none: it has all"
                                        + " others.")
                List<String> repos,
        @Setting(
                        value = "1",
                        doc =
                                "Its part of disk, memory, open repos and deliveries where tenants want"
                                        + " more than there is.")
                int weight,
        @Setting(
                        value = "true",
                        doc =
                                "Whether a push to one of these names makes the repo. For 'default'"
                                        + " repos.auto_create says so.")
                boolean autoCreate,
        @Setting(doc = "What all its repos may have together on this node; 0 is no limit.")
                TenantLimits limits,
        @Setting(doc = "What each of its repos may have on this node; 0 is no limit.")
                RepoLimits eachRepo,
        @Setting(
                        value = "[]",
                        doc =
                                "Exports that each of its repos has, beside those of repos.exports: the"
                                        + " keys of exports below, without repo.")
                List<ExportTemplate> exports) {
    private static final String NAME = "[a-z0-9_-][a-z0-9._-]{0,63}";

    /** Checks ranges. */
    public TenantConfig {
        repos = List.copyOf(repos);
        exports = List.copyOf(exports);
    }

    /** The tenants of a configuration, without their exports. */
    public static Tenants tenants(Map<String, TenantConfig> configured) {
        List<TenantRule> rules = new ArrayList<>();
        configured.forEach((name, tenant) -> rules.add(tenant.rule(name)));
        return new Tenants(rules);
    }

    private TenantRule rule(String name) {
        if (!name.matches(NAME)) {
            throw new IllegalArgumentException(
                    "tenants: '" + name + "': 1 to 64 characters out of a-z 0-9 - _ .");
        }
        try {
            return new TenantRule(name, repos, weight, limits, eachRepo, autoCreate);
        } catch (IllegalArgumentException wrong) {
            throw new IllegalArgumentException(
                    "tenants: " + name + ": " + wrong.getMessage(), wrong);
        }
    }

    /** Cursors and dead letters of an export are kept under its name, in its repo. */
    static void refuseTwins(
            Map<String, TenantConfig> configured,
            List<ExportSpec> own,
            List<ExportTemplate> everywhere) {
        Tenants tenants = tenants(configured);
        for (Map.Entry<String, TenantConfig> tenant : configured.entrySet()) {
            Set<String> names = new HashSet<>();
            everywhere.forEach(template -> names.add(template.spec().name()));
            for (ExportTemplate template : tenant.getValue().exports()) {
                if (!names.add(template.spec().name())) {
                    throw twins(tenant.getKey(), template.spec().name());
                }
            }
            for (ExportSpec export : own) {
                if (tenants.tenantOf(export.repo()).equals(tenant.getKey())
                        && names.contains(export.name())) {
                    throw twins(tenant.getKey(), export.name());
                }
            }
        }
    }

    private static IllegalArgumentException twins(String tenant, String export) {
        return new IllegalArgumentException(
                "tenants: " + tenant + ": two exports of a repo are called '" + export + "'");
    }

    /** Every template of a configuration: of all repos, and of tenants'. */
    static List<ExportTemplate> templates(
            Map<String, TenantConfig> configured, List<ExportTemplate> everywhere) {
        List<ExportTemplate> all = new ArrayList<>(everywhere);
        configured.values().forEach(tenant -> all.addAll(tenant.exports()));
        return all;
    }
}
