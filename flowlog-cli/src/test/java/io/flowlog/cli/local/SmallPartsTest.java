package io.flowlog.cli.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flowlog.cli.shared.LakeAddress;
import io.flowlog.cli.shared.UserError;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SmallPartsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1:8080/logs",
                "http://localhost/",
                "http://[::1]:1/logs",
                "https://lake.example.com"
            })
    void takesLakesOverHttpsOrOnThisMachine(String url) {
        assertThatCode(() -> LakeAddress.parse("--lake", url)).doesNotThrowAnyException();
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
        assertThatThrownBy(() -> LakeAddress.parse("--lake", url))
                .isInstanceOf(UserError.class)
                .hasMessageContaining(url);
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://me:s3cret@lake.example.com/", "https://me:s3cret@lake example/"})
    void takesNoPasswordInTheAddressOfALakeAndDoesNotRepeatIt(String url) {
        assertThatThrownBy(() -> LakeAddress.parse("--lake", url))
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
