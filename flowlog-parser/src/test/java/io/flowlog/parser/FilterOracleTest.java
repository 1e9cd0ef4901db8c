package io.flowlog.parser;

import static org.assertj.core.api.Assertions.assertThat;

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
    void keepsWhatTheNaivePredicateKeeps(long seed) {
        Random random = new Random(seed);
        NaiveFilter naive = new NaiveFilter(random);
        long kept = 0;
        for (int i = 0; i < EXPRESSIONS; i++) {
            NaiveFilter.Pair pair = naive.expression(random.nextInt(4));
            FlowLogFilter filter = FlowLogFilter.parse(pair.text());
            FlowLogFormat format = randomFormat(random);
            for (int r = 0; r < RECORDS; r++) {
                Map<String, String> values = new HashMap<>();
                StringBuilder line = new StringBuilder();
                for (String column : format.columns()) {
                    String value = naive.randomValue(column);
                    if (value != null) {
                        values.put(column, value);
                    }
                    line.append(value == null ? "-" : value).append(' ');
                }
                FlowLogRecord flow = format.parseLine(line.toString());
                boolean expected = pair.naive().test(values);
                assertThat(filter.test(flow)).as("%s on %s", pair.text(), flow).isEqualTo(expected);
                kept += expected ? 1 : 0;
            }
        }
        assertThat(kept).isBetween(EXPRESSIONS * RECORDS / 5L, EXPRESSIONS * RECORDS * 4L / 5);
    }

    /** Some documented columns missing, in any order; the unknown one is always there. */
    private static FlowLogFormat randomFormat(Random random) {
        List<String> columns = new ArrayList<>(NaiveFilter.columns());
        columns.removeIf(column -> !column.equals("some-future-field") && random.nextInt(5) == 0);
        Collections.shuffle(columns, random);
        return FlowLogFormat.parse(String.join(" ", columns));
    }
}
