package io.flowlog.parser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random expressions over random records, against predicates that share no code with the filter. */
class FilterOracleTest {
    private static final int EXPRESSIONS = 2000;
    private static final int RECORDS = 20;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void keepsWhatTheNaivePredicateKeeps(long seed) throws IOException {
        Random random = new Random(seed);
        NaiveFilter naive = new NaiveFilter(random);
        long kept = 0;
        for (int i = 0; i < EXPRESSIONS; i++) {
            NaiveFilter.Pair pair = naive.expression(random.nextInt(4));
            FlowLogFormat format = randomFormat(random);
            StringBuilder text = new StringBuilder(String.join(" ", format.columns()));
            List<Boolean> expected = new ArrayList<>();
            for (int r = 0; r < RECORDS; r++) {
                Map<String, String> values = new HashMap<>();
                text.append(random.nextInt(8) == 0 ? " \n" : "\n");
                for (String column : format.columns()) {
                    String value = naive.randomValue(column);
                    if (value != null) {
                        values.put(column, value);
                    }
                    text.append(value == null ? "-" : value).append(' ');
                }
                text.setLength(text.length() - 1);
                expected.add(pair.naive().test(values));
            }
            assertThat(decisions(pair.text(), text.toString()))
                    .as("%s on%n%s", pair.text(), text)
                    .isEqualTo(expected);
            kept += expected.stream().filter(Boolean::booleanValue).count();
        }
        assertThat(kept).isBetween(EXPRESSIONS * RECORDS / 5L, EXPRESSIONS * RECORDS * 4L / 5);
    }

    /** Whether the filter keeps each record: as a row of a reader, as a record, and as a row of somebody else, alike. */
    private static List<Boolean> decisions(String expression, String text) throws IOException {
        FlowLogFilter filter = FlowLogFilter.parse(expression);
        List<Boolean> kept = new ArrayList<>();
        try (FlowLogReader flows =
                FlowLogReader.open(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)))) {
            for (FlowLogRecord flow : flows) {
                boolean row = filter.test(flows.row());
                assertThat(filter.test(flow)).as("%s on %s", expression, flow).isEqualTo(row);
                assertThat(filter.test(new ForeignRow(flow)))
                        .as("%s on %s", expression, flow)
                        .isEqualTo(row);
                kept.add(row);
            }
        }
        return kept;
    }

    /** Some documented columns missing, in any order; the unknown one is always there. */
    private static FlowLogFormat randomFormat(Random random) {
        List<String> columns = new ArrayList<>(NaiveFilter.columns());
        columns.removeIf(column -> !column.equals("some-future-field") && random.nextInt(5) == 0);
        Collections.shuffle(columns, random);
        return FlowLogFormat.parse(String.join(" ", columns));
    }

    private record ForeignRow(FlowLogRow row) implements FlowLogRow {
        @Override
        public FlowLogFormat format() {
            return row.format();
        }

        @Override
        public long lineNumber() {
            return row.lineNumber();
        }

        @Override
        public int length(int column) {
            return row.length(column);
        }

        @Override
        public boolean isAbsent(int column) {
            return row.isAbsent(column);
        }

        @Override
        public int copyTo(int column, byte[] target, int at) {
            return row.copyTo(column, target, at);
        }

        @Override
        public long longValue(int column, long absent) {
            return row.longValue(column, absent);
        }

        @Override
        public int lineLength() {
            return row.lineLength();
        }

        @Override
        public int copyLineTo(byte[] target, int at, int[] ends) {
            return row.copyLineTo(target, at, ends);
        }
    }
}
