package io.penstock.gateway.config;

import io.penstock.model.Setting;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Sink types that use every kind of value. */
final class TestSinks implements SinkTypes {

    record Nothing() {}

    record Everything(
            @Setting(doc = "Where to.") Path directory,
            @Setting(value = "1MiB", doc = "Size.") long rollBytes,
            @Setting(value = "1.5", doc = "Factor.") double factor,
            @Setting(value = "true", doc = "Flag.") boolean sure,
            @Setting(value = "{}", doc = "Headers.") Map<String, String> headers) {
        Everything {
            if (rollBytes < 1024) {
                throw new IllegalArgumentException("roll_bytes: at least 1KiB");
            }
        }
    }

    @Override
    public Set<String> names() {
        return new TreeSet<>(Set.of("blackhole", "file"));
    }

    @Override
    public @Nullable Class<? extends Record> settingsOf(String type) {
        return switch (type) {
            case "blackhole" -> Nothing.class;
            case "file" -> Everything.class;
            default -> null;
        };
    }
}
