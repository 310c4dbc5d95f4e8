package io.penstock.gateway.tenant;

import io.penstock.model.RepoName;
import io.penstock.model.Require;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Whose a repo is: the first tenant's, in the order of the configuration, of which a pattern fits
 * its name; else that of {@code default}.
 *
 * <p>Costs a look into a table where the name is written out, and a comparison per pattern
 * otherwise: whoever asks often keeps the answer.
 *
 * <p>Threading: immutable.
 */
public final class Tenants {
    private static final int MAX_TENANTS = 1_000;

    /** A pattern, and where its tenant stands. */
    private record Entry(RepoPattern pattern, TenantRule rule, int place) {}

    private final Map<String, TenantRule> rules = new LinkedHashMap<>();
    private final Map<String, Entry> exact = new HashMap<>();
    private final List<Entry> patterns = new ArrayList<>();
    private final TenantRule others;

    /** Of these rules; {@code default} may be among them. */
    public Tenants(List<TenantRule> configured) {
        Require.within("tenants", configured.size(), 0, MAX_TENANTS);
        TenantRule rest = TenantRule.unnamed();
        Set<String> names = new HashSet<>();
        for (TenantRule rule : configured) {
            if (!names.add(rule.name())) {
                throw new IllegalArgumentException("two tenants are called '" + rule.name() + "'");
            }
            if (rule.name().equals(TenantRule.DEFAULT)) {
                rest = rule;
            } else {
                add(rule);
            }
        }
        others = rest;
        rules.put(rest.name(), rest);
    }

    private void add(TenantRule rule) {
        int place = rules.size();
        rules.put(rule.name(), rule);
        for (String text : rule.repos()) {
            Entry entry = new Entry(new RepoPattern(text), rule, place);
            if (text.indexOf('*') < 0) {
                exact.putIfAbsent(text, entry);
            } else {
                patterns.add(entry);
            }
        }
    }

    /** Name of the tenant that a repo belongs to, whether the repo exists or not. */
    public String tenantOf(RepoName repo) {
        return ruleOf(repo).name();
    }

    TenantRule ruleOf(RepoName repo) {
        String name = repo.value();
        Entry named = exact.get(name);
        int before = named == null ? Integer.MAX_VALUE : named.place;
        for (Entry entry : patterns) {
            if (entry.place >= before) {
                break;
            }
            if (entry.pattern.fits(name)) {
                return entry.rule;
            }
        }
        return named == null ? others : named.rule;
    }

    /** All of them, in the order of the configuration, {@code default} last. */
    List<TenantRule> all() {
        return List.copyOf(rules.values());
    }

    /** Whether there are others than {@code default}. */
    boolean areSeveral() {
        return rules.size() > 1;
    }
}
