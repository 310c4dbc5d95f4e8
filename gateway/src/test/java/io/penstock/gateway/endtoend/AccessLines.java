package io.penstock.gateway.endtoend;

import io.penstock.exporter.record.WriteBuffer;
import io.penstock.gateway.accesslog.AccessLogGenerator;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/**
 * Access-log lines to push, and what each must become: parsed here by a regular expression and the
 * JDK's date formatter, independently of the project's own parser.
 */
final class AccessLines {

    private static final Path REAL = Path.of("..", "..", "shared", "data", "apache_access.log.gz");
    private static final int GENERATED = 10_000;
    private static final long GENERATED_FROM = 1_700_000_000L;

    private static final Pattern COMBINED =
            Pattern.compile(
                    "(\\S+) (\\S+) (\\S+) \\[([^]]+)] \"((?:[^\"\\\\]|\\\\.)*)\" (\\d{3}) (\\d+|-)"
                            + " \"((?:[^\"\\\\]|\\\\.)*)\" \"((?:[^\"\\\\]|\\\\.)*)\"?"); // one
    // real
    // line is
    // cut
    private static final Pattern REQUEST = Pattern.compile("([A-Z]+) ([^ ]+) (HTTP/[0-9.]+)");
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.ROOT);

    private AccessLines() {}

    /** The real lines where they are at hand, else generated ones. */
    static List<String> lines() throws IOException {
        if (!Files.exists(REAL)) {
            System.out.println("no real access log at hand: generated lines are used");
            return generated();
        }
        try (BufferedReader reader =
                new BufferedReader(
                        new InputStreamReader(
                                new GZIPInputStream(Files.newInputStream(REAL)),
                                StandardCharsets.UTF_8))) {
            return reader.lines().toList();
        }
    }

    /** The fields of a line that are not null, and its time under {@code time}. */
    static JsonObject fields(String line) {
        Matcher m = COMBINED.matcher(line);
        if (!m.lookingAt()) {
            throw new IllegalArgumentException("not a combined line: " + line);
        }
        JsonObject fields = new JsonObject();
        put(fields, "client", m.group(1));
        put(fields, "ident", m.group(2));
        put(fields, "user", m.group(3));
        put(fields, "time_local", m.group(4));
        request(fields, m.group(5));
        fields.put("status", Integer.valueOf(m.group(6)));
        if (!m.group(7).equals("-")) {
            fields.put("bytes", Integer.valueOf(m.group(7)));
        }
        put(fields, "referer", m.group(8));
        put(fields, "agent", m.group(9));
        fields.put("time", OffsetDateTime.parse(m.group(4), TIME).toInstant().toString());
        return fields;
    }

    private static void request(JsonObject fields, String request) {
        Matcher http = REQUEST.matcher(request);
        if (!http.matches()) {
            put(fields, "path", request);
            return;
        }
        String target = http.group(2);
        int query = target.indexOf('?');
        fields.put("method", http.group(1));
        fields.put("path", query < 0 ? target : target.substring(0, query));
        if (query >= 0) {
            fields.put("query", target.substring(query + 1));
        }
        fields.put("protocol", http.group(3));
    }

    private static void put(JsonObject fields, String name, String value) {
        if (!value.equals("-")) {
            fields.put(name, value);
        }
    }

    private static List<String> generated() {
        AccessLogGenerator generator = new AccessLogGenerator(1, GENERATED_FROM);
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < GENERATED; i++) {
            WriteBuffer line = new WriteBuffer(256);
            generator.line(line);
            lines.add(new String(line.toByteArray(), StandardCharsets.UTF_8).strip());
        }
        return lines;
    }
}
