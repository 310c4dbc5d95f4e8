package io.penstock.exporter.expression;

/**
 * Cuts an expression into pieces.
 *
 * <p>Threading: confined to one thread.
 */
final class Tokens {

    private static final String[] SYMBOLS = {
        "!=", "!~", "=~", "<=", ">=", "=", "<", ">", "(", ")", "[", "]", ","
    };

    private final String source;
    private int at;
    private Token next;

    Tokens(String source) {
        this.source = source;
        next = read();
    }

    /** The piece in hand. */
    Token peek() {
        return next;
    }

    /** Answers the piece in hand and goes on. */
    Token take() {
        Token taken = next;
        next = read();
        return taken;
    }

    /** A fault at an index, by line and column, which count code points from 1. */
    IllegalArgumentException fault(int index, String reason) {
        int lineStart = source.lastIndexOf('\n', index - 1) + 1;
        long line = 1 + source.substring(0, lineStart).chars().filter(c -> c == '\n').count();
        int column = 1 + source.codePointCount(lineStart, index);
        return new IllegalArgumentException("line " + line + ", column " + column + ": " + reason);
    }

    private Token read() {
        while (at < source.length() && Character.isWhitespace(source.charAt(at))) {
            at++;
        }
        int start = at;
        if (at == source.length()) {
            return new Token(Token.Kind.END, "", start, start);
        }
        char first = source.charAt(at);
        return switch (first) {
            case '"' -> quoted(start);
            case '\'' -> new Token(Token.Kind.TEXT, raw('\'', "a text"), start, at);
            case '`' -> new Token(Token.Kind.FIELD, raw('`', "a field name"), start, at);
            default -> bare(start, first);
        };
    }

    private Token bare(int start, char first) {
        if (isDigit(first) || ((first == '-' || first == '+') && isDigit(look(start + 1)))) {
            return number(start);
        }
        if (Character.isLetter(first) || first == '_' || first == '@') {
            while (at < source.length() && isWordPart(source.charAt(at))) {
                at++;
            }
            return new Token(Token.Kind.WORD, source.substring(start, at), start, at);
        }
        for (String symbol : SYMBOLS) {
            if (source.startsWith(symbol, start)) {
                at += symbol.length();
                return new Token(Token.Kind.SYMBOL, symbol, start, at);
            }
        }
        String shown = Character.toString(source.codePointAt(start));
        throw fault(start, "'" + shown + "' means nothing here" + hint(first));
    }

    private static String hint(char first) {
        return switch (first) {
            case '&' -> "; write and";
            case '|' -> "; write or";
            case '!' -> "; write not";
            default -> "";
        };
    }

    private static boolean isWordPart(char each) {
        return Character.isLetterOrDigit(each)
                || each == '_'
                || each == '.'
                || each == '-'
                || each == '@';
    }

    private static boolean isDigit(char each) {
        return each >= '0' && each <= '9';
    }

    private char look(int index) {
        return index < source.length() ? source.charAt(index) : ' ';
    }

    private Token number(int start) {
        at++;
        while (at < source.length() && isNumberPart()) {
            at++;
        }
        String text = source.substring(start, at);
        boolean whole = text.chars().skip(1).allMatch(c -> c >= '0' && c <= '9');
        return new Token(whole ? Token.Kind.INTEGER : Token.Kind.REAL, text, start, at);
    }

    /** Letters are taken along, so that {@code 12ms} is one wrong number and not two pieces. */
    private boolean isNumberPart() {
        char each = source.charAt(at);
        char before = source.charAt(at - 1);
        boolean sign = (each == '-' || each == '+') && (before == 'e' || before == 'E');
        return Character.isLetterOrDigit(each) || each == '.' || each == '_' || sign;
    }

    /** Everything up to the closing quote as it stands; twice the quote is the quote. */
    private String raw(char quote, String what) {
        int start = at;
        StringBuilder text = new StringBuilder();
        at++;
        while (true) {
            int end = source.indexOf(quote, at);
            if (end < 0) {
                throw fault(start, what + " has no closing " + quote);
            }
            text.append(source, at, end);
            at = end + 1;
            if (look(at) != quote || at >= source.length()) {
                return text.toString();
            }
            text.append(quote);
            at++;
        }
    }

    private Token quoted(int start) {
        StringBuilder text = new StringBuilder();
        at++;
        while (at < source.length() && source.charAt(at) != '"') {
            char each = source.charAt(at++);
            text.append(each == '\\' ? escape() : each);
        }
        if (at >= source.length()) {
            throw fault(start, "a text has no closing \"");
        }
        at++;
        return new Token(Token.Kind.TEXT, text.toString(), start, at);
    }

    private char escape() {
        char escaped = look(at++);
        return switch (escaped) {
            case '"', '\\' -> escaped;
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            default ->
                    throw fault(
                            at - 2,
                            "\\"
                                    + escaped
                                    + " is no escape; there are \\\" \\\\ \\n \\r \\t, and in"
                                    + " 'single quotes' a backslash stands for itself");
        };
    }
}
