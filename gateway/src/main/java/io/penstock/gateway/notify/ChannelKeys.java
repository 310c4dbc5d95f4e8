package io.penstock.gateway.notify;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Pattern;

/**
 * Rules over keys that channels share; each throws {@link IllegalArgumentException} with the key
 * first.
 */
final class ChannelKeys {
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,63}");

    private ChannelKeys() {}

    static void name(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "name: 1 to 64 characters out of a-z 0-9 - _ . beginning with a letter or digit");
        }
    }

    /** No message repeats it: the path of a webhook is a secret. */
    static void url(String url) {
        try {
            URI uri = new URI(url);
            boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            if (!web || uri.getHost() == null || uri.getUserInfo() != null) {
                throw new IllegalArgumentException(
                        "url: must be http://host... or https://host..., without credentials");
            }
        } catch (URISyntaxException malformed) {
            throw new IllegalArgumentException(
                    "url: " + malformed.getReason() + " at character " + malformed.getIndex());
        }
    }
}
