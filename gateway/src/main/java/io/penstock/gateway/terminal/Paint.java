package io.penstock.gateway.terminal;

/**
 * Colours of a terminal, or none (ECMA-48, select graphic rendition). Colour never says what words
 * do not.
 *
 * <p>Threading: any thread.
 */
public enum Paint {
    /** As it is. */
    PLAIN(""),
    /** What heads a table. */
    HEAD("1"),
    /** What matters less. */
    DIM("2"),
    /** What is well. */
    GOOD("32"),
    /** What needs a look. */
    WARN("33"),
    /** What is wrong. */
    BAD("31");

    private final String code;

    Paint(String code) {
        this.code = code;
    }

    /** The text in this colour. */
    public String on(String text, boolean coloured) {
        return coloured && !code.isEmpty() ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }
}
