package io.penstock.gateway.access;

import io.penstock.model.RepoName;
import io.penstock.model.Require;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Which repos somebody is let near. Threading: immutable.
 *
 * @param tenant owner of the repos, or {@link #EVERY} for all of them
 * @param repos names, {@code *} standing for any run of characters; empty for all of the tenant's
 */
public record Scope(String tenant, List<String> repos) {
    /** Every tenant. */
    public static final String EVERY = "*";

    /** Most patterns. */
    public static final int MAX_PATTERNS = 64;

    private static final Pattern TENANT = Pattern.compile("\\*|[A-Za-z0-9_-][A-Za-z0-9_.-]{0,63}");
    private static final Pattern REPO = Pattern.compile("[A-Za-z0-9_.*-]{1,128}");

    /** All repos. */
    public static final Scope WHOLE = new Scope(EVERY, List.of());

    /** Checks forms. */
    public Scope {
        repos = List.copyOf(repos);
        check(tenant, repos);
    }

    /**
     * Checks what a configuration says.
     *
     * @throws IllegalArgumentException naming the key that is wrong
     */
    static void check(String tenant, List<String> repos) {
        Require.that(
                TENANT.matcher(tenant).matches(),
                "tenant: '" + tenant + "' is not * or 1 to 64 characters out of A-Z a-z 0-9 - _ .");
        Require.that(
                repos.size() <= MAX_PATTERNS, "repos: more than " + MAX_PATTERNS + " patterns");
        for (String repo : repos) {
            Require.that(
                    REPO.matcher(repo).matches(), "repos: '" + repo + "' is no pattern of names");
        }
    }

    /** Whether nothing is outside. */
    public boolean isWhole() {
        return tenant.equals(EVERY) && repos.isEmpty();
    }

    /** Whether a repo is inside. */
    public boolean covers(RepoName repo, Function<RepoName, String> tenants) {
        return (tenant.equals(EVERY) || tenant.equals(tenants.apply(repo)))
                && (repos.isEmpty() || repos.stream().anyMatch(p -> fits(p, repo.value())));
    }

    /** In steps of at most pattern times name: no pattern makes it slow. */
    static boolean fits(String pattern, String name) {
        int at = 0;
        int in = 0;
        int star = -1;
        int mark = 0;
        while (in < name.length()) {
            if (at < pattern.length() && pattern.charAt(at) == '*') {
                star = at++;
                mark = in;
            } else if (at < pattern.length() && pattern.charAt(at) == name.charAt(in)) {
                at++;
                in++;
            } else if (star >= 0) {
                at = star + 1;
                in = ++mark;
            } else {
                return false;
            }
        }
        while (at < pattern.length() && pattern.charAt(at) == '*') {
            at++;
        }
        return at == pattern.length();
    }

    @Override
    public String toString() {
        return (tenant.equals(EVERY) ? "every tenant" : "tenant " + tenant)
                + (repos.isEmpty() ? "" : ", repos " + String.join(" ", repos));
    }
}
