package io.flowlog.sink.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.flowlog.parser.FlowLogField;
import io.flowlog.parser.FlowLogFormat;
import io.flowlog.parser.FlowLogReader;
import io.flowlog.parser.FlowLogRecord;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds the encoder equal to jackson-core's generator. */
class JsonRowEncoderTest {
    private static final long SEED = 20_261_123;
    private static final JsonFactory JACKSON = new JsonFactory();

    @Test
    void writesTheExampleOfTheContract() throws IOException {
        assertThat(encode(FlowLogs.HEADER + FlowLogs.LINE)).isEqualTo(FlowLogs.JSON + "\n");
    }

    @Test
    void oneRecordIsTheSameObjectWithoutALineEnd() throws IOException {
        assertThat(NdjsonWriter.toJson(FlowLogFormat.DEFAULT.parseLine(FlowLogs.LINE)))
                .isEqualTo(FlowLogs.JSON);
        FlowLogRecord flow = FlowLogFormat.parse("action bytes").parseLine("\"\u00e9\u2028\ud83d\ude00 7");
        assertThat(NdjsonWriter.toJson(flow) + "\n").isEqualTo(encode("action bytes\n\"\u00e9\u2028\ud83d\ude00 7\n"));
        try (FlowLogReader reader = FlowLogs.reader(FlowLogs.HEADER + FlowLogs.LINE)) {
            assertThat(reader.advance()).isTrue();
            assertThat(NdjsonWriter.toJson(reader.row())).isEqualTo(FlowLogs.JSON);
        }
    }

    @Test
    void writesNullForAbsentAndNumbersWithoutLeadingZeros() throws IOException {
        assertThat(encode("version account-id srcport bytes action future-field\n2 010 010 000 - -\n- - - 0 - 007\n"))
                .isEqualTo("{\"version\":2,\"account-id\":\"010\",\"srcport\":10,\"bytes\":0,\"action\":null,"
                        + "\"future-field\":null}\n{\"version\":null,\"account-id\":null,\"srcport\":null,\"bytes\":0,"
                        + "\"action\":null,\"future-field\":\"007\"}\n");
    }

    @Test
    void writesTheRecordIdAsTheLastMember() throws IOException {
        byte[] head = JsonRowEncoder.idHead("record_id", "0123456789abcdef0123456789abcdef");
        JsonRowEncoder encoder = new JsonRowEncoder(
                10,
                head,
                RecordIds.LINE_NUMBERS,
                new byte[0],
                RecordFrame.of(RecordFrame.Kind.LINES, ""),
                false,
                false);
        try (FlowLogReader reader = FlowLogs.reader("version action\n\n2 OK\n2 \"\n")) {
            while (reader.advance()) {
                encoder.append(reader.row());
            }
        }
        assertThat(text(encoder))
                .isEqualTo("{\"version\":2,\"action\":\"OK\",\"record_id\":\"0123456789abcdef0123456789abcdef-3\"}\n"
                        + "{\"version\":2,\"action\":\"\\\"\",\"record_id\":\"0123456789abcdef0123456789abcdef-4\"}\n");
    }

    static Stream<FlowLogFormat> formats() {
        Random random = new Random(SEED);
        List<FlowLogFormat> formats = new ArrayList<>();
        formats.add(FlowLogFormat.DEFAULT);
        formats.add(FlowLogFormat.parse(names().collect(Collectors.joining(" "))));
        for (int i = 0; i < 40; i++) {
            List<String> some = names().collect(Collectors.toCollection(ArrayList::new));
            Collections.shuffle(some, random);
            some = some.subList(0, 1 + random.nextInt(some.size()));
            some.add(random.nextInt(some.size() + 1), "a-field-of-tomorrow-" + i);
            formats.add(FlowLogFormat.parse(String.join(" ", some)));
        }
        return formats.stream();
    }

    private static Stream<String> names() {
        return Arrays.stream(FlowLogField.values()).map(FlowLogField::awsName);
    }

    @ParameterizedTest
    @MethodSource("formats")
    void equalsJacksonsGeneratorForEveryFormat(FlowLogFormat format) throws IOException {
        Random random = new Random(SEED + format.hashCode());
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes((format + "\n").getBytes(StandardCharsets.US_ASCII));
        for (int row = 0; row < 300; row++) {
            for (int column = 0; column < format.size(); column++) {
                file.write(column == 0 ? '\n' : ' ');
                file.writeBytes(value(random, format.isInteger(column), row % 3));
            }
        }
        file.write('\n');
        assertEqualToJackson(file.toByteArray());
    }

