package io.penstock.exporter.expression;

import io.penstock.exporter.text.TextPattern;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A node of a compiled expression. Threading: confined to one thread. */
sealed interface Condition {

    /** Whether the record is so. */
    boolean holds(FieldValues values);

    /** The ways of comparing. */
    enum Operator {
        /** {@code =} */
        EQUAL,
        /** {@code !=}: not {@code =}, so it holds for what cannot be compared. */
        DIFFERENT,
        /** {@code <} */
        LESS,
        /** {@code <=} */
        AT_MOST,
        /** {@code >} */
        GREATER,
        /** {@code >=} */
        AT_LEAST;

        boolean holds(int order) {
            return switch (this) {
                case EQUAL -> order == 0;
                case DIFFERENT -> order != 0;
                case LESS -> order == -1;
                case AT_MOST -> order == -1 || order == 0;
                case GREATER -> order == 1;
                case AT_LEAST -> order == 1 || order == 0;
            };
        }
    }

    /** All hold. */
    record AllOf(List<Condition> parts) implements Condition {
        @Override
        public boolean holds(FieldValues values) {
            for (int i = 0; i < parts.size(); i++) {
                if (!parts.get(i).holds(values)) {
                    return false;
                }
            }
            return true;
        }
    }

    /** One at least holds. */
    record AnyOf(List<Condition> parts) implements Condition {
        @Override
        public boolean holds(FieldValues values) {
            for (int i = 0; i < parts.size(); i++) {
                if (parts.get(i).holds(values)) {
                    return true;
                }
            }
            return false;
        }
    }

    /** It does not hold. */
    record Not(Condition part) implements Condition {
        @Override
        public boolean holds(FieldValues values) {
            return !part.holds(values);
        }
    }

    /** The field has a value other than null. */
    record Exists(int slot) implements Condition {
        @Override
        public boolean holds(FieldValues values) {
            ValueKind kind = values.kind(slot);
            return kind != ValueKind.ABSENT && kind != ValueKind.NULL;
        }
    }

    /** A field against a literal, or against another field when there is none. */
    record Comparison(int slot, Operator operator, @Nullable Literal literal, int other)
            implements Condition {
        @Override
        public boolean holds(FieldValues values) {
            FieldValues right = literal == null ? values : literal;
            return operator.holds(Order.of(values, slot, right, other));
        }
    }

    /** The field equals one of these. */
    record OneOf(int slot, List<Literal> literals) implements Condition {
        @Override
        public boolean holds(FieldValues values) {
            for (int i = 0; i < literals.size(); i++) {
                if (Order.of(values, slot, literals.get(i), 0) == 0) {
                    return true;
                }
            }
            return false;
        }
    }

    /** The field is a text in which the pattern is found. */
    record Matches(int slot, TextPattern pattern) implements Condition {
        @Override
        public boolean holds(FieldValues values) {
            return values.kind(slot) == ValueKind.TEXT
                    && pattern.find(values.bytes(), values.start(slot), values.length(slot));
        }
    }
}
