package io.penstock.gateway.access;

import io.penstock.model.RepoName;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What somebody may, at every time that it is asked: a revoked key's grant says so from then on, to
 * whoever holds it.
 *
 * <p>Threading: any thread; asking allocates nothing where the answer is yes.
 */
public final class Grant {
    /** Names whose answer is remembered; beyond that they are worked out again. */
    private static final int MAX_REMEMBERED = 1024;

    /** Pushes anywhere, and does nothing else: the data port of a node without keys. */
    public static final Grant ANYONE =
            fixed(Principal.ANONYMOUS, new Key.Rights(Set.of(Role.PUSH), Scope.WHOLE), repo -> "");

    /** May nothing. */
    public static final Grant NOBODY = new Grant(Principal.ANONYMOUS, repo -> "", Terms.none());

    private final Principal principal;
    private final Function<RepoName, String> tenants;
    private final BooleanSupplier withdrawn;
    private volatile Terms terms;

    /**
     * What holds now.
     *
     * @param ended why nothing may be done any more; null as long as it may
     */
    private record Terms(
            Set<Role> roles,
            Scope scope,
            long untilMs,
            @Nullable Denial ended,
            Map<RepoName, Boolean> covered) {
        static Terms of(Key.Rights rights, long untilMs) {
            return new Terms(
                    Role.closure(rights.roles()),
                    rights.scope(),
                    untilMs,
                    null,
                    new ConcurrentHashMap<>());
        }

        static Terms ended(Denial why) {
            return new Terms(Set.of(), Scope.WHOLE, Key.NEVER, why, Map.of());
        }

        static Terms none() {
            return ended(Denial.unknown("nothing says who asks"));
        }
    }

    private Grant(Principal principal, Function<RepoName, String> tenants, Terms terms) {
        this(principal, tenants, terms, () -> false);
    }

    private Grant(
            Principal principal,
            Function<RepoName, String> tenants,
            Terms terms,
            BooleanSupplier withdrawn) {
        this.principal = principal;
        this.tenants = tenants;
        this.terms = terms;
        this.withdrawn = withdrawn;
    }

    /** That of a token, as long as what vouches for it is not withdrawn. */
    static Grant ofToken(
            Principal who,
            Key.Rights rights,
            long untilMs,
            Function<RepoName, String> tenants,
            BooleanSupplier withdrawn) {
        return new Grant(who, tenants, Terms.of(rights, untilMs), withdrawn);
    }

    /** One that says no, and why. */
    static Grant refused(Principal who, Denial why) {
        return new Grant(who, repo -> "", Terms.ended(why));
    }

    /** One that stays as it is. */
    static Grant fixed(Principal principal, Key.Rights rights, Function<RepoName, String> tenants) {
        return new Grant(principal, tenants, Terms.of(rights, Key.NEVER));
    }

    /** That of a secret of a key, as the key says now. */
    static Grant of(Key key, KeySecret secret, Function<RepoName, String> tenants) {
        Grant grant = new Grant(Principal.of(key), tenants, Terms.none());
        grant.become(key, secret);
        return grant;
    }

    /** The key says otherwise from now on. */
    void become(Key key, KeySecret secret) {
        if (key.revokedMs() != Key.NEVER) {
            terms = Terms.ended(Denial.unknown(Principal.of(key) + " is revoked"));
            return;
        }
        long secretMs = secret.untilMs();
        long keyMs = key.expiresMs();
        boolean both = secretMs != Key.NEVER && keyMs != Key.NEVER;
        long until = both ? Math.min(secretMs, keyMs) : Math.max(secretMs, keyMs);
        terms = Terms.of(key.rights(), until);
    }

    /** The key, or its secret, is gone. */
    void end() {
        terms = Terms.ended(Denial.unknown(principal + " is no more"));
    }

    /** Who has it. */
    public Principal principal() {
        return principal;
    }

    /** Whether all repos are within. */
    boolean isWhole() {
        return terms.scope().isWhole();
    }

    /** Why it cannot be used at all, or null; times are Unix milliseconds. */
    @Nullable Denial over(long nowMs) {
        Terms now = terms;
        if (now.ended() != null) {
            return now.ended();
        }
        if (withdrawn.getAsBoolean()) {
            return Denial.unknown(principal + ": the key that signed the token is withdrawn");
        }
        return now.untilMs() != Key.NEVER && nowMs >= now.untilMs()
                ? Denial.unknown(principal + " has expired")
                : null;
    }

    /** Why something may not be done, wherever, or null when it may. */
    public @Nullable Denial denial(Role role, long nowMs) {
        Denial over = over(nowMs);
        if (over != null) {
            return over;
        }
        Set<Role> roles = terms.roles();
        return roles.contains(role)
                ? null
                : Denial.forbidden(
                        principal
                                + " lacks the role "
                                + role.word()
                                + "; it has: "
                                + Role.words(roles));
    }

    /** Why something may not be done to a repo, or null when it may. */
    public @Nullable Denial denial(Role role, RepoName repo, long nowMs) {
        Denial denial = denial(role, nowMs);
        if (denial != null) {
            return denial;
        }
        Terms now = terms;
        return now.scope().isWhole() || covers(now, repo)
                ? null
                : Denial.forbidden(principal + " does not reach repo " + repo.value());
    }

    private boolean covers(Terms now, RepoName repo) {
        Boolean known = now.covered().get(repo);
        if (known != null) {
            return known;
        }
        boolean covered = now.scope().covers(repo, tenants);
        if (now.ended() == null && now.covered().size() < MAX_REMEMBERED) {
            now.covered().put(repo, covered);
        }
        return covered;
    }
}