    /** Wildness 0: plain text; 1: text with escapes and UTF-8; 2: any bytes. */
    private static byte[] value(Random random, boolean integer, int wildness) {
        if (random.nextInt(6) == 0) {
            return new byte[] {'-'};
        }
        if (integer) {
            String digits = Long.toString(random.nextLong() >>> 1 + random.nextInt(63));
            return (random.nextInt(20) == 0 && digits.length() < 15 ? "000" + digits : digits)
                    .getBytes(StandardCharsets.US_ASCII);
        }
        byte[] bytes = new byte[1 + random.nextInt(random.nextInt(30) == 0 ? 200 : 40)];
        if (wildness == 1) {
            String[] odd = {"\"", "\\", "é", "\u2028", "\uD83D\uDE00", "/", "<", "\u0001", "\u007f", "\b", "x", "1"};
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < bytes.length; i++) {
                text.append(odd[random.nextInt(odd.length)]);
            }
            return text.toString().getBytes(StandardCharsets.UTF_8);
        }
        random.nextBytes(bytes);
        for (int i = 0; i < bytes.length; i++) {
            boolean separator = bytes[i] == ' ' || bytes[i] == '\n' || bytes[i] == '\r';
            if (wildness == 0 || separator) {
                bytes[i] = (byte) ('0' + (bytes[i] & 0x3f) % 75);
            }
        }
        if (wildness == 0) {
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = bytes[i] == '\\' ? (byte) '~' : bytes[i];
            }
        }
        return bytes;
    }

    private static void assertEqualToJackson(byte[] file) throws IOException {
        ByteArrayOutputStream expected = new ByteArrayOutputStream();
        List<FlowLogRecord> kept = new ArrayList<>();
        try (FlowLogReader reader = open(file);
                JsonGenerator json = JACKSON.createGenerator(expected)) {
            json.setRootValueSeparator(null);
            for (FlowLogRecord flow : reader) {
                writeByJackson(json, flow);
                kept.add(flow);
            }
        }
        JsonRowEncoder fromRows = new JsonRowEncoder(16);
        try (FlowLogReader reader = open(file)) {
            while (reader.advance()) {
                fromRows.append(reader.row());
            }
        }
        JsonRowEncoder fromRecords = new JsonRowEncoder(16);
        kept.forEach(fromRecords::append);
        assertThat(kept).hasSize(300);
        assertSameLines(text(fromRows), expected.toString(StandardCharsets.UTF_8));
        assertSameLines(text(fromRecords), expected.toString(StandardCharsets.UTF_8));
    }

    private static void assertSameLines(String actual, String expected) {
        String[] lines = expected.split("\n", -1);
        String[] ours = actual.split("\n", -1);
        for (int i = 0; i < lines.length; i++) {
            assertThat(ours[i]).isEqualTo(lines[i]);
        }
        assertThat(ours).hasSameSizeAs(lines);
    }

    private static FlowLogReader open(byte[] file) throws IOException {
        return FlowLogReader.builder().open(new ByteArrayInputStream(file));
    }

    private static void writeByJackson(JsonGenerator json, FlowLogRecord flow) throws IOException {
        json.writeStartObject();
        FlowLogFormat format = flow.format();
        for (int column = 0; column < format.size(); column++) {
            String name = format.name(column);
            if (flow.isAbsent(column)) {
                json.writeNullField(name);
            } else if (format.isInteger(column)) {
                json.writeNumberField(name, flow.longValue(column, -1));
            } else {
                json.writeStringField(name, flow.get(name).orElseThrow());
            }
        }
        json.writeEndObject();
        json.writeRaw('\n');
    }

    private static String encode(String file) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (FlowLogReader reader = FlowLogs.reader(file);
                NdjsonWriter writer = new NdjsonWriter(out)) {
            while (reader.advance()) {
                writer.write(reader.row());
            }
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    private static String text(JsonRowEncoder encoder) {
        return new String(encoder.bytes(), 0, encoder.size(), StandardCharsets.UTF_8);
    }
}
