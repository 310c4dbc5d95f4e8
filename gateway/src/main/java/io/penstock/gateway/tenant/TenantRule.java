package io.penstock.gateway.tenant;

import io.penstock.model.Require;
import java.util.List;

/**
 * What the configuration says of a tenant.
 *
 * <p>Threading: immutable.
 *
 * @param name of the tenant
 * @param repos patterns of the names of its repos; none for the tenant of all others
 * @param weight its part where tenants compete
 * @param limits of all its repos together
 * @param eachRepo of each of them
 * @param autoCreate whether a push makes a repo
 */
public record TenantRule(
        String name,
        List<String> repos,
        int weight,
        TenantLimits limits,
        RepoLimits eachRepo,
        boolean autoCreate) {
    /** The tenant of repos that are nobody else's. */
    public static final String DEFAULT = "default";

    private static final int MAX_WEIGHT = 1_000;
    private static final int MAX_PATTERNS = 10_000;

    /** Checks ranges. */
    public TenantRule {
        repos = List.copyOf(repos);
        Require.within("weight", weight, 1, MAX_WEIGHT);
        Require.within("repos", repos.size(), 0, MAX_PATTERNS);
        repos.forEach(RepoPattern::new);
        if (name.equals(DEFAULT) != repos.isEmpty()) {
            throw new IllegalArgumentException(
                    name.equals(DEFAULT)
                            ? "repos: the tenant 'default' has those that are nobody else's"
                            : "repos: a tenant has at least one");
        }
    }

    static TenantRule unnamed() {
        return new TenantRule(DEFAULT, List.of(), 1, TenantLimits.NONE, RepoLimits.NONE, true);
    }
}
