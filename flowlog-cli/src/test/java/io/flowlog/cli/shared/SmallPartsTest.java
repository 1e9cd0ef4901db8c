package io.flowlog.cli.shared;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SmallPartsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 | 0 B",
                "999 | 999 B",
                "1000 | 1.0 kB",
                "12849 | 12.8 kB",
                "99949 | 99.9 kB",
                "99950 | 100 kB",
                "999499 | 999 kB",
                "999500 | 1.0 MB",
                "5000000000 | 5.0 GB"
            })
    void showsBytesForPeople(long bytes, String text) {
        assertThat(Sizes.bytes(bytes)).isEqualTo(text);
    }

    @Test
    void countsInWords() {
        assertThat(Sizes.count(1, "batch")).isEqualTo("1 batch");
        assertThat(Sizes.count(0, "batch")).isEqualTo("0 batches");
        assertThat(Sizes.count(1_268_357, "record")).isEqualTo("1,268,357 records");
        assertThat(Sizes.ratio(10, 0)).isEqualTo("-");
    }

    @Test
    void givesTheExitStatusThatTellsMore() {
        assertThat(ExitCode.worse(ExitCode.OK, ExitCode.MALFORMED)).isEqualTo(ExitCode.MALFORMED);
        assertThat(ExitCode.worse(ExitCode.NO_INPUT, ExitCode.MALFORMED)).isEqualTo(ExitCode.MALFORMED);
        assertThat(ExitCode.worse(ExitCode.NO_INPUT, ExitCode.NOT_DELIVERED)).isEqualTo(ExitCode.NOT_DELIVERED);
        assertThat(ExitCode.worse(ExitCode.OK, ExitCode.OK)).isEqualTo(ExitCode.OK);
    }

    @Test
    void putsErrorsOfFilesIntoWords() {
        assertThat(Errors.sentence(new NoSuchFileException("a.log"))).isEqualTo("a.log: no such file");
        assertThat(Errors.sentence(new AccessDeniedException("a.log"))).isEqualTo("a.log: permission denied");
        assertThat(Errors.sentence(new IOException("two\nlines"))).isEqualTo("two lines");
        assertThat(Errors.sentence(new EOFException())).isEqualTo("EOFException");
    }
}
