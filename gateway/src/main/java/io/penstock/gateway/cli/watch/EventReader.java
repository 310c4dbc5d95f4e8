package io.penstock.gateway.cli.watch;

import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Server-sent events whose data is one line of JSON (HTML Living Standard, section 9.2).
 *
 * <p>Threading: confined to one thread.
 */
final class EventReader {
    private static final String DATA = "data:";

    private final BufferedReader lines;

    EventReader(InputStream in) {
        this.lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    }

    /** The next event; empty for lines that only keep the stream alive. */
    Optional<JsonObject> next() throws IOException {
        String line = lines.readLine();
        if (line == null) {
            throw new IOException("the node ended the stream");
        }
        return line.startsWith(DATA)
                ? Optional.of(new JsonObject(line.substring(DATA.length())))
                : Optional.empty();
    }
}
