package io.penstock.gateway.access;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Finds the token in an {@code Authorization} header: {@code Bearer} (RFC 6750), {@code Basic} (RFC
 * 7617) with the token as password and any user, and what clients of the protocols that are spoken
 * here send: {@code Token} (InfluxDB) and {@code ApiKey} (Elasticsearch), plain or in base64 behind
 * an id.
 */
final class Bearer {
    private Bearer() {}

    /** The token, or null when there is none in it. */
    static @Nullable KeyToken token(String header) {
        int space = header.indexOf(' ');
        if (space < 1) {
            return null;
        }
        String scheme = header.substring(0, space);
        String rest = header.substring(space + 1).strip();
        if (scheme.equalsIgnoreCase("Bearer") || scheme.equalsIgnoreCase("Token")) {
            return KeyToken.parse(rest);
        }
        if (scheme.equalsIgnoreCase("ApiKey")) {
            KeyToken plain = KeyToken.parse(rest);
            return plain == null ? behindColon(rest) : plain;
        }
        return scheme.equalsIgnoreCase("Basic") ? behindColon(rest) : null;
    }

    private static @Nullable KeyToken behindColon(String base64) {
        try {
            String pair = new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
            return KeyToken.parse(pair.substring(pair.indexOf(':') + 1));
        } catch (IllegalArgumentException noBase64) {
            return null;
        }
    }
}
