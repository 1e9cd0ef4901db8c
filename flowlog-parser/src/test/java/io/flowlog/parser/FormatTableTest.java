package io.flowlog.parser;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The table "Lines that trip parsers, and what we do", row by row. */
class FormatTableTest {
    private static final String HEADER = "srcaddr dstaddr bytes";
    private static final String LINE = "10.0.0.1 10.0.0.2 1";
    private static final String READ = "srcaddr=10.0.0.1 dstaddr=10.0.0.2 bytes=1";

    private static List<String> read(String text) throws IOException {
        return Transcript.ofLenient(text.getBytes(UTF_8));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                HEADER + "\n10.0.0.1   10.0.0.2  1\n",
                " " + HEADER + "\n   " + LINE + "\n",
                HEADER + "  \n" + LINE + " \n",
                HEADER + "\r\n" + LINE + "\r\n",
                HEADER + "\n" + LINE,
                "\uFEFF" + HEADER + "\n" + LINE + "\n"
            })
    void acceptsSpacesCrLfNoFinalNewlineAndByteOrderMark(String text) throws IOException {
        assertThat(read(text))
                .containsExactly("line 2: " + READ, "counts lines=2 records=1 malformed=0 headers=1 blank=0");
    }

    @Test
    void skipsEmptyLinesWhichKeepTheirNumber() throws IOException {
        assertThat(read("\n" + HEADER + "\n\n \n" + LINE + "\n\n"))
                .containsExactly("line 5: " + READ, "counts lines=6 records=1 malformed=0 headers=1 blank=4");
    }

    @Test
    void takesAHeaderInMidFileFromThereOn() throws IOException {
        assertThat(read(HEADER + "\n" + HEADER + "\n" + LINE + "\nbytes action\n5 OK\n"))
                .containsExactly(
                        "line 3: " + READ,
                        "line 5: bytes=5 action=OK",
                        "counts lines=5 records=2 malformed=0 headers=3 blank=0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", HEADER, HEADER + "\n", HEADER + "\r\n\r\n", "\uFEFF", "\n"})
    void headerOnlyAndEmptyHaveNoRecordsAndNoError(String text) throws IOException {
        assertThat(read(text)).singleElement().asString().contains("records=0 malformed=0");
    }

    @Test
    void malformedLinesThrowInStrictModeAndAreCountedInLenient() throws IOException {
        String text = HEADER + "\n1 2\n1 2 3 4\n1 2 x\n" + "y".repeat(70_000) + "\n" + LINE;
        List<String> lenient = read(text);
        assertThat(lenient)
                .containsExactly(
                        "malformed flows.log, line 2: expected 3 columns, found 2",
                        "malformed flows.log, line 3: expected 3 columns, found 4",
                        "malformed flows.log, line 4, column bytes: expected - or an integer from 0 to"
                                + " 9223372036854775807, found \"x\"",
                        "malformed flows.log, line 5: expected a line of at most 65536 bytes, found one of 70000",
                        "line 6: " + READ,
                        "counts lines=6 records=1 malformed=4 headers=1 blank=0");
        ByteArrayInputStream in = new ByteArrayInputStream(text.getBytes(UTF_8));
        assertThat(Transcript.of(in, false, Transcript.STRICT)).isEqualTo(lenient);
    }

    @Test
    void ofAColumnNamedTwiceTheFirstWins() throws IOException {
        assertThat(read("srcaddr bytes srcaddr\n10.0.0.1 7 10.0.0.9\n")).startsWith("line 2: srcaddr=10.0.0.1 bytes=7");
        assertThat(FlowLogFormat.parse("srcaddr bytes srcaddr").duplicates()).containsExactly("srcaddr");
    }

    @Test
    void bytesThatAreNotUtf8AreNeverAnException() throws IOException {
        byte[] data = (HEADER + "\n\u00ff\u00fe \"\\\u0001 1\n").getBytes(ISO_8859_1);
        assertThat(Transcript.ofLenient(data)).startsWith("line 2: srcaddr=\ufffd\ufffd dstaddr=\"\\\u0001 bytes=1");
    }

    @Test
    void readsEveryGzipMemberAlsoWithPauses() throws IOException {
        byte[] file = GzipBytes.join(GzipBytes.gzip(HEADER + "\n"), GzipBytes.gzip(LINE + "\n"), GzipBytes.gzip(LINE));
        List<String> whole = Transcript.ofLenient(file);
        assertThat(whole).hasSize(3);
        for (int place = 1; place < file.length; place++) {
            assertThat(Transcript.of(SlowStream.pausingAt(file, place), true, Transcript.STRICT))
                    .isEqualTo(whole);
        }
    }

    @Test
    void brokenGzipIsNeverACleanEnd() throws IOException {
        byte[] file = GzipBytes.gzip(HEADER + "\n" + LINE + "\n");
        for (byte[] broken : List.of(
                GzipBytes.cut(file, file.length - 9),
                GzipBytes.cut(file, file.length - 1),
                GzipBytes.flip(file, file.length - 1, 1),
                GzipBytes.flip(file, file.length - 5, 1),
                GzipBytes.join(file, new byte[1]))) {
            List<String> said = Transcript.ofLenient(broken);
            assertThat(said.get(said.size() - 1)).startsWith("error CorruptGzipException: flows.log, gzip member");
        }
    }

    @Test
    void theFirstBytesSayWhetherItIsGzip() throws IOException {
        String text = HEADER + "\n" + LINE + "\n";
        assertThat(Transcript.of(
                        new ByteArrayInputStream(text.getBytes(UTF_8)), true, builder -> builder.name("flows.log.gz")))
                .isEqualTo(Transcript.ofLenient(GzipBytes.gzip(text)))
                .startsWith("line 2: " + READ);
    }
}
