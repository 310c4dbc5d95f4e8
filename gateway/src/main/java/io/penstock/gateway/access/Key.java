package io.penstock.gateway.access;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A key as it is kept. Times are Unix milliseconds. Threading: immutable.
 *
 * @param id finds it
 * @param name for people
 * @param rights what it may
 * @param createdMs when it was made
 * @param expiresMs from when on it is good no more; {@link #NEVER} for always
 * @param revokedMs when it was revoked; {@link #NEVER} when it was not
 * @param secrets newest first; those behind the first end after their time of grace
 */
public record Key(
        String id,
        String name,
        Rights rights,
        long createdMs,
        long expiresMs,
        long revokedMs,
        List<KeySecret> secrets) {

    /** No such time. */
    public static final long NEVER = 0;

    /** Secrets that may be good at once: rotations within one time of grace, and one. */
    public static final int MAX_SECRETS = 4;

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9 _.@/-]{0,63}");

    /**
     * What a key, or an identity, may.
     *
     * @param roles what may be done
     * @param scope to which repos
     */
    public record Rights(Set<Role> roles, Scope scope) {
        /** Checks that there is a role. */
        public Rights {
            roles = Set.copyOf(roles);
            if (roles.isEmpty()) {
                throw new IllegalArgumentException("roles: none; name push, read or admin");
            }
        }
    }

    /** Checks forms. */
    public Key {
        secrets = List.copyOf(secrets);
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "name: 1 to 64 letters, digits, spaces or _ . @ / - are wanted");
        }
    }

    /** With a new secret in front; those before end at a time. */
    Key rotated(KeySecret fresh, long oldUntilMs, long nowMs) {
        List<KeySecret> kept = new ArrayList<>();
        kept.add(fresh);
        for (KeySecret old : secrets) {
            KeySecret ending = old.until(oldUntilMs);
            if (!ending.isOver(nowMs) && kept.size() < MAX_SECRETS) {
                kept.add(ending);
            }
        }
        return new Key(id, name, rights, createdMs, expiresMs, revokedMs, kept);
    }

    Key revoked(long nowMs) {
        return new Key(id, name, rights, createdMs, expiresMs, nowMs, secrets);
    }

    /** {@code good}, {@code expired} or {@code revoked}. */
    public String state(long nowMs) {
        if (revokedMs != NEVER) {
            return "revoked";
        }
        return expiresMs != NEVER && nowMs >= expiresMs ? "expired" : "good";
    }

    /** For people, without anything secret. */
    @Override
    public String toString() {
        return "key " + id + " (" + name + ")";
    }
}
