package io.penstock.gateway.access;

import io.penstock.gateway.access.AccessConfig.Anonymous;
import io.penstock.gateway.tls.PeerIdentity;
import io.penstock.model.RepoName;
import io.vertx.core.http.HttpConnection;
import java.util.List;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Finds out who asks, and so what may be done.
 *
 * <p>Threading: any thread; an {@link Entrance} on its own.
 */
public final class Gate {
    private static final Denial MISSING =
            Denial.unknown(
                    "a key is needed: send it as \"Authorization: Bearer pk_...\" (penstock: --key"
                            + " or PENSTOCK_KEY)");
    private static final Denial WRONG = Denial.unknown("there is no such key");

    private final AccessConfig config;
    private final Anonymous anonymous;
    private final Keyring keys;
    private final Tokens tokens;
    private final Identities identities;
    private final Function<RepoName, String> tenants;
    private final LongSupplier clock;

    /**
     * Where it is looked for who somebody is.
     *
     * @param clock Unix milliseconds
     */
    record Sources(
            Keyring keys,
            Tokens tokens,
            Identities identities,
            Function<RepoName, String> tenants,
            LongSupplier clock) {}

    Gate(AccessConfig config, Anonymous anonymous, Sources sources) {
        this.config = config;
        this.anonymous = anonymous;
        this.keys = sources.keys();
        this.tokens = sources.tokens();
        this.identities = sources.identities();
        this.tenants = sources.tenants();
        this.clock = sources.clock();
    }

    /** One that lets everybody push: for data ports without a node around them. */
    public static Gate open() {
        AccessConfig open =
                new AccessConfig(
                        "", Anonymous.PUSH, false, 1_000, 1 << 20, List.of(), JwtConfig.OFF);
        return new Gate(
                open,
                Anonymous.PUSH,
                new Sources(
                        new Keyring(repo -> ""),
                        Tokens.NONE,
                        Identities.NONE,
                        repo -> "",
                        System::currentTimeMillis));
    }

    /** Whether nobody has anything to show, so that nothing need be looked at. */
    public boolean isOpen() {
        return !config.knowsSomebody() && anonymous != Anonymous.NONE;
    }

    /** What holds for a batch of which nobody noted whose it is: as much as for anybody. */
    public Grant anybody() {
        return anonymous == Anonymous.NONE ? Grant.NOBODY : Grant.ANYONE;
    }

    /** Unix milliseconds. */
    public long nowMs() {
        return clock.getAsLong();
    }

    /**
     * Whose a request to the data port is, who may or may not push by {@link #mayEnter}.
     *
     * @param authorization the header, or null
     */
    public Grant enter(
            Entrance entrance, HttpConnection connection, @Nullable String authorization) {
        Grant shown = shown(entrance, connection, authorization);
        return shown == null ? anybody() : shown;
    }

    /** Why a request is refused before it is known to which repo it goes, or null. */
    public @Nullable Denial mayEnter(Grant grant, @Nullable String authorization) {
        if (grant.equals(Grant.NOBODY)) {
            return missing(authorization);
        }
        return grant.denial(Role.PUSH, clock.getAsLong());
    }

    static Denial missing(@Nullable String authorization) {
        return authorization == null ? MISSING : WRONG;
    }

    /**
     * The grant of the header, or else of the certificate; null for those of whom nothing is known.
     * A header that no key has is {@link Grant#NOBODY}, whatever else is allowed.
     */
    @Nullable Grant shown(
            Entrance entrance, HttpConnection connection, @Nullable String authorization) {
        if (authorization != null && config.knowsSecrets()) {
            Grant known = entrance.known(authorization);
            return known == null || isOver(known) ? verified(entrance, authorization) : known;
        }
        if (!entrance.looked()) {
            entrance.found(config.identities().isEmpty() ? null : identified(connection));
        }
        return entrance.byCertificate();
    }

    /** A token is looked at anew then: what it is refused for is told, and its key may be back. */
    private boolean isOver(Grant known) {
        return known.principal().isToken() && known.over(clock.getAsLong()) != null;
    }

    private Grant verified(Entrance entrance, String authorization) {
        KeyToken token = Bearer.token(authorization);
        Grant found = token == null ? token(authorization) : keys.find(token);
        if (found == null) {
            return Grant.NOBODY;
        }
        if (token != null || found.over(clock.getAsLong()) == null) {
            entrance.verified(authorization, found);
        }
        return found;
    }

    private @Nullable Grant token(String authorization) {
        String jwt = Bearer.jwt(authorization);
        return jwt == null ? null : tokens.find(jwt);
    }

    private @Nullable Grant identified(HttpConnection connection) {
        PeerIdentity who = identities.of(connection);
        if (who == null) {
            return null;
        }
        return config.identities().stream()
                .filter(identity -> identity.fits(who))
                .findFirst()
                .map(
                        identity ->
                                Grant.fixed(
                                        Principal.identity(who.shortName()),
                                        identity.rights(),
                                        tenants))
                .orElse(null);
    }
}
