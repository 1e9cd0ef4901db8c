package io.flowlog.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flowlog.parser.MalformedLine;
import io.flowlog.parser.NotAFlowLogException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ValuesTest {
    @TempDir
    private Path folder;

    private List<String> rows(String sql) throws Exception {
        return Twins.rows(Twins.write(folder.resolve("t.parquet"), sql, ""));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "44::TINYINT | 44",
                "443::USMALLINT | 443",
                "4294967295::UINTEGER | 4294967295",
                "9223372036854775807::BIGINT | 9223372036854775807",
                "9223372036854775808::UBIGINT | 9223372036854775808",
                "-5::INTEGER | -5",
                "(-9223372036854775808)::BIGINT | -9223372036854775808",
                "443.0::DOUBLE | 443",
                "0.5::FLOAT | 0.5",
                "true | true",
                "1.50::DECIMAL(9,2) | 1.50",
                "1.50::DECIMAL(18,2) | 1.50",
                "-1.50::DECIMAL(38,2) | -1.50",
                "DATE '2026-11-24' | 2026-11-24",
                "TIMESTAMP '2026-11-24 10:20:30.5' | 2026-11-24T10:20:30.500Z",
                "'2001:db8::1' | 2001:db8::1",
                "NULL::VARCHAR | -",
                "'' | -",
                "'-' | -",
                "'a\tb' | a\tb",
                "'\u00e4\u20ac\ud83d\ude00' | \u00e4\u20ac\ud83d\ude00",
            })
    void aValueOfAnyTypeHasText(String value, String text) throws Exception {
        assertThat(rows("SELECT 5 AS version, " + value + " AS other, 'x' AS last"))
                .containsExactly("version other last", "2: 5 " + text + " x");
    }

    @Test
    void numbersOfEveryLengthAreWritten() throws Exception {
        List<String> expected = new ArrayList<>(List.of("bytes"));
        List<String> values = new ArrayList<>();
        long value = 1;
        for (int i = 0; i < 18; i++) {
            for (long each : new long[] {value - 1, value, 9 * value + i}) {
                values.add("(" + each + ")");
                expected.add((values.size() + 1) + ": " + each);
            }
            value *= 10;
        }
        assertThat(rows("SELECT v::BIGINT AS bytes FROM (VALUES " + String.join(", ", values) + ") AS t(v)"))
                .isEqualTo(expected);
    }

    @Test
    void aValueThatALineCannotHaveMakesItsRowMalformed() throws Exception {
        Path file = Twins.write(
                folder.resolve("t.parquet"),
                "SELECT 'eni-' || i AS interface_id, CASE i WHEN 2 THEN 'a b' WHEN 3 THEN chr(10) || '5 6' "
                        + "WHEN 4 THEN 'x' || chr(13) WHEN 5 THEN ' ' ELSE 'fine' END AS action, "
                        + "CASE i WHEN 5 THEN 'c d' ELSE 'OK' END AS log_status FROM range(1, 7) AS t(i)",
                "");
        List<MalformedLine> malformed = new ArrayList<>();
        assertThat(Twins.rows(file, malformed))
                .containsExactly("interface-id action log-status", "2: eni-1 fine OK", "7: eni-6 fine OK");
        assertThat(malformed).extracting(MalformedLine::lineNumber).containsExactly(3L, 4L, 5L, 6L);
        assertThat(malformed)
                .extracting(MalformedLine::sample)
                .first()
                .asString()
                .contains("(action has a space or a line end in its value) eni-2 a\\\\sb OK");
    }

    @Test
    void namesAreThoseOfATextFlowLogIfTheyCanBe() throws Exception {
        assertThat(rows(
                        "SELECT 1 AS \"SRC_PORT\", 2 AS srcport, 3 AS new_field, 4 AS \"pkt-src\", 5 AS __index_level_0__, "
                                + "6 AS \"Größe\""))
                .containsExactly("src-port srcport new-field pkt-src __index_level_0__ Größe", "2: 1 2 3 4 5 6");
    }

    @Test
    void aColumnThatIsThereTwiceIsReadOnce() throws Exception {
        assertThat(rows("SELECT 'a' AS vpc_id, 'b' AS \"vpc-id\", 'c' AS action"))
                .containsExactly("vpc-id vpc-id action", "2: a c");
    }

    @Test
    void aRowWithTheNamesOfFieldsIsARecord() throws Exception {
        assertThat(rows("SELECT 'action' AS action, 'log-status' AS log_status, 'vpc-id' AS vpc_id"))
                .containsExactly("action log-status vpc-id", "2: action log-status vpc-id");
    }

    @Test
    void textThatIsNotAnnotatedIsText() throws Exception {
        assertThat(rows("SELECT 'ACCEPT'::BLOB AS action, 5 AS version"))
                .containsExactly("action version", "2: ACCEPT 5");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[1, 2] | is nested or repeated",
                "{'a': 1} | is nested or repeated",
                "MAP {'a': 1} | is nested or repeated",
                "TIME '10:00:00' | has the type TIME",
                "uuid() | has the type UUID",
                "INTERVAL 1 DAY | has the type INTERVAL",
            })
    void aColumnWithoutTextIsRejected(String value, String why) {
        assertThatThrownBy(() -> rows("SELECT 5 AS version, " + value + " AS other"))
                .isInstanceOfSatisfying(
                        NotAFlowLogException.class,
                        e -> assertThat(e.kind()).isEqualTo(NotAFlowLogException.Kind.PARQUET))
                .hasMessageContaining("t.parquet: expected columns of text and numbers, found the column \"other")
                .hasMessageContaining(why);
    }

    @Test
    void aNameWithASpaceIsRejected() {
        assertThatThrownBy(() -> rows("SELECT 5 AS version, 6 AS \"a b\""))
                .hasMessageContaining("found the column \"a?b\", which has a name that is empty or has white space");
    }

    @Test
    void anotherTableIsNotAFlowLog() {
        assertThatThrownBy(() -> rows("SELECT 5 AS price, 'x' AS \"item\", 1 AS a, 2 AS b, 3 AS c, 4 AS d"))
                .isInstanceOfSatisfying(
                        NotAFlowLogException.class,
                        e -> assertThat(e.kind()).isEqualTo(NotAFlowLogException.Kind.NO_HEADER))
                .hasMessageContaining("found a Parquet file with 6 other columns: price, item, a, b, c, ...");
    }

    @Test
    void aCodecThatIsNotSupportedIsNamed() {
        assertThatThrownBy(() -> Twins.rows(
                        Twins.write(folder.resolve("t.parquet"), "SELECT 5 AS version", ", COMPRESSION brotli")))
                .hasMessageContaining("row group 1, column version: the codec BROTLI is not supported");
    }

    @Test
    void aDecimalWithTooManyDecimalPlacesIsRejected() throws Exception {
        // Scale 1 and precision 9 as DuckDB writes them; then a scale of 1,000,000,000, whose text would fill the
        // memory.
        Path file = changed("SELECT 5 AS version, 1.5::DECIMAL(9,1) AS other", "15021512", "1580a8d6b9071512");
        assertThatThrownBy(() -> Twins.rows(file))
                .hasMessageContaining("found the column \"other\", which has the type DECIMAL(9, 1000000000)");
    }

    @Test
    void aDecimalWithoutBytesIsAbsent() throws Exception {
        // The name of the column, and after it the converted type DECIMAL with scale 1 and precision 9.
        Path file = changed("SELECT 5 AS version, ''::BLOB AS other", "6f7468657200", "6f74686572250a1502151200");
        assertThat(Twins.rows(file)).containsExactly("version other", "2: 5 -");
    }

    /** A file of which some bytes of the footer, written in hexadecimal, are replaced wherever they occur. */
    private Path changed(String sql, String from, String to) throws Exception {
        Path file = Twins.write(folder.resolve("t.parquet"), sql, "");
        byte[] bytes = Files.readAllBytes(file);
        int trailer = bytes.length - 8;
        int length = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(trailer);
        String footer = HexFormat.of().formatHex(bytes, trailer - length, trailer);
        assertThat(footer).contains(from);
        byte[] changed = HexFormat.of().parseHex(footer.replace(from, to));
        ByteBuffer all =
                ByteBuffer.allocate(trailer - length + changed.length + 8).order(ByteOrder.LITTLE_ENDIAN);
        all.put(bytes, 0, trailer - length).put(changed).putInt(changed.length).put(bytes, trailer + 4, 4);
        Files.write(file, all.array());
        return file;
    }
}
