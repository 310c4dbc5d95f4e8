package io.penstock.exporter.expression;

/**
 * A piece of an expression. Threading: immutable.
 *
 * @param kind what it is
 * @param text its meaning: a text without quotes and escapes
 * @param at index of its first character
 * @param end index behind its last character
 */
record Token(Kind kind, String text, int at, int end) {

    /** Kinds of pieces. */
    enum Kind {
        /** A bare word: a keyword or a field. */
        WORD,
        /** A field in backquotes. */
        FIELD,
        /** A text in quotes. */
        TEXT,
        /** A number without fraction and exponent. */
        INTEGER,
        /** Any other number. */
        REAL,
        /** An operator, bracket or comma. */
        SYMBOL,
        /** The end. */
        END
    }

    boolean is(String symbolOrWord) {
        return (kind == Kind.SYMBOL || kind == Kind.WORD) && text.equals(symbolOrWord);
    }

    /** As it is called in a message. */
    String shown() {
        return switch (kind) {
            case END -> "the end";
            case TEXT -> "the text \"" + text + "\"";
            default -> "'" + text + "'";
        };
    }
}
