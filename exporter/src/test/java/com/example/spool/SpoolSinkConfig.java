package com.example.spool;

import io.penstock.model.Setting;
import java.nio.file.Path;

/** Keys of the sink spool. */
public record SpoolSinkConfig(
        @Setting(doc = "Where the files appear; made when missing.") Path directory,
        @Setting(value = ".ndjson", doc = "What their names end with.") String suffix) {

    /** Refuses what cannot work; the message begins with the key. */
    public SpoolSinkConfig {
        if (!suffix.startsWith(".") || suffix.contains("/")) {
            throw new IllegalArgumentException("suffix: begins with a dot and has no slash");
        }
    }
}
