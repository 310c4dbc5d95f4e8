package io.penstock.exporter.expression;

import io.penstock.exporter.expression.Condition.Operator;
import io.penstock.exporter.text.Rfc3339;
import io.penstock.exporter.text.TextPattern;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToIntFunction;
import java.util.regex.PatternSyntaxException;

/**
 * Reads an expression by recursive descent:
 *
 * <pre>
 * expression = all { "or" all }
 * all        = one { "and" one }
 * one        = "not" one | "(" expression ")" | "exists" field | test
 * test       = field operator ( value | field )
 *            | field ( "=~" | "!~" ) text
 *            | field [ "not" ] "in" "[" value { "," value } "]"
 * </pre>
 *
 * <p>Threading: confined to one thread.
 */
final class ExpressionParser {

    private static final int MAX_LIST = 1000;
    private static final Set<String> KEYWORDS =
            Set.of("and", "or", "not", "in", "exists", "true", "false");
    private static final Map<String, Operator> OPERATORS =
            Map.of(
                    "=", Operator.EQUAL,
                    "!=", Operator.DIFFERENT,
                    "<", Operator.LESS,
                    "<=", Operator.AT_MOST,
                    ">", Operator.GREATER,
                    ">=", Operator.AT_LEAST);

    private final Tokens tokens;
    private final ToIntFunction<String> slotOf;
    private int depth;

    ExpressionParser(String text, ToIntFunction<String> slotOf) {
        if (text.length() > Expression.MAX_CHARACTERS) {
            throw new IllegalArgumentException(
                    "line 1, column 1: the expression has over "
                            + Expression.MAX_CHARACTERS
                            + " characters");
        }
        this.tokens = new Tokens(text);
        this.slotOf = slotOf;
    }

    Condition whole() {
        Condition condition = expression();
        if (tokens.peek().kind() != Token.Kind.END) {
            throw unexpected("'and', 'or' or the end");
        }
        return condition;
    }

    private Condition expression() {
        List<Condition> parts = new ArrayList<>();
        do {
            parts.add(all());
        } while (taken("or"));
        return parts.size() == 1 ? parts.get(0) : new Condition.AnyOf(List.copyOf(parts));
    }

    private Condition all() {
        List<Condition> parts = new ArrayList<>();
        do {
            parts.add(one());
        } while (taken("and"));
        return parts.size() == 1 ? parts.get(0) : new Condition.AllOf(List.copyOf(parts));
    }

    private Condition one() {
        if (++depth > Expression.MAX_DEPTH) {
            throw tokens.fault(tokens.peek().at(), "nested over " + Expression.MAX_DEPTH + " deep");
        }
        Condition condition = unbounded();
        depth--;
        return condition;
    }

    private Condition unbounded() {
        if (taken("not")) {
            return new Condition.Not(one());
        }
        if (taken("(")) {
            Condition inner = expression();
            expect(")");
            return inner;
        }
        if (taken("exists")) {
            return new Condition.Exists(field());
        }
        return test();
    }

    private Condition test() {
        int slot = field();
        Token operator = tokens.peek();
        Operator comparing =
                operator.kind() == Token.Kind.SYMBOL ? OPERATORS.get(operator.text()) : null;
        if (comparing != null) {
            tokens.take();
            return comparison(slot, comparing);
        }
        if (taken("=~")) {
            return pattern(slot);
        }
        if (taken("!~")) {
            return new Condition.Not(pattern(slot));
        }
        if (taken("in")) {
            return list(slot);
        }
        if (taken("not")) {
            expect("in");
            return new Condition.Not(list(slot));
        }
        throw unexpected("an operator: = != < <= > >= =~ !~ in, not in");
    }

    private Condition comparison(int slot, Operator operator) {
        Token right = tokens.peek();
        if (right.is("=") || right.is("=~")) {
            throw tokens.fault(right.at(), "'" + right.text() + "' behind an operator; equal is =");
        }
        if (isField(right)) {
            return new Condition.Comparison(slot, operator, null, field());
        }
        Literal value = value(slot);
        if (value.kind() == ValueKind.BOOLEAN
                && operator != Operator.EQUAL
                && operator != Operator.DIFFERENT) {
            throw tokens.fault(right.at(), "true and false have no order; compare by = or !=");
        }
        return new Condition.Comparison(slot, operator, value, 0);
    }

