package io.penstock.gateway.access;

import io.penstock.model.RepoName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The keys that a running node goes by, and the grants that it has handed out for them.
 *
 * <p>Threading: {@link #update} by one thread at a time, all else on any thread.
 */
final class Keyring {
    private final Function<RepoName, String> tenants;
    private volatile Map<String, List<Held>> keys = Map.of();

    /** A secret and its grant. */
    private record Held(KeySecret secret, Grant grant) {}

    Keyring(Function<RepoName, String> tenants) {
        this.tenants = tenants;
    }

    /** From now on these are the keys; grants of others end. */
    void update(List<Key> now) {
        Map<String, List<Held>> before = keys;
        Map<String, List<Held>> after = new HashMap<>();
        for (Key key : now) {
            List<Held> known = before.getOrDefault(key.id(), List.of());
            List<Held> held = new ArrayList<>();
            for (KeySecret secret : key.secrets()) {
                held.add(held(key, secret, known));
            }
            after.put(key.id(), List.copyOf(held));
        }
        keys = after;
        before.forEach((id, held) -> held.forEach(old -> endUnlessThere(old, after.get(id))));
    }

    private Held held(Key key, KeySecret secret, List<Held> known) {
        for (Held old : known) {
            if (old.secret().isSame(secret)) {
                old.grant().become(key, secret);
                return new Held(secret, old.grant());
            }
        }
        return new Held(secret, Grant.of(key, secret, tenants));
    }

    private static void endUnlessThere(Held old, @Nullable List<Held> now) {
        boolean there =
                now != null && now.stream().anyMatch(held -> held.grant().equals(old.grant()));
        if (!there) {
            old.grant().end();
        }
    }

    /** The grant of a token, or null when no key has that secret. */
    @Nullable Grant find(KeyToken token) {
        for (Held held : keys.getOrDefault(token.id(), List.of())) {
            if (held.secret().matches(token.secret())) {
                return held.grant();
            }
        }
        return null;
    }

    int size() {
        return keys.size();
    }
}
