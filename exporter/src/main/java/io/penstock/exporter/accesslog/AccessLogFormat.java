package io.penstock.exporter.accesslog;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The formats of access logs that have a name. */
public enum AccessLogFormat {
    /** NCSA combined: common, referer and agent in quotes. The default of nginx. */
    COMBINED(true),
    /** NCSA common: client, ident, user, time in brackets, request in quotes, status, bytes. */
    COMMON(false);

    private final boolean refererAndAgent;

    AccessLogFormat(boolean refererAndAgent) {
        this.refererAndAgent = refererAndAgent;
    }

    /** Whether lines end in referer and agent. */
    boolean refererAndAgent() {
        return refererAndAgent;
    }

    /** The word that names this format in commands. */
    public String formatName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** All names. */
    public static List<String> names() {
        return Arrays.stream(values()).map(AccessLogFormat::formatName).toList();
    }

    /**
     * The format of a name.
     *
     * @throws IllegalArgumentException for a name that no format has; the message says which there
     *     are
     */
    public static AccessLogFormat named(String name) {
        return Arrays.stream(values())
                .filter(format -> format.formatName().equals(name))
                .findFirst()
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "unknown format '" + name + "'; there are " + names()));
    }
}