    private Condition list(int slot) {
        expect("[");
        List<Literal> values = new ArrayList<>();
        do {
            if (values.size() == MAX_LIST) {
                throw tokens.fault(tokens.peek().at(), "a list has over " + MAX_LIST + " values");
            }
            values.add(value(slot));
        } while (taken(","));
        if (!taken("]")) {
            throw unexpected("',' or ']'");
        }
        return new Condition.OneOf(slot, List.copyOf(values));
    }

    private Condition pattern(int slot) {
        Token text = tokens.peek();
        if (text.kind() != Token.Kind.TEXT) {
            throw unexpected("a regular expression in quotes");
        }
        if (slot == Expression.TIME_SLOT) {
            throw tokens.fault(text.at(), "the time is no text; compare it, or name a field");
        }
        tokens.take();
        try {
            return new Condition.Matches(slot, new TextPattern(text.text()));
        } catch (PatternSyntaxException wrong) {
            // Without escapes the fault's own place can be told.
            boolean plain = text.end() - text.at() == text.text().length() + 2;
            int within = plain && wrong.getIndex() >= 0 ? 1 + wrong.getIndex() : 0;
            throw tokens.fault(
                    Math.min(text.at() + within, text.end()),
                    "in the regular expression: " + wrong.getDescription());
        }
    }

    /** A literal to be compared with a slot: for the time, a text is a time. */
    private Literal value(int slot) {
        Token token = tokens.peek();
        Literal value = literal(token);
        tokens.take();
        if (slot != Expression.TIME_SLOT || value.kind() == ValueKind.INTEGER) {
            return value;
        }
        byte[] text = token.text().getBytes(StandardCharsets.UTF_8);
        long nanos =
                value.kind() == ValueKind.TEXT ? Rfc3339.parse(text, 0, text.length) : Rfc3339.NONE;
        if (nanos == Rfc3339.NONE) {
            throw tokens.fault(
                    token.at(),
                    "expected a time like \"2026-11-22T06:30:00Z\", or nanoseconds since the epoch,"
                            + " found "
                            + token.shown());
        }
        return Literal.integer(nanos);
    }

    private Literal literal(Token token) {
        return switch (token.kind()) {
            case TEXT -> Literal.text(token.text());
            case INTEGER -> integer(token);
            case REAL -> real(token);
            default -> {
                if (!token.is("true") && !token.is("false")) {
                    throw unexpected("a value: a text in quotes, a number, true or false");
                }
                yield Literal.bool(token.is("true"));
            }
        };
    }

    private Literal integer(Token token) {
        try {
            return Literal.integer(Long.parseLong(token.text()));
        } catch (NumberFormatException tooLarge) {
            throw tokens.fault(token.at(), token.text() + " does not fit into 64 bits");
        }
    }

    private Literal real(Token token) {
        String text = token.text();
        // Double.parseDouble would take 1f and 0x1p3, too.
        boolean plain = text.chars().allMatch(c -> "0123456789+-.eE".indexOf(c) >= 0);
        try {
            if (plain) {
                return Literal.real(Double.parseDouble(text));
            }
        } catch (NumberFormatException wrong) {
            throw tokens.fault(token.at(), "'" + text + "' is no number");
        }
        throw tokens.fault(token.at(), "'" + text + "' is no number");
    }

    private static boolean isField(Token token) {
        return token.kind() == Token.Kind.FIELD
                || (token.kind() == Token.Kind.WORD && !KEYWORDS.contains(token.text()));
    }

    private int field() {
        Token token = tokens.peek();
        if (!isField(token)) {
            throw unexpected("a field");
        }
        if (token.text().isEmpty()) {
            throw tokens.fault(token.at(), "a field name is empty");
        }
        tokens.take();
        boolean time = token.kind() == Token.Kind.WORD && token.text().equals("time");
        return time ? Expression.TIME_SLOT : slotOf.applyAsInt(token.text());
    }

    private boolean taken(String symbolOrWord) {
        boolean there = tokens.peek().is(symbolOrWord);
        if (there) {
            tokens.take();
        }
        return there;
    }

    private void expect(String symbolOrWord) {
        if (!taken(symbolOrWord)) {
            throw unexpected("'" + symbolOrWord + "'");
        }
    }

    private IllegalArgumentException unexpected(String expected) {
        Token found = tokens.peek();
        return tokens.fault(found.at(), "expected " + expected + ", found " + found.shown());
    }
}
