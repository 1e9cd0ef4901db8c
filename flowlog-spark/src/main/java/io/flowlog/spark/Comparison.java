package io.flowlog.spark;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.connector.expressions.Expression;
import org.apache.spark.sql.connector.expressions.Literal;
import org.apache.spark.sql.connector.expressions.NamedReference;
import org.apache.spark.sql.connector.expressions.filter.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A predicate of Spark that compares one column with literals.
 *
 * @param operator Spark's name, such as {@code =}, {@code IN} or {@code STARTS_WITH}
 * @param column the column
 * @param values one literal, or those of the list of {@code IN}; none of them is null
 * @param hasNull whether a literal was null, and so was left out
 */
record Comparison(String operator, String column, List<Literal<?>> values, boolean hasNull) {
    /** The comparison; null if the predicate is something else. */
    static @Nullable Comparison of(Predicate predicate) {
        Expression[] children = predicate.children();
        String operator = predicate.name();
        if (children.length == 2 && children[0] instanceof Literal<?> && children[1] instanceof NamedReference) {
            children = new Expression[] {children[1], children[0]};
            operator = flipped(operator);
        }
        boolean compares = children.length >= 2
                && children[0] instanceof NamedReference
                && Arrays.stream(children).skip(1).allMatch(Literal.class::isInstance);
        if (operator == null || !compares) {
            return null;
        }
        List<Literal<?>> values = new ArrayList<>();
        for (int i = 1; i < children.length; i++) {
            Literal<?> literal = (Literal<?>) children[i];
            if (literal.value() != null) {
                values.add(literal);
            }
        }
        String column = column(children[0]);
        return column == null || values.isEmpty()
                ? null
                : new Comparison(operator, column, values, values.size() < children.length - 1);
    }

    /** The name of a column; null if the expression is something else, such as a part of a column. */
    static @Nullable String column(Expression expression) {
        return expression instanceof NamedReference reference && reference.fieldNames().length == 1
                ? reference.fieldNames()[0]
                : null;
    }

    private static @Nullable String flipped(String operator) {
        return switch (operator) {
            case "=", "<>", "<=>" -> operator;
            case "<" -> ">";
            case "<=" -> ">=";
            case ">" -> "<";
            case ">=" -> "<=";
            default -> null;
        };
    }

    /** The text of each literal. */
    List<String> texts() {
        return values.stream().map(literal -> literal.value().toString()).toList();
    }

    /** The integer of each literal; null if one is something else. */
    @Nullable
    List<Long> integers() {
        List<Long> integers = new ArrayList<>();
        for (Literal<?> literal : values) {
            Object value = literal.value();
            if (!(value instanceof Long
                    || value instanceof Integer
                    || value instanceof Short
                    || value instanceof Byte)) {
                return null;
            }
            integers.add(((Number) value).longValue());
        }
        return integers;
    }

    boolean isTextual() {
        return values.stream().allMatch(literal -> literal.value() instanceof org.apache.spark.unsafe.types.UTF8String);
    }
}
