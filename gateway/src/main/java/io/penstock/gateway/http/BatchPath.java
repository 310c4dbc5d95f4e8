package io.penstock.gateway.http;

import io.penstock.gateway.ingest.KnownRepo;
import io.penstock.gateway.ingest.Lane;
import io.penstock.model.RepoName;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code /v1/repos/{repo}/batches}. The name may be percent-encoded, which helps nobody: what
 * is a valid name needs no escape, and what is hidden behind one is refused by its decoded form.
 *
 * <p>A flyweight, good until the next {@link #read}. Threading: confined to one event loop.
 */
final class BatchPath {
    private static final String PREFIX = "/v1/repos/";
    private static final String SUFFIX = "/batches";

    private final Lane lane;
    private final byte[] name = new byte[3 * RepoName.MAX_LENGTH + 1];
    private int length;
    private @Nullable KnownRepo repo;
    private String fault = "";

    BatchPath(Lane lane) {
        this.lane = lane;
    }

    /** Whether the path is one of ours; then there is a {@link #repo} or a {@link #fault}. */
    boolean read(@Nullable String path) {
        repo = null;
        fault = "";
        length = 0;
        if (path == null || !path.startsWith(PREFIX) || !path.endsWith(SUFFIX)) {
            return false;
        }
        int end = path.length() - SUFFIX.length();
        if (end < PREFIX.length() || path.lastIndexOf('/', end - 1) >= PREFIX.length()) {
            return false;
        }
        decode(path, end);
        if (fault.isEmpty()) {
            repo = lane.repo(name, length);
        }
        if (repo == null && fault.isEmpty()) {
            fault = RepoName.fault(new String(name, 0, length, StandardCharsets.UTF_8));
        }
        return true;
    }

    private void decode(String path, int end) {
        int at = PREFIX.length();
        while (at < end) {
            char c = path.charAt(at++);
            if (length == name.length || c > '~') {
                fault =
                        c > '~'
                                ? "path has a character that must be percent-encoded"
                                : "repo name is longer than " + RepoName.MAX_LENGTH + " characters";
                return;
            }
            if (c == '%') {
                int high = at + 1 < end ? Character.digit(path.charAt(at), 16) : -1;
                int low = at + 1 < end ? Character.digit(path.charAt(at + 1), 16) : -1;
                if (high < 0 || low < 0) {
                    fault = "path has a % that is not followed by two hexadecimal digits";
                    return;
                }
                name[length++] = (byte) ((high << 4) | low);
                at += 2;
            } else {
                name[length++] = (byte) c;
            }
        }
    }

    /** The repo, or null when the name is none. */
    @Nullable KnownRepo repo() {
        return repo;
    }

    /** What is wrong with the name; empty for a good one. */
    String fault() {
        return fault;
    }
}
