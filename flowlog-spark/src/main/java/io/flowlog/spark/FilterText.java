package io.flowlog.spark;

import io.flowlog.parser.FlowLogField;
import io.flowlog.parser.FlowLogFilter;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.spark.sql.connector.expressions.Expression;
import org.apache.spark.sql.connector.expressions.filter.Predicate;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * Translates predicates of Spark into the language of {@link FlowLogFilter}.
 *
 * <p>SQL has three truth values and the filter has two, and they compare addresses differently. So a translation keeps every
 * row for which the predicate is true, and can keep more; Spark tests all rows that are left. To translate {@code NOT}, there
 * is also a translation that keeps every row for which a predicate is false.
 */
final class FilterText {
    /** What the filter compares as a number. Other texts are compared by their bytes, as in SQL. */
    private static final Pattern ADDRESS = Pattern.compile("[0-9a-fA-F.:]+");

    private final StructType schema;

    FilterText(StructType schema) {
        this.schema = schema;
    }

    /** The filter as text; empty if no part of the predicate can be translated. */
    Optional<String> of(Predicate predicate) {
        return Optional.ofNullable(text(predicate, true)).filter(FilterText::isValid);
    }

    /** Adds a condition, unless the whole becomes too long. */
    static @Nullable String and(@Nullable String filter, String more) {
        String both = filter == null ? more : filter + " and " + more;
        return isValid(both) ? both : filter;
    }

    private static boolean isValid(String filter) {
        try {
            FlowLogFilter.parse(filter);
            return true;
        } catch (FlowLogFilter.InvalidFilterException e) {
            // A number or a text that the language does not have, or too many levels: Spark tests it.
            return false;
        }
    }

    private @Nullable String text(Expression expression, boolean truth) {
        if (!(expression instanceof Predicate predicate)) {
            return null;
        }
        Expression[] children = predicate.children();
        switch (predicate.name()) {
            case "AND", "OR":
                String left = text(children[0], truth);
                String right = text(children[1], truth);
                return predicate.name().equals("AND") == truth ? both(left, right) : either(left, right);
            case "NOT":
                return text(children[0], !truth);
            case "IS_NULL", "IS_NOT_NULL":
                String column = Comparison.column(children[0]);
                Optional<FlowLogField> field = column == null ? Optional.empty() : Columns.field(column);
                boolean absent = predicate.name().equals("IS_NULL") == truth;
                return field.map(f -> f.awsName() + (absent ? " is absent" : " is not absent"))
                        .orElse(null);
            default:
                Comparison comparison = Comparison.of(predicate);
                return comparison == null ? null : text(comparison, truth);
        }
    }

    private static @Nullable String both(@Nullable String left, @Nullable String right) {
        if (left == null || right == null) {
            return left == null ? right : left;
        }
        return "(" + left + " and " + right + ")";
    }

    private static @Nullable String either(@Nullable String left, @Nullable String right) {
        return left == null || right == null ? null : "(" + left + " or " + right + ")";
    }

    private @Nullable String text(Comparison comparison, boolean truth) {
        // A header that lacks a field makes it absent if AWS documents it, and is an error otherwise.
        FlowLogField field = Columns.field(comparison.column()).orElse(null);
        if (field == null || comparison.hasNull() && !truth) {
            return null;
        }
        String name = field.awsName();
        DataType type = schema.apply(comparison.column()).dataType();
        if (field.isInteger()) {
            List<Long> integers = type.equals(DataTypes.StringType) ? null : comparison.integers();
            return integers == null
                    ? null
                    : order(name, comparison, truth, integers.stream().map(String::valueOf));
        }
        if (!type.equals(DataTypes.StringType) || !comparison.isTextual()) {
            return null;
        }
        String like = like(name, comparison, truth);
        if (like != null) {
            return like;
        }
        if (name.endsWith("addr") && !isSafeForAddress(comparison, truth)) {
            return null;
        }
        return order(name, comparison, truth, comparison.texts().stream().map(FilterText::quoted));
    }

    /** Equal texts are equal addresses, but different texts can be equal addresses too. */
    private static boolean isSafeForAddress(Comparison comparison, boolean truth) {
        boolean equality = List.of("=", "<=>", "<>", "IN").contains(comparison.operator());
        boolean equal = comparison.operator().equals("<>") != truth;
        return equality
                && comparison.texts().stream()
                        .allMatch(text -> text.indexOf('/') < 0
                                && (equal || !ADDRESS.matcher(text).matches()));
    }

    private static @Nullable String order(
            String name, Comparison comparison, boolean truth, java.util.stream.Stream<String> values) {
        String list = values.collect(Collectors.joining(", "));
        String operator = comparison.operator();
        return switch (operator) {
            case "=", "<=>" -> name + (truth ? " = " : " != ") + list;
            case "<>" -> name + (truth ? " != " : " = ") + list;
            case "<" -> name + (truth ? " < " : " >= ") + list;
            case "<=" -> name + (truth ? " <= " : " > ") + list;
            case ">" -> name + (truth ? " > " : " <= ") + list;
            case ">=" -> name + (truth ? " >= " : " < ") + list;
            case "IN" -> name + (truth ? " in (" : " not in (") + list + ")";
            default -> null;
        };
    }

    private static @Nullable String like(String name, Comparison comparison, boolean truth) {
        String text = comparison.texts().get(0);
        if (text.indexOf('*') >= 0) {
            return null;
        }
        String pattern = switch (comparison.operator()) {
            case "STARTS_WITH" -> text + "*";
            case "ENDS_WITH" -> "*" + text;
            case "CONTAINS" -> "*" + text + "*";
            default -> null;
        };
        return pattern == null ? null : name + (truth ? " like " : " not like ") + quoted(pattern);
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "''") + "'";
    }
}
