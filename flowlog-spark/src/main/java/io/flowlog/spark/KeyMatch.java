package io.flowlog.spark;

import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.connector.expressions.Expression;
import org.apache.spark.sql.connector.expressions.filter.Predicate;

/**
 * Whether a file can have rows for which predicates are true, by its path alone. If in doubt, it can.
 *
 * <p>AWS names a file by the five minutes in which its records end, and a record begins at most one aggregation interval (10
 * minutes) before it ends. {@link ReadOptions#timeMarginSeconds()} allows for more, to both sides. Source: "Flow log files"
 * and "Flow log records" in the Amazon VPC User Guide.
 */
final class KeyMatch {
    /** No epoch second of this century is larger; such a number is in milliseconds. */
    private static final long LARGEST_SECOND = 1L << 32;

    private static final long FILE_SECONDS = 300;

    private final List<Predicate> predicates;
    private final ReadOptions options;

    KeyMatch(List<Predicate> predicates, ReadOptions options) {
        this.predicates = predicates.stream().filter(this::concernsPath).toList();
        this.options = options;
    }

    List<LogFile> select(List<LogFile> files) {
        return predicates.isEmpty() ? files : files.stream().filter(this::test).toList();
    }

    private boolean test(LogFile file) {
        Optional<FileKey> key = FileKey.of(file);
        return predicates.stream().allMatch(predicate -> possible(predicate, file, key));
    }

    private boolean concernsPath(Predicate predicate) {
        for (Expression child : predicate.children()) {
            String column = Comparison.column(child);
            if (child instanceof Predicate inner ? concernsPath(inner) : column != null && isOfPath(column)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isOfPath(String column) {
        return Columns.OF_PATH.contains(column)
                || switch (Columns.awsName(column)) {
                    case "start", "end", "region", "account-id" -> true;
                    default -> false;
                };
    }

    private boolean possible(Expression expression, LogFile file, Optional<FileKey> key) {
        if (!(expression instanceof Predicate predicate)) {
            return true;
        }
        Expression[] children = predicate.children();
        return switch (predicate.name()) {
            case "AND" -> possible(children[0], file, key) && possible(children[1], file, key);
            case "OR" -> possible(children[0], file, key) || possible(children[1], file, key);
            default -> {
                Comparison comparison = Comparison.of(predicate);
                yield comparison == null || possible(comparison, file, key);
            }
        };
    }

    private boolean possible(Comparison comparison, LogFile file, Optional<FileKey> known) {
        if (comparison.column().equals(Columns.FILE)) {
            return possibleText(comparison, file.path());
        }
        if (known.isEmpty()) {
            return true;
        }
        FileKey key = known.get();
        return switch (comparison.column()) {
            case Columns.ACCOUNT -> possibleText(comparison, key.account());
            case Columns.REGION -> possibleText(comparison, key.region());
            case Columns.DATE -> possibleNumber(comparison, key.day(), key.day());
            default ->
                switch (Columns.awsName(comparison.column())) {
                    case "region" -> possibleText(comparison, key.region());
                    case "account-id" -> !options.pruneByAccountId() || possibleText(comparison, key.account());
                    case "start", "end" -> {
                        long time = key.time().getEpochSecond();
                        long margin = options.timeMarginSeconds();
                        yield possibleNumber(comparison, time - margin, time + FILE_SECONDS + margin);
                    }
                    default -> true;
                };
        };
    }

    private static boolean possibleText(Comparison comparison, String value) {
        List<String> texts = comparison.texts();
        return switch (comparison.operator()) {
            case "=", "<=>", "IN" -> !comparison.isTextual() || texts.contains(value);
            case "STARTS_WITH" -> value.startsWith(texts.get(0));
            case "ENDS_WITH" -> value.endsWith(texts.get(0));
            case "CONTAINS" -> value.contains(texts.get(0));
            default -> true;
        };
    }

    /** Whether a number from {@code low} to {@code high} can make it true. */
    private static boolean possibleNumber(Comparison comparison, long low, long high) {
        List<Long> values = comparison.integers();
        if (values == null || values.stream().anyMatch(value -> value > LARGEST_SECOND)) {
            return true;
        }
        long value = values.get(0);
        return switch (comparison.operator()) {
            case "=", "<=>", "IN" -> values.stream().anyMatch(each -> low <= each && each <= high);
            case "<" -> low < value;
            case "<=" -> low <= value;
            case ">" -> high > value;
            case ">=" -> high >= value;
            default -> true;
        };
    }
}
