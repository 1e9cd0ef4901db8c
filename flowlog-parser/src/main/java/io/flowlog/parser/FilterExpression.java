package io.flowlog.parser;

import io.flowlog.parser.FlowLogFilter.InvalidFilterException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** A parsed filter, independent of any header. Immutable. */
sealed interface FilterExpression {
    /** The same expression for rows of one format; what is the same for all of them is decided here. */
    RowTest bind(FlowLogFormat format);

    void collectFields(Set<String> fields);

    default Set<String> fields() {
        Set<String> fields = new LinkedHashSet<>();
        collectFields(fields);
        return Collections.unmodifiableSet(fields);
    }

    record AllOf(List<FilterExpression> parts) implements FilterExpression {
        @Override
        public RowTest bind(FlowLogFormat format) {
            return RowTest.allOf(parts.stream().map(part -> part.bind(format)).toList());
        }

        @Override
        public void collectFields(Set<String> fields) {
            parts.forEach(part -> part.collectFields(fields));
        }
    }

    record AnyOf(List<FilterExpression> parts) implements FilterExpression {
        /** Ranges of one field, side by side, become one set, so that its columns are looked at once. */
        static FilterExpression of(List<FilterExpression> parts) {
            List<FilterExpression> joined = new ArrayList<>();
            int end;
            for (int i = 0; i < parts.size(); i = end) {
                FilterExpression part = parts.get(i);
                end = i + 1;
                while (end < parts.size() && areOneSet(part, parts.get(end))) {
                    end++;
                }
                joined.add(end == i + 1 ? part : oneSet(parts.subList(i, end)));
            }
            return joined.size() == 1 ? joined.get(0) : new AnyOf(joined);
        }

        private static boolean areOneSet(FilterExpression first, FilterExpression second) {
            return first instanceof Comparison one
                    && second instanceof Comparison two
                    && one.field.equals(two.field)
                    && one.test instanceof ColumnTest.Addresses
                    && two.test instanceof ColumnTest.Addresses;
        }

        private static Comparison oneSet(List<FilterExpression> parts) {
            List<Comparison> all = parts.stream().map(Comparison.class::cast).toList();
            AddressSet set = AddressSet.anyOf(all.stream()
                    .map(part -> ((ColumnTest.Addresses) part.test).addresses())
                    .toList());
            Comparison first = all.get(0);
            return new Comparison(first.field, first.position, first.columns, new ColumnTest.Addresses(set));
        }

        @Override
        public RowTest bind(FlowLogFormat format) {
            return RowTest.anyOf(parts.stream().map(part -> part.bind(format)).toList());
        }

        @Override
        public void collectFields(Set<String> fields) {
            parts.forEach(part -> part.collectFields(fields));
        }
    }

    record Not(FilterExpression part) implements FilterExpression {
        @Override
        public RowTest bind(FlowLogFormat format) {
            return RowTest.not(part.bind(format));
        }

        @Override
        public void collectFields(Set<String> fields) {
            part.collectFields(fields);
        }
    }

    /**
     * True if one of the columns passes the test.
     *
     * @param field the field as written in the filter
     * @param position where the field is in the filter, from 1
     * @param columns the columns of the field: one, or the two of {@code addr} and {@code port}
     */
    record Comparison(String field, int position, List<String> columns, ColumnTest test) implements FilterExpression {
        @Override
        public RowTest bind(FlowLogFormat format) {
            return RowTest.anyOf(
                    columns.stream().map(column -> bind(format, column)).toList());
        }

        private RowTest bind(FlowLogFormat format, String name) {
            int column = format.indexOf(name);
            if (column >= 0) {
                return (row, buffer) -> test.test(row, column, buffer);
            }
            if (FlowLogField.of(name).isEmpty()) {
                throw new InvalidFilterException(
                        position,
                        "expected a field that AWS documents or that the header has, found " + Text.quoted(field)
                                + Similar.field(field)
                                        .map(known -> "; did you mean \"" + known + "\"?")
                                        .orElse(""));
            }
            return test instanceof ColumnTest.Absent ? RowTest.ALWAYS : RowTest.NEVER;
        }

        @Override
        public void collectFields(Set<String> fields) {
            fields.addAll(columns);
        }
    }
}
