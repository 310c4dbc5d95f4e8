package io.penstock.gateway.cli.watch;

import io.vertx.core.json.JsonObject;
import java.util.Comparator;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** By what {@code top} sorts exports; repos follow where they have the same. */
enum SortKey {
    /** By name. */
    NAME('n', ""),
    /** Records delivered in a second; of repos accepted. */
    RATE('r', "delivered_per_s"),
    /** Records that wait. */
    LAG('l', "lag_records"),
    /** Bytes that wait. */
    BYTES('b', "lag_bytes"),
    /** How long the oldest has waited. */
    AGE('a', "oldest_age_ms"),
    /** What needs a look first. */
    STATE('s', "");

    private final char key;
    private final String field;

    SortKey(char key, String field) {
        this.key = key;
        this.field = field;
    }

    /** The one that a key of the keyboard means, or null. */
    static @Nullable SortKey of(int pressed) {
        for (SortKey each : values()) {
            if (each.key == pressed) {
                return each;
            }
        }
        return null;
    }

    char key() {
        return key;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Largest first, or by name; equal ones always by name. */
    Comparator<JsonObject> exports() {
        Comparator<JsonObject> byName = Comparator.comparing(SortKey::title);
        return switch (this) {
            case NAME -> byName;
            case STATE -> Comparator.comparing(Standing::of).reversed().thenComparing(byName);
            default -> largest(field).thenComparing(byName);
        };
    }

    /** The same of repos. */
    Comparator<JsonObject> repos() {
        Comparator<JsonObject> byName = Comparator.comparing(SortKey::title);
        return switch (this) {
            case RATE -> largest("accepted_per_s").thenComparing(byName);
            case BYTES -> largest("staged_bytes").thenComparing(byName);
            default -> byName;
        };
    }

    private static Comparator<JsonObject> largest(String field) {
        return Comparator.comparing(row -> -row.getLong(field, 0L));
    }

    private static String title(JsonObject row) {
        return row.getString("repo") + "/" + row.getString("export", "");
    }
}
