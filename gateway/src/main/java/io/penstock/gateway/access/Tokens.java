package io.penstock.gateway.access;

import io.penstock.gateway.token.SigningKeys;
import io.penstock.gateway.token.TokenCheck;
import io.penstock.gateway.token.TokenFault;
import io.penstock.gateway.token.Verdict;
import io.penstock.model.RepoName;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Tokens of an OpenID Connect issuer, and the grants of those that hold. A grant that was handed
 * out ends with its token, or when the issuer withdraws the key that signed it, for whoever has it.
 *
 * <p>Verified tokens are remembered by their SHA-256 until they end: what is verified again is only
 * what has fallen out behind {@link #MAX_REMEMBERED} others. Tokens themselves are kept nowhere.
 *
 * <p>Threading: any thread; a token that is not known is verified on the caller's.
 */
public final class Tokens {
    /** Tokens that are remembered. */
    static final int MAX_REMEMBERED = 4_096;

    /** Tokens whose signature does not hold that are remembered, too, for {@link #WRONG_MS}. */
    static final int MAX_WRONG = 1_024;

    /** By then a key of the same name may be another. */
    static final long WRONG_MS = 10_000;

    /** None is taken. */
    static final Tokens NONE = new Tokens(JwtConfig.OFF, null, null, repo -> "", () -> 0);

    /** When to ask again while keys are being looked for. */
    private static final long LATER_MS = 1_000;

    private final JwtConfig config;
    private final @Nullable SigningKeys keys;
    private final @Nullable TokenCheck check;
    private final Function<RepoName, String> tenants;
    private final LongSupplier clock;
    private final LongAdder good = new LongAdder();
    private final LongAdder remembered = new LongAdder();
    private final Map<TokenFault, LongAdder> faults = new EnumMap<>(TokenFault.class);

    // each guarded by itself; the least lately used goes first
    private final Map<ByteBuffer, Grant> known = bounded(MAX_REMEMBERED);
    private final Map<ByteBuffer, Long> wrong = bounded(MAX_WRONG);

    private Tokens(
            JwtConfig config,
            @Nullable SigningKeys keys,
            @Nullable TokenCheck check,
            Function<RepoName, String> tenants,
            LongSupplier clock) {
        this.config = config;
        this.keys = keys;
        this.check = check;
        this.tenants = tenants;
        this.clock = clock;
        for (TokenFault fault : TokenFault.values()) {
            faults.put(fault, new LongAdder());
        }
    }

    static Tokens of(
            Vertx vertx, JwtConfig config, Function<RepoName, String> tenants, LongSupplier clock) {
        SigningKeys keys =
                new SigningKeys(vertx, config.source(), Set.copyOf(config.algorithms()), clock);
        return new Tokens(config, keys, new TokenCheck(config.rules(), keys), tenants, clock);
    }

    private static <V> Map<ByteBuffer, V> bounded(int most) {
        return new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<ByteBuffer, V> eldest) {
                return size() > most;
            }
        };
    }

    /** Whether a text has the form of one: a JSON object in base64url begins with {@code ey}. */
    public static boolean isLikeOne(String text) {
        int first = text.indexOf('.');
        int second = text.indexOf('.', first + 1);
        return text.startsWith("ey")
                && first > 0
                && second > 0
                && text.indexOf('.', second + 1) < 0;
    }

    Future<?> open() {
        return keys == null ? Future.succeededFuture() : keys.open();
    }

    Future<?> close() {
        return keys == null ? Future.succeededFuture() : keys.close();
    }

    /**
     * The grant of a token; one that says no, and why, when it does not hold. Null without issuer.
     */
    @Nullable Grant find(String token) {
        TokenCheck by = check;
        if (by == null) {
            return null;
        }
        long nowMs = clock.getAsLong();
        if (token.length() > config.maxTokenBytes()) {
            return refused((Verdict.Bad) by.check(token, nowMs)); // not hashed, either
        }
        ByteBuffer hash = hash(token);
        Grant before = known(hash, nowMs);
        if (before != null) {
            remembered.increment();
            return before;
        }
        Verdict verdict = isWrong(hash, nowMs) ? TokenCheck.NOT_SIGNED : by.check(token, nowMs);
        if (verdict instanceof Verdict.Bad bad) {
            if (bad.fault() == TokenFault.SIGNATURE) {
                rememberWrong(hash, nowMs);
            }
            return refused(bad);
        }
        Grant grant = granted((Verdict.Good) verdict);
        if (grant.over(nowMs) == null) {
            good.increment();
            remember(hash, grant);
        }
        return grant;
    }

    private @Nullable Grant known(ByteBuffer hash, long nowMs) {
        synchronized (known) {
            Grant grant = known.get(hash);
            if (grant == null || grant.over(nowMs) == null) {
                return grant;
            }
            known.remove(hash);
            return null;
        }
    }

    private boolean isWrong(ByteBuffer hash, long nowMs) {
        synchronized (wrong) {
            Long untilMs = wrong.get(hash);
            return untilMs != null && nowMs < untilMs;
        }
    }

    private void rememberWrong(ByteBuffer hash, long nowMs) {
        synchronized (wrong) {
            Long before = wrong.get(hash);
            if (before == null || nowMs >= before) { // a client that repeats it gets no more time
                wrong.put(hash, nowMs + WRONG_MS);
            }
        }
    }

    private void remember(ByteBuffer hash, Grant grant) {
        synchronized (known) {
            known.put(hash, grant);
        }
    }

    private Grant refused(Verdict.Bad bad) {
        count(bad.fault());
        return Grant.refused(
                Principal.ANONYMOUS,
                bad.fault() == TokenFault.KEYS_UNKNOWN
                        ? Denial.later(bad.message(), LATER_MS)
                        : Denial.unknown(bad.message()));
    }

    private Grant granted(Verdict.Good held) {
        JwtClaims claims = new JwtClaims(config, held.claims());
        Principal who = claims.principal();
        Set<Role> roles = claims.roles();
        Scope scope = claims.scope();
        if (roles.isEmpty() || scope == null) {
            count(TokenFault.CLAIMS);
            String lacks =
                    roles.isEmpty()
                            ? "none of the roles of access.jwt.roles"
                            : "no tenant in its claim " + config.tenantClaim();
            return Grant.refused(who, Denial.forbidden(who + " has " + lacks));
        }
        Key.Rights rights = new Key.Rights(roles, scope);
        return Grant.ofToken(who, rights, held.untilMs(), tenants, held.key()::isWithdrawn);
    }

    private void count(TokenFault fault) {
        Objects.requireNonNull(faults.get(fault)).increment();
    }

    private static ByteBuffer hash(String token) {
        try {
            return ByteBuffer.wrap(
                    MessageDigest.getInstance("SHA-256")
                            .digest(token.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            // every Java platform must have it
            throw new IllegalStateException(impossible);
        }
    }

    /** How many tokens were looked at, by what was found. */
    public Map<String, Long> outcomes() {
        Map<String, Long> all = new LinkedHashMap<>();
        all.put("good", good.sum());
        all.put("remembered", remembered.sum());
        faults.forEach((fault, count) -> all.put(fault.word(), count.sum()));
        return all;
    }

    /** Keys of the issuer that are known. */
    public int keys() {
        return keys == null ? 0 : keys.size();
    }

    /** Seconds since they were had; -1 for never. */
    public long keysAgeS() {
        long hadMs = keys == null ? 0 : keys.goodMs();
        return hadMs == 0 ? -1 : Math.max(0, (clock.getAsLong() - hadMs) / 1_000);
    }

    /** Times that they could not be had. */
    public long failures() {
        return keys == null ? 0 : keys.failures();
    }
}
