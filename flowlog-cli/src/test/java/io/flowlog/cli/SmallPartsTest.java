package io.flowlog.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1:8080/logs",
                "http://localhost/",
                "http://[::1]:1/logs",
                "https://lake.example.com"
            })
    void takesLakesOverHttpsOrOnThisMachine(String url) {
        assertThatCode(() -> LakeAddress.parse(url)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://lake.example.com",
                "http://127.example.com/",
                "http://localhost.example.com/",
                "ftp://127.0.0.1/",
                "lake.example.com",
                "https://",
                "https:///logs",
                "https://a b",
                "https://a/#b",
                "https://a:0/",
                "https://a:99999/"
            })
    void takesNoOtherLakes(String url) {
        assertThatThrownBy(() -> LakeAddress.parse(url))
                .isInstanceOf(UserError.class)
                .hasMessageContaining(url);
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://me:s3cret@lake.example.com/", "https://me:s3cret@lake example/"})
    void takesNoPasswordInTheAddressOfALakeAndDoesNotRepeatIt(String url) {
        assertThatThrownBy(() -> LakeAddress.parse(url))
                .isInstanceOf(UserError.class)
                .hasMessageNotContaining("s3cret");
    }

    @Test
    void showsNoQueryOfALake() throws Exception {
        assertThat(LakeAddress.shown(URI.create("https://lake.example.com:8443/logs?key=s3cret")))
                .isEqualTo("https://lake.example.com:8443/logs?...");
        assertThat(LakeAddress.shown(URI.create("http://[::1]:1/logs"))).isEqualTo("http://[::1]:1/logs");
    }

    @Test
    void writesKeysIntoEventsAsS3Does() {
        assertThat(S3Event.created("b", "a b+c=d/é\"/x.gz", 5, "e-tag"))
                .contains("\"key\":\"a+b%2Bc%3Dd/%C3%A9%22/x.gz\"")
                .contains("\"size\":5")
                .contains("\"eTag\":\"e-tag\"")
                .contains("\"eventName\":\"ObjectCreated:Put\"");
    }

    @Test
    void addsUpTheMetricsOfTheFunctionsLog() {
        List<String> lines = new ArrayList<>();
        FunctionLog log = new FunctionLog(lines::add);
        log.accept("{\"level\":\"INFO\",\"Records\":1000}");
        log.accept("{\"_aws\":{\"Timestamp\":5,\"CloudWatchMetrics\":[{\"Records\":7}]},\"Records\":3,\"Name\":\"x\"}");
        log.accept("{\"_aws\":{},\"Records\":4}");
        log.accept("{\"_aws\" broken");

        assertThat(log.sum("Records")).isEqualTo(7);
        assertThat(log.sum("Batches")).isZero();
        assertThat(log.invocations()).isEqualTo(2);
        assertThat(lines).hasSizeGreaterThanOrEqualTo(4);
    }
}
