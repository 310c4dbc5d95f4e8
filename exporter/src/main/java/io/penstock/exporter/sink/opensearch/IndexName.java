package io.penstock.exporter.sink.opensearch;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * Name of an index, with the record's time in it: {@code logs-${yyyy.MM.dd}}. What stands in {@code
 * ${...}} is a pattern of {@link DateTimeFormatter}, in UTC, of the letters y, M, d and H.
 *
 * <p>The rules for names are those of OpenSearch ("Create index", naming restrictions) and of
 * Elasticsearch ("Create an index", path parameters).
 *
 * <p>Threading: confined to one thread, for the name that is remembered.
 */
final class IndexName {

    /** No part of a name is smaller than an hour. */
    private static final long STEP_NANOS = TimeUnit.HOURS.toNanos(1);

    private static final int MAX_BYTES = 255;

    private final List<Object> parts = new ArrayList<>();
    private long lastStep = Long.MIN_VALUE;
    private String last = "";

    /**
     * Compiles a template.
     *
     * @throws IllegalArgumentException for one that makes no name, with the key {@code index} first
     */
    IndexName(String template) {
        int at = 0;
        while (at < template.length()) {
            int open = template.indexOf("${", at);
            if (open < 0) {
                parts.add(template.substring(at));
                break;
            }
            int close = template.indexOf('}', open);
            if (close < 0) {
                throw new IllegalArgumentException(
                        "index: column " + (open + 1) + ": '${' without '}'");
            }
            parts.add(template.substring(at, open));
            parts.add(pattern(template.substring(open + 2, close)));
            at = close + 1;
        }
        checkName(at(0));
    }

    private static DateTimeFormatter pattern(String pattern) {
        if (!pattern.matches("[yMdH._-]+")) {
            throw new IllegalArgumentException(
                    "index: ${" + pattern + "} must be of y, M, d, H and of '.', '_', '-'");
        }
        try {
            return DateTimeFormatter.ofPattern(pattern, Locale.ROOT).withZone(ZoneOffset.UTC);
        } catch (IllegalArgumentException unreadable) {
            throw new IllegalArgumentException("index: " + unreadable.getMessage(), unreadable);
        }
    }

    private static void checkName(String name) {
        if (!name.matches("[a-z0-9.][a-z0-9._-]*") || name.equals(".") || name.equals("..")) {
            throw new IllegalArgumentException(
                    "index: must be of a-z, 0-9, '.', '_', '-', and begin with none of '_', '-'; '"
                            + name
                            + "' is not");
        }
        if (name.length() > MAX_BYTES) {
            throw new IllegalArgumentException("index: longer than " + MAX_BYTES + ": " + name);
        }
    }

    /** The name for a time. */
    String at(long timeUnixNano) {
        long step = Math.floorDiv(timeUnixNano, STEP_NANOS);
        if (step != lastStep || last.isEmpty()) {
            Instant time = Instant.EPOCH.plus(step, ChronoUnit.HOURS);
            StringBuilder name = new StringBuilder();
            for (Object part : parts) {
                name.append(part instanceof DateTimeFormatter format ? format.format(time) : part);
            }
            last = name.toString();
            lastStep = step;
        }
        return last;
    }
}
