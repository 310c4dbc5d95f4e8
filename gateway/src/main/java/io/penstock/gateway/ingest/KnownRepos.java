package io.penstock.gateway.ingest;

import io.penstock.model.RepoName;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The repo names seen last, so that a request makes no name of its own: a direct-mapped cache, one
 * place per hash. Threading: confined to one event loop.
 */
final class KnownRepos {
    private static final int PLACES = 256;

    private final @Nullable KnownRepo[] places = new @Nullable KnownRepo[PLACES];

    /** The repo of these bytes, or null when they are no repo name. */
    @Nullable KnownRepo find(byte[] utf8, int length) {
        int hash = 0;
        for (int i = 0; i < length; i++) {
            hash = hash * 31 + utf8[i];
        }
        int place = (hash ^ (hash >>> 16)) & (PLACES - 1);
        KnownRepo known = places[place];
        if (known != null && known.is(utf8, length)) {
            return known;
        }
        String text = new String(utf8, 0, length, StandardCharsets.UTF_8);
        if (!RepoName.fault(text).isEmpty()) {
            return null;
        }
        KnownRepo made = new KnownRepo(new RepoName(text), Arrays.copyOf(utf8, length));
        places[place] = made;
        return made;
    }
}
