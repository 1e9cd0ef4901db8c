package io.flowlog.parser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * All that a reader says about an input, line by line: its records, what it refused, how it ended. Two ways of reading the
 * same input have to give the same transcript.
 */
final class Transcript {
    static final UnaryOperator<FlowLogReader.Builder> STRICT = builder -> builder;

    private Transcript() {}

    /** By {@link FlowLogReader#read()}; malformed lines are those thrown, or those that the handler saw. */
    static List<String> of(InputStream in, boolean lenient, UnaryOperator<FlowLogReader.Builder> settings)
            throws IOException {
        return of(in, lenient, settings, reader -> {
            FlowLogRecord flow = reader.read();
            return flow == null ? null : flow.toString();
        });
    }

    /** By {@link FlowLogReader#advance()} and the low level of the row. */
    static List<String> ofRows(InputStream in, boolean lenient, UnaryOperator<FlowLogReader.Builder> settings)
            throws IOException {
        return of(in, lenient, settings, reader -> reader.advance() ? describe(reader.row()) : null);
    }

    static List<String> ofLenient(byte[] data) throws IOException {
        return of(new ByteArrayInputStream(data), true, STRICT);
    }

    private static List<String> of(
            InputStream in, boolean lenient, UnaryOperator<FlowLogReader.Builder> settings, Step step)
            throws IOException {
        List<String> said = new ArrayList<>();
        FlowLogReader.Builder builder = settings.apply(FlowLogReader.builder().name("flows.log"));
        if (lenient) {
            builder.onMalformed(line -> said.add("malformed " + line));
        }
        try (FlowLogReader reader = builder.open(in)) {
            while (true) {
                try {
                    String next = step.next(reader);
                    if (next == null) {
                        FlowLogCounts counts = reader.counts();
                        said.add("counts lines=" + counts.lines() + " records=" + counts.records() + " malformed="
                                + counts.malformed() + " headers=" + counts.headers() + " blank=" + counts.blank());
                        return said;
                    }
                    said.add(next);
                } catch (FlowLogParseException e) {
                    assertThat(lenient).isFalse();
                    said.add("malformed " + e.getMessage());
                } catch (IOException e) {
                    said.add("error " + e.getClass().getSimpleName() + ": " + e.getMessage());
                    return said;
                }
            }
        }
    }

    /** Shows the first line that differs, not all of them. */
    static void assertSame(List<String> said, List<String> expected, String where) {
        for (int i = 0; i < Math.min(said.size(), expected.size()); i++) {
            if (!said.get(i).equals(expected.get(i))) {
                assertThat(said.get(i)).as("%s, entry %d", where, i).isEqualTo(expected.get(i));
            }
        }
        assertThat(said).as(where).hasSameSizeAs(expected);
    }

    /** What {@link FlowLogRecord#toString()} says, put together from the low level; holds its parts against each other. */
    static String describe(FlowLogRow row) {
        FlowLogFormat format = row.format();
        byte[] line = new byte[row.lineLength() + 2];
        int[] ends = new int[format.size()];
        assertThat(row.copyLineTo(line, 1, ends)).isEqualTo(row.lineLength());
        StringBuilder text = new StringBuilder("line ").append(row.lineNumber()).append(':');
        for (int column = 0; column < format.size(); column++) {
            int start = column == 0 ? 1 : ends[column - 1] + 1;
            String written = new String(line, start, ends[column] - start, StandardCharsets.UTF_8);
            byte[] bytes = new byte[row.length(column)];
            boolean absent = written.equals("-");
            boolean same = row.copyTo(column, bytes, 0) == bytes.length
                    && row.isAbsent(column) == absent
                    && new String(bytes, StandardCharsets.UTF_8).equals(absent ? "" : written);
            if (format.isInteger(column)) {
                same &= row.longValue(column, -7) == (absent ? -7 : Long.parseLong(written));
            }
            if (!same) {
                throw new AssertionError("column " + format.name(column) + " of " + written);
            }
            text.append(' ').append(format.name(column)).append('=').append(written);
        }
        return text.toString();
    }

    private interface Step {
        @Nullable
        String next(FlowLogReader reader) throws IOException;
    }
}
