package io.penstock.gateway.access;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Finds the token in an {@code Authorization} header: {@code Bearer} (RFC 6750), {@code Basic} (RFC
 * 7617) with the token as password and any user, and what clients of the protocols that are spoken
 * here send: {@code Token} (InfluxDB) and {@code ApiKey} (Elasticsearch), plain or in base64 behind
 * an id.
 */
final class Bearer {
    private Bearer() {}

    /** The key's token, or null when there is none in it. */
    static @Nullable KeyToken token(String header) {
        String secret = secret(header, text -> KeyToken.parse(text) != null);
        return secret == null ? null : KeyToken.parse(secret);
    }

    /** The JWT, or null when there is none in it. */
    static @Nullable String jwt(String header) {
        return secret(header, Tokens::isLikeOne);
    }

    private static @Nullable String secret(String header, Predicate<String> form) {
        int space = header.indexOf(' ');
        if (space < 1) {
            return null;
        }
        String scheme = header.substring(0, space);
        String rest = header.substring(space + 1).strip();
        boolean apiKey = scheme.equalsIgnoreCase("ApiKey");
        if (apiKey || scheme.equalsIgnoreCase("Bearer") || scheme.equalsIgnoreCase("Token")) {
            if (form.test(rest)) {
                return rest;
            }
        }
        return apiKey || scheme.equalsIgnoreCase("Basic") ? behindColon(rest, form) : null;
    }

    private static @Nullable String behindColon(String base64, Predicate<String> form) {
        try {
            String pair = new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
            String secret = pair.substring(pair.indexOf(':') + 1);
            return form.test(secret) ? secret : null;
        } catch (IllegalArgumentException noBase64) {
            return null;
        }
    }
}
