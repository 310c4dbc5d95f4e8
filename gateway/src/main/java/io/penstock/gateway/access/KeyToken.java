package io.penstock.gateway.access;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A key as its holder sends it: {@code pk_<id>_<secret>}. The id is no secret and finds the key;
 * the secret is 256 random bits in base64url. Threading: immutable.
 *
 * @param id of the key
 * @param secret for nobody's eyes
 */
public record KeyToken(String id, String secret) {
    private static final int SECRET_BYTES = 32;
    private static final int ID_LENGTH = 12;
    private static final String ID_LETTERS = "abcdefghijklmnopqrstuvwxyz234567";
    private static final Pattern FORM = Pattern.compile("pk_([a-z0-9]{1,32})_([A-Za-z0-9_-]{43})");

    /** The token of a text, or null when it is none. */
    public static @Nullable KeyToken parse(String text) {
        Matcher form = FORM.matcher(text);
        return form.matches() ? new KeyToken(form.group(1), form.group(2)) : null;
    }

    /** A new secret of a key. */
    static KeyToken fresh(String id, SecureRandom random) {
        byte[] secret = new byte[SECRET_BYTES];
        random.nextBytes(secret);
        return new KeyToken(id, Base64.getUrlEncoder().withoutPadding().encodeToString(secret));
    }

    static String freshId(SecureRandom random) {
        StringBuilder id = new StringBuilder(ID_LENGTH);
        for (int i = 0; i < ID_LENGTH; i++) {
            id.append(ID_LETTERS.charAt(random.nextInt(ID_LETTERS.length())));
        }
        return id.toString();
    }

    /** What the holder sends. */
    public String text() {
        return "pk_" + id + "_" + secret;
    }

    /** Without the secret, for whoever prints it by mistake. */
    @Override
    public String toString() {
        return "pk_" + id + "_********";
    }
}
