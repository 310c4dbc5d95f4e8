package io.penstock.exporter.expression;

import java.util.function.ToIntFunction;

/**
 * A condition over a record's fields, compiled.
 *
 * <p>Threading: confined to one thread.
 */
public final class Expression {

    /** The slot that holds the record's time, in nanoseconds since the epoch. */
    public static final int TIME_SLOT = 0;

    /** Longest text of an expression. */
    public static final int MAX_CHARACTERS = 8192;

    /** Deepest nesting of brackets and negations. */
    public static final int MAX_DEPTH = 100;

    private final String text;
    private final Condition condition;

    private Expression(String text, Condition condition) {
        this.text = text;
        this.condition = condition;
    }

    /**
     * Compiles an expression.
     *
     * @param slotOf gives a field name its slot
     * @throws IllegalArgumentException when it is none; the message begins with {@code line 1,
     *     column 8: }, counted in {@code text}
     */
    public static Expression parse(String text, ToIntFunction<String> slotOf) {
        return new Expression(text, new ExpressionParser(text, slotOf).whole());
    }

    /** Whether it holds for a record. */
    public boolean holds(FieldValues values) {
        return condition.holds(values);
    }

    /** As it was written. */
    @Override
    public String toString() {
        return text;
    }
}
