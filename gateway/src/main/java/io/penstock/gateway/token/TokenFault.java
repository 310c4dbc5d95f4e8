package io.penstock.gateway.token;

import java.util.Locale;

/** Which check a token failed. */
public enum TokenFault {
    /** Longer than tokens may be. */
    SIZE,
    /** Not three parts of base64url with JSON in the first two. */
    FORM,
    /** Signed by an algorithm that is not allowed, or not at all. */
    ALGORITHM,
    /** Of another issuer. */
    ISSUER,
    /** For somebody else. */
    AUDIENCE,
    /** Over, or without an end. */
    EXPIRED,
    /** Not good yet. */
    NOT_YET,
    /** Signed by a key that the issuer does not publish. */
    KEY,
    /** The issuer's keys are not known at the moment: what a token is cannot be told. */
    KEYS_UNKNOWN,
    /** Not what its key signed. */
    SIGNATURE,
    /** Good, but its claims open nothing. */
    CLAIMS;

    private final String word = name().toLowerCase(Locale.ROOT);

    /** As it stands in metrics. */
    public String word() {
        return word;
    }
}
