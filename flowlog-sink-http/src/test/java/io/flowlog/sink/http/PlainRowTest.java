package io.flowlog.sink.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowlog.parser.FlowLogFormat;
import io.flowlog.parser.FlowLogReader;
import io.flowlog.parser.FlowLogRecord;
import io.flowlog.parser.FlowLogRow;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows that need no escape: values around the lengths that are copied at once, and absent columns in every order. */
class PlainRowTest {
    private static final String LONG_NAME = "a-field-whose-head-is-longer-than-thirty-two-bytes";
    private static final String[] NAMES = {
        "version", "action", LONG_NAME, "bytes", "log-status", "vpc-id", "tcp-flags", "type", "az-id", "subnet-id"
    };
    private static final String[] VALUES = {"2", "ACCEPT", "-x", "0", "--", "0", "007", "IPv4", "-0", "s"};

    /** One line for each set of absent columns. */
    private static List<String[]> rows() {
        List<String[]> rows = new ArrayList<>();
        for (int absent = 0; absent < 1 << NAMES.length; absent++) {
            String[] row = VALUES.clone();
            for (int column = 0; column < row.length; column++) {
                row[column] = (absent >> column & 1) == 1 ? "-" : row[column];
            }
            rows.add(row);
        }
        return rows;
    }

    private static String json(String[] row, boolean omitAbsent) {
        FlowLogFormat format = FlowLogFormat.parse(String.join(" ", NAMES));
        StringJoiner members = new StringJoiner(",", "{", "}\n");
        for (int column = 0; column < row.length; column++) {
            String name = "\"" + NAMES[column] + "\":";
            if (!row[column].equals("-")) {
                boolean integer = format.isInteger(column);
                members.add(name + (integer ? Long.toString(Long.parseLong(row[column])) : "\"" + row[column] + "\""));
            } else if (!omitAbsent) {
                members.add(name + "null");
            }
        }
        return members.toString();
    }

    private static JsonRowEncoder encoder(boolean omitAbsent, boolean withParts) {
        RecordFrame frame = RecordFrame.of(RecordFrame.Kind.LINES, "");
        return new JsonRowEncoder(16, new byte[0], RecordIds.LINE_NUMBERS, new byte[0], frame, omitAbsent, withParts);
    }

    private static String text(JsonRowEncoder encoder) {
        return new String(encoder.bytes(), 0, encoder.size(), StandardCharsets.US_ASCII);
    }

    /** Two spaces make the reader take its exact path, whose buffer has remains of other lines after a line. */
    @ParameterizedTest
    @CsvSource({"' ', false", "' ', true", "'  ', false", "'  ', true"})
    void writesAbsentColumnsInEveryOrder(String separator, boolean omitAbsent) throws IOException {
        StringBuilder file = new StringBuilder(String.join(" ", NAMES)).append('\n');
        StringBuilder expected = new StringBuilder();
        for (String[] row : rows()) {
            file.append(String.join(separator, row)).append('\n');
            expected.append(json(row, omitAbsent));
        }
        JsonRowEncoder fromRows = encoder(omitAbsent, false);
        JsonRowEncoder withParts = encoder(omitAbsent, true);
        try (FlowLogReader reader = FlowLogs.reader(file.toString())) {
            while (reader.advance()) {
                fromRows.append(reader.row());
                withParts.append(reader.row());
            }
        }
        JsonRowEncoder fromRecords = encoder(omitAbsent, false);
        try (FlowLogReader reader = FlowLogs.reader(file.toString())) {
            for (FlowLogRecord record : reader) {
                fromRecords.append(record);
            }
        }
        assertThat(text(fromRows).split("\n"))
                .containsExactly(expected.toString().split("\n"));
        assertThat(text(withParts)).isEqualTo(text(fromRows));
        assertThat(text(fromRecords)).isEqualTo(text(fromRows));
        assertThat(fromRows.parts().count).isZero();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void notesWhereTheHeadAndTheValueOfEachColumnBegin(boolean omitAbsent) throws IOException {
        FlowLogFormat format = FlowLogFormat.parse(String.join(" ", NAMES));
        for (String[] row : rows()) {
            String plain = String.join(" ", row);
            for (String line : new String[] {plain, plain.replace("ACCEPT", "a\"")}) {
                JsonRowEncoder encoder = encoder(omitAbsent, true);
                encoder.append((FlowLogRow) format.parseLine(line));
                assertThat(parts(encoder)).isEqualTo(expectedParts(line.split(" "), omitAbsent));
            }
        }
    }

    /** Each part as the column's number, its head and its value. A brace has replaced the first comma, or nothing. */
    private static List<String> parts(JsonRowEncoder encoder) {
        List<String> texts = new ArrayList<>();
        LineParts parts = encoder.parts();
        String text = text(encoder);
        for (int i = 0; i < parts.count; i++) {
            int value = LineParts.valueStart(parts.parts[i]);
            int end = i + 1 < parts.count ? LineParts.start(parts.parts[i + 1]) : encoder.size() - "}\n".length();
            texts.add(LineParts.slot(parts.parts[i]) + " "
                    + text.substring(LineParts.start(parts.parts[i]), value).replace('{', ',') + " "
                    + text.substring(value, end).replace("{", ""));
        }
        return texts;
    }

    private static List<String> expectedParts(String[] row, boolean omitAbsent) {
        FlowLogFormat format = FlowLogFormat.parse(String.join(" ", NAMES));
        List<String> parts = new ArrayList<>();
        for (int column = 0; column < row.length; column++) {
            String name = ",\"" + NAMES[column] + "\":";
            if (row[column].equals("-")) {
                parts.add(column + (omitAbsent ? "  " : " " + name + " null"));
            } else if (format.isInteger(column)) {
                parts.add(column + " " + name + " " + Long.parseLong(row[column]));
            } else {
                parts.add(column + " " + name + "\" " + row[column].replace("\"", "\\\"") + "\"");
            }
        }
        return parts;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 8, 9, 15, 16, 17, 23, 24, 25, 31, 32, 33, 39, 100, 5000})
    void writesValuesOfEveryLength(int length) throws IOException {
        String value = "abcdefghijklmnopqrstuvwxyz0123456789".repeat(200).substring(0, length);
        String digits = "0".repeat(length - 1) + "5";
        StringBuilder file = new StringBuilder("action bytes vpc-id " + LONG_NAME + "\n");
        StringBuilder expected = new StringBuilder();
        for (int row = 0; row < 100; row++) {
            file.append(value + " " + digits + " " + value + " " + value + "\n");
            expected.append("{\"action\":\"" + value + "\",\"bytes\":5,\"vpc-id\":\"" + value + "\",\"" + LONG_NAME
                    + "\":\"" + value + "\"}\n");
        }
        JsonRowEncoder encoder = encoder(false, true);
        try (FlowLogReader reader = FlowLogs.reader(file.toString())) {
            while (reader.advance()) {
                encoder.append(reader.row());
            }
        }
        assertThat(text(encoder)).isEqualTo(expected.toString());
    }
}
