package io.penstock.gateway.access;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the claims of a good token say of its holder.
 *
 * <p>Threading: immutable.
 */
final class JwtClaims {
    private static final int MAX_NAME = 128;
    private static final int MAX_WORDS = 256;

    private final JwtConfig config;
    private final JsonObject claims;

    JwtClaims(JwtConfig config, JsonObject claims) {
        this.config = config;
        this.claims = claims;
    }

    /** Who it is; what could not be shown to people is left out of the name. */
    Principal principal() {
        Object name = at(claims, config.nameClaim());
        if (!(name instanceof String text)) {
            return Principal.token("");
        }
        String shown = text.replaceAll("[^\\x20-\\x7e]", "?");
        return Principal.token(shown.length() > MAX_NAME ? shown.substring(0, MAX_NAME) : shown);
    }

    /** What may be done by the words that it has; empty for nothing. */
    Set<Role> roles() {
        EnumSet<Role> roles = EnumSet.noneOf(Role.class);
        words().map(config.roles()::get).filter(Objects::nonNull).forEach(roles::add);
        return roles;
    }

    /** Which repos are reached; null for none. */
    @Nullable Scope scope() {
        if (config.tenantClaim().isEmpty() || words().anyMatch(config.everyTenant()::contains)) {
            return Scope.WHOLE;
        }
        Object tenant = at(claims, config.tenantClaim());
        // nobody becomes everybody by what stands in a claim
        if (!(tenant instanceof String name) || name.equals(Scope.EVERY)) {
            return null;
        }
        try {
            return new Scope(name, List.of());
        } catch (IllegalArgumentException noTenant) {
            return null;
        }
    }

    private Stream<String> words() {
        Object said = at(claims, config.rolesClaim());
        if (said instanceof String text) {
            return Stream.of(text.split(" ", MAX_WORDS));
        }
        return said instanceof JsonArray list
                ? list.stream()
                        .limit(MAX_WORDS)
                        .filter(String.class::isInstance)
                        .map(String.class::cast)
                : Stream.of();
    }

    /** A claim of that name, or else what a path of names leads to. */
    private static @Nullable Object at(JsonObject from, String path) {
        Object direct = from.getValue(path);
        int dot = path.indexOf('.');
        if (direct != null || dot < 0) {
            return direct;
        }
        Object inner = from.getValue(path.substring(0, dot));
        return inner instanceof JsonObject claims ? at(claims, path.substring(dot + 1)) : null;
    }
}
