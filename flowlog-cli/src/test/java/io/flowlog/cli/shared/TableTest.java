package io.flowlog.cli.shared;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowlog.cli.shared.Table.Column;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class TableTest {
    private static final List<Column> COLUMNS =
            List.of(Column.text("name"), Column.number("bytes"), Column.text("why"));

    private static String table(int width, boolean colours, List<List<String>> rows) throws IOException {
        StringBuilder out = new StringBuilder();
        Table table = new Table(out, width, colours, "  ", COLUMNS);
        for (List<String> row : rows) {
            table.row(row);
        }
        table.finish();
        return out.toString();
    }

    @Test
    void alignsTextToTheLeftAndNumbersToTheRight() throws IOException {
        assertThat(table(
                        Terminal.UNLIMITED,
                        false,
                        List.of(List.of("a", "5", "-"), List.of("long one", "1,000,000", ""))))
                .isEqualTo("""
                          name          bytes  why
                          a                 5  -
                          long one  1,000,000
                        """);
    }

    @Test
    void cutsTheWidestTextInTheMiddleUntilALineFits() throws IOException {
        assertThat(table(30, false, List.of(List.of("AWSLogs/123456789012/abcdef.log.gz", "1234567890", "ok"))))
                .isEqualTo("""
                          name              bytes  why
                          AWSLo…og.gz  1234567890  ok
                        """)
                .satisfies(text -> assertThat(text.lines())
                        .allSatisfy(line -> assertThat(line).hasSizeLessThan(31)));
    }

    @Test
    void showsTitlesInBoldWhereThereAreColours() throws IOException {
        assertThat(table(Terminal.UNLIMITED, true, List.of())).isEqualTo("\u001b[1m  name  bytes  why\u001b[m\n");
    }

    @Test
    void keepsEveryRowOnOneLine() throws IOException {
        assertThat(table(Terminal.UNLIMITED, false, List.of(List.of("a\nb\u001b[2J", "1", "x"))))
                .contains("  a?b?[2J");
    }

    @Test
    void writesRowsBeforeTheEndOfALongTable() throws IOException {
        StringBuilder out = new StringBuilder();
        Table table = new Table(out, Terminal.UNLIMITED, false, "", List.of(Column.number("n")));
        for (int i = 0; i < 250; i++) {
            table.row(List.of(Integer.toString(i)));
        }
        assertThat(out.toString().lines().count()).isEqualTo(251);
    }
}
