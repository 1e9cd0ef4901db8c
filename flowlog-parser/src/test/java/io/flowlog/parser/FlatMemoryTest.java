package io.flowlog.parser;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Memory does not grow with the input: processes with small heaps read large ones. */
class FlatMemoryTest {
    private static final String ALL_RECORDS = "all records=true malformed=0";
    private static final String ONE_LONG_LINE = "all records=false malformed=1";

    @TempDir
    Path folder;

    private String read(String heap, String kind, long bytes) {
        String classes = Jdk.parserClasses() + System.getProperty("path.separator") + Jdk.testClasses();
        List<String> command =
                List.of("-Xmx" + heap, "-cp", classes, FlatMemory.class.getName(), kind, Long.toString(bytes));
        return Jdk.run("java", folder, command).ok().strip();
    }

    @ParameterizedTest
    @CsvSource({"plain, 60000000", "gzip, 60000000"})
    void manyRecordsInASmallHeap(String kind, long bytes) {
        assertThat(read("8m", kind, bytes)).isEqualTo(ALL_RECORDS);
    }

    @ParameterizedTest
    @CsvSource({"no-newline, 50000000", "zeros, 50000000"})
    void aLineWithoutAnEndInASmallHeap(String kind, long bytes) {
        assertThat(read("12m", kind, bytes)).isEqualTo(ONE_LONG_LINE);
    }

    @Tag("soak")
    @ParameterizedTest
    @CsvSource({"plain, 2147483648", "gzip, 2147483648"})
    void twoGigabytesOfRecords(String kind, long bytes) {
        assertThat(read("64m", kind, bytes)).isEqualTo(ALL_RECORDS);
    }

    @Tag("soak")
    @ParameterizedTest
    @CsvSource({"no-newline, 200000000", "zeros, 2147483648"})
    void twoHundredMegabytesWithoutANewline(String kind, long bytes) {
        assertThat(read("64m", kind, bytes)).isEqualTo(ONE_LONG_LINE);
    }
}
