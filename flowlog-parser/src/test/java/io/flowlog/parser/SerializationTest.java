package io.flowlog.parser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SerializationTest {
    private static final FlowLogFormat FORMAT = FlowLogFormat.parse("srcaddr bytes new-field");

    private static byte[] write(Object value) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(value);
        }
        return bytes.toByteArray();
    }

    private static Object read(byte[] bytes) throws IOException, ClassNotFoundException {
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
            return in.readObject();
        }
    }

    private static FlowLogRecord second(String text) throws IOException {
        try (FlowLogReader reader =
                FlowLogReader.open(new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1)))) {
            reader.read();
            return Objects.requireNonNull(reader.read());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "srcaddr bytes new-field\n1 1 1\n10.0.0.1 007 x\n",
                "srcaddr bytes new-field\n1 1 1\n  -   -  - \n",
                "srcaddr bytes new-field\n1 1 1\n\u00ff\u0080\u0000 9223372036854775807 -\n",
                "srcaddr bytes new-field\n1 1 1\n10.0.0.1 1 x\r\r\n",
                "srcaddr bytes srcaddr bytes\n1 1 1 1\n10.0.0.1 5 10.0.0.2 6\n"
            })
    void aRecordIsTheSameAfterwards(String text) throws Exception {
        FlowLogRecord flow = second(text);
        FlowLogRecord copy = (FlowLogRecord) read(write(flow));
        assertThat(copy).isEqualTo(flow).hasSameHashCodeAs(flow).hasToString(flow.toString());
        assertThat(copy.lineNumber()).isEqualTo(3);
        assertThat(copy.format()).isEqualTo(flow.format());
        assertThat(copy.format().duplicates()).isEqualTo(flow.format().duplicates());
    }

    @Test
    void aLongRecordIsTheSameAfterwards() throws Exception {
        FlowLogRecord flow = FORMAT.parseLine("10.0.0.1 1 " + "x".repeat(200_000));
        assertThat(read(write(flow))).isEqualTo(flow);
    }

    @Test
    void aFormatIsTheSameAfterwards() throws Exception {
        assertThat(read(write(FORMAT))).isEqualTo(FORMAT);
        assertThat(read(write(FlowLogFormat.DEFAULT))).isSameAs(FlowLogFormat.DEFAULT);
    }

    @Test
    void recordsOfOneStreamShareTheirFormatAndAreCompact() throws Exception {
        List<FlowLogRecord> flows = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            flows.add(FORMAT.parseLine("10.0.0.1 " + i + " x"));
        }
        byte[] bytes = write(flows);
        assertThat(bytes.length).isLessThan(1000 * 50 + 500);
        List<?> copies = (List<?>) read(bytes);
        assertThat(copies).isEqualTo(flows);
        assertThat(((FlowLogRecord) copies.get(0)).format()).isSameAs(((FlowLogRecord) copies.get(999)).format());
    }

    /** {@code serialized/v1.hex} was written by the first release that could, and must be readable for ever. */
    @Test
    void aStreamOfTheFirstVersionIsRead() throws Exception {
        String hex;
        try (InputStream in =
                Objects.requireNonNull(SerializationTest.class.getResourceAsStream("/serialized/v1.hex"))) {
            hex = new String(in.readAllBytes(), StandardCharsets.US_ASCII);
        }
        assertThat(read(HexFormat.of().parseHex(hex.replaceAll("\\s", ""))))
                .isEqualTo(List.of(FORMAT, FORMAT.parseLine("10.0.0.1 7 x"), FORMAT.parseLine("- - -")));
    }

    @Test
    void aDamagedStreamIsNeverARecord() throws Exception {
        FlowLogRecord flow = FORMAT.parseLine("10.0.0.1 7 xyz");
        byte[] whole = write(flow);
        for (int i = 0; i < whole.length; i++) {
            for (int change : new int[] {1, 0x80, 0x10}) {
                byte[] damaged = whole.clone();
                damaged[i] ^= (byte) change;
                Object value;
                try {
                    value = read(damaged);
                } catch (IOException | ClassNotFoundException | RuntimeException e) {
                    continue;
                }
                if (value instanceof FlowLogRecord copy) {
                    assertThat(copy.toString()).isNotEmpty();
                    copy.bytes();
                }
            }
        }
        String text = new String(whole, StandardCharsets.ISO_8859_1);
        assertThatThrownBy(() -> read(text.replace(" 7 ", " x ").getBytes(StandardCharsets.ISO_8859_1)))
                .isInstanceOf(InvalidObjectException.class)
                .hasMessageContaining("column bytes: expected - or an integer");
        assertThatThrownBy(() -> read(text.replace(" 7 ", "x7 ").getBytes(StandardCharsets.ISO_8859_1)))
                .isInstanceOf(InvalidObjectException.class)
                .hasMessageContaining("expected 3 columns, found 2");
    }

    @Test
    void aStreamOfALaterVersionSaysSo() throws Exception {
        byte[] bytes = write(FORMAT);
        int version = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("\u0001\u0001\u0000\u0000\u0000");
        bytes[version] = 2;
        assertThatThrownBy(() -> read(bytes))
                .isInstanceOf(ObjectStreamException.class)
                .hasMessageContaining("expected version 1 of the serialized form, found 2");
    }
}
