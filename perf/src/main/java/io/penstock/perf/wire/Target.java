package io.penstock.perf.wire;

import io.penstock.proto.ingest.v1.AckLevel;
import java.util.Locale;

/**
 * Where batches go, and what the client wants to rest on.
 *
 * @param host address of the data port
 * @param port data port
 * @param repo repo
 * @param ack level of acknowledgement
 * @param tls whether the port speaks TLS
 */
public record Target(String host, int port, String repo, AckLevel ack, boolean tls) {
    private static final String PREFIX = "ACK_LEVEL_";

    /** Without TLS. */
    public Target(String host, int port, String repo, AckLevel ack) {
        this(host, port, repo, ack, false);
    }

    /** {@code staged}, {@code synced} or {@code delivered}. */
    public String ackWord() {
        return ack.name().substring(PREFIX.length()).toLowerCase(Locale.ROOT);
    }

    /** The level of a word as {@link #ackWord} gives it. */
    public static AckLevel ackOf(String word) {
        return AckLevel.valueOf(PREFIX + word.toUpperCase(Locale.ROOT));
    }

    String authority() {
        return host + ":" + port;
    }

    String path() {
        return "/v1/repos/" + repo + "/batches";
    }
}
