package io.flowlog.parser;

import java.util.Set;
import java.util.function.Predicate;

/**
 * An expression over the fields of a record, such as {@code action = REJECT and dstport in (22, 3389)}. A filter names the
 * records to keep. {@code docs/filters.md} describes the language.
 *
 * <pre>{@code
 * FlowLogFilter ssh = FlowLogFilter.parse("port = 22 and not addr in (private)");
 * try (FlowLogReader flows = FlowLogReader.builder().filter(ssh).open(file)) {
 *     flows.forEach(flow -> System.out.println(flow));
 * }
 * flows.stream().filter(ssh); // a filter is also a predicate of records and rows
 * }</pre>
 *
 * <p>A filter is checked when it is parsed, and once for each {@linkplain FlowLogFormat format} that it is applied to.
 * Testing a row allocates nothing: each thread keeps a small buffer and the filter as prepared for the latest formats.
 *
 * <p>Immutable and safe to share between threads. Two filters are equal if their texts are.
 */
public final class FlowLogFilter implements Predicate<FlowLogRow> {
    /** The maximum length of a filter in bytes of UTF-8: {@value}. */
    public static final int MAX_LENGTH = 64 * 1024;

    /** The maximum number of parentheses within each other: {@value}. */
    public static final int MAX_DEPTH = 100;

    private final String text;
    private final FilterExpression expression;
    private final ThreadLocal<FilterEvaluator> evaluators = ThreadLocal.withInitial(this::evaluator);

    private FlowLogFilter(String text, FilterExpression expression) {
        this.text = text;
        this.expression = expression;
    }

    /**
     * Parses a filter.
     *
     * @param text an expression; at most {@value #MAX_LENGTH} bytes, and {@value #MAX_DEPTH} levels of parentheses
     * @return the filter
     * @throws InvalidFilterException if the text is not a valid expression, or a value does not suit its field
     */
    public static FlowLogFilter parse(String text) {
        return new FlowLogFilter(text, new FilterParser(text).parse());
    }

    /**
     * Whether the filter keeps a record. Works for every kind of row, and for records.
     *
     * @param row the row; it is only read during the call
     * @return true to keep it
     * @throws InvalidFilterException as {@link #check(FlowLogFormat)} does for the format of the row
     */
    @Override
    public boolean test(FlowLogRow row) {
        return evaluators.get().test(row);
    }

    /**
     * Checks that every field of the filter exists: AWS documents it, or the format has a column of that name. A reader
     * does this for every header. A documented field that the format lacks is absent in all its records.
     *
     * @param format the columns of the records to test
     * @throws InvalidFilterException if a field does not exist
     */
    public void check(FlowLogFormat format) {
        expression.bind(format);
    }

    /**
     * The names of the columns that the filter reads, for example to read only these from a file in a columnar format. {@code
     * addr} and {@code port} are listed as their two columns.
     *
     * @return an unmodifiable set of AWS's names, in the order of the text; never empty
     */
    public Set<String> fields() {
        return expression.fields();
    }

    /** A prepared form for one thread that does not have to look up the thread. */
    FilterEvaluator evaluator() {
        return new FilterEvaluator(expression);
    }

    @Override
    public boolean equals(Object other) {
        return this == other || other instanceof FlowLogFilter filter && text.equals(filter.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    /** The text that was parsed. */
    @Override
    public String toString() {
        return text;
    }

    /**
     * A filter is invalid, or names a field that does not exist. The message says where, what was expected and what was
     * found.
     */
    public static final class InvalidFilterException extends IllegalArgumentException {
        private static final long serialVersionUID = 1L;

        private final int position;

        InvalidFilterException(int position, String expectedAndFound) {
            super("filter, character " + position + ": " + expectedAndFound);
            this.position = position;
        }

        /**
         * The position of the error.
         *
         * @return the number of the character ({@code char}) in the text, from 1; one more than the length for the end
         */
        public int position() {
            return position;
        }
    }
}
