package io.flowlog.parser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LineViewTest {
    private static FlowLogReader lenient(String text) {
        return FlowLogReader.builder()
                .onMalformed(line -> {})
                .open(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** The view has to show what {@link FlowLogRow#copyLineTo} copies. */
    private static void assertShows(LineView view, FlowLogRow row) {
        byte[] line = new byte[row.lineLength()];
        int[] ends = new int[row.format().size()];
        row.copyLineTo(line, 0, ends);
        boolean plain = true;
        for (int i = 0; i < line.length; i++) {
            assertThat(view.bytes()[view.start() + i]).isEqualTo(line[i]);
            plain &= line[i] >= ' ' && line[i] != '"' && line[i] != '\\';
        }
        for (int column = 0; column < ends.length; column++) {
            assertThat(view.ends()[view.firstEnd() + column] - view.start()).isEqualTo(ends[column]);
        }
        assertThat(view.isPlain()).isEqualTo(plain);
        assertThat(view.bytes().length - view.start() - line.length).isGreaterThanOrEqualTo(LineView.SLACK);
    }

    @Test
    void showsRowsAndRecordsOfAnyFile() throws IOException {
        LineView ofRows = new LineView();
        LineView ofRecords = new LineView();
        int rows = 0;
        for (long seed = 0; seed < 500; seed++) {
            try (FlowLogReader reader = lenient(RandomLog.text(seed, 60))) {
                while (reader.advance()) {
                    ofRows.show(reader.row());
                    assertShows(ofRows, reader.row());
                    FlowLogRecord record = ((CurrentRow) reader.row()).toRecord();
                    ofRecords.show(record);
                    assertShows(ofRecords, record);
                    rows++;
                }
            }
        }
        assertThat(rows).isGreaterThan(10_000);
    }

    @Test
    void aLineThatNeedsAnEscapeDoesNotChangeTheOthersOfItsWindow() throws IOException {
        String text = "action bytes\n" + "ACCEPT 1\n\"\" 2\nOK 3\n".repeat(3) + "OK 4\n".repeat(10_000);
        LineView view = new LineView();
        try (FlowLogReader reader = lenient(text)) {
            while (reader.advance()) {
                view.show(reader.row());
                assertThat(view.isPlain()).isEqualTo(reader.row().longValue(1, -1) != 2);
            }
        }
    }

    /** The last line of the input, with and without a line end, by the fast and the exact path of the reader. */
    @ParameterizedTest
    @ValueSource(strings = {" ", "  "})
    void someBytesCanBeReadAfterEveryLine(String separator) throws IOException {
        LineView view = new LineView();
        for (int length = 1; length < 600; length++) {
            String line = "x".repeat(length) + separator + "1";
            for (String text : new String[] {line + "\n", line}) {
                try (FlowLogReader reader = lenient("action bytes\n" + text)) {
                    assertThat(reader.advance()).isTrue();
                    view.show(reader.row());
                    assertShows(view, reader.row());
                }
            }
        }
    }

    @Test
    void showsNothingAtFirst() {
        LineView view = new LineView();
        assertThat(view.bytes()).isEmpty();
        assertThat(view.ends()).isEmpty();
        assertThat(view.start()).isZero();
        assertThat(view.firstEnd()).isZero();
        assertThat(view.isPlain()).isFalse();
    }
}
