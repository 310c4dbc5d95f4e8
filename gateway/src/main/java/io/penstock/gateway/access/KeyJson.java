package io.penstock.gateway.access;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Keys as JSON: in the file with their hashes, for people without. */
public final class KeyJson {
    private KeyJson() {}

    /**
     * A key for people: all but its hashes.
     *
     * @param nowMs Unix milliseconds, by which its state is told
     */
    public static JsonObject shown(Key key, long nowMs) {
        long good = key.secrets().stream().filter(s -> !s.isOver(nowMs)).count();
        return head(key).put("state", key.state(nowMs)).put("secrets", good);
    }

    static JsonObject kept(Key key) {
        JsonArray secrets = new JsonArray();
        for (KeySecret secret : key.secrets()) {
            JsonObject one =
                    new JsonObject().put("salt", secret.saltHex()).put("sha256", secret.hashHex());
            time(one, "until", secret.untilMs());
            secrets.add(one);
        }
        return head(key).put("secrets", secrets);
    }

    private static JsonObject head(Key key) {
        JsonArray roles = new JsonArray();
        key.rights().roles().stream().sorted().map(Role::word).forEach(roles::add);
        JsonObject json =
                new JsonObject()
                        .put("id", key.id())
                        .put("name", key.name())
                        .put("tenant", key.rights().scope().tenant())
                        .put("repos", new JsonArray(key.rights().scope().repos()))
                        .put("roles", roles);
        time(json, "created", key.createdMs());
        time(json, "expires", key.expiresMs());
        time(json, "revoked", key.revokedMs());
        return json;
    }

    private static void time(JsonObject json, String name, long ms) {
        if (ms != Key.NEVER) {
            json.put(name, Instant.ofEpochMilli(ms).toString());
        }
    }

    /**
     * A key of a file.
     *
     * @throws RuntimeException when it is none
     */
    static Key read(JsonObject json) {
        List<KeySecret> secrets = new ArrayList<>();
        for (Object each : json.getJsonArray("secrets")) {
            JsonObject one = (JsonObject) each;
            secrets.add(
                    KeySecret.kept(
                            one.getString("salt"), one.getString("sha256"), time(one, "until")));
        }
        return new Key(
                json.getString("id"),
                json.getString("name"),
                rights(json),
                time(json, "created"),
                time(json, "expires"),
                time(json, "revoked"),
                secrets);
    }

    /**
     * What a request, or a file, says that a key may.
     *
     * @throws IllegalArgumentException when a word is none that is known
     */
    public static Key.Rights rights(JsonObject json) {
        Set<Role> roles = EnumSet.noneOf(Role.class);
        words(json, "roles").forEach(word -> roles.add(Role.of(word)));
        Object tenant = json.getValue("tenant", Scope.EVERY);
        return new Key.Rights(roles, new Scope(String.valueOf(tenant), words(json, "repos")));
    }

    private static List<String> words(JsonObject json, String name) {
        Object given = json.getValue(name, new JsonArray());
        if (!(given instanceof JsonArray array)) {
            throw new IllegalArgumentException(name + ": expected a list of words");
        }
        return array.stream().map(String::valueOf).toList();
    }

    private static long time(JsonObject json, String name) {
        String text = json.getString(name);
        return text == null ? Key.NEVER : Instant.parse(text).toEpochMilli();
    }
}
