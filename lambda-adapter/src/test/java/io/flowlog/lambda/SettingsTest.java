package io.flowlog.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flowlog.parser.FlowLogFormat;
import io.flowlog.sink.http.Compression;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
    private static final String ARN = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:lake-AbCdEf";

    private final Map<String, String> environment = new HashMap<>(Map.of("DASSANA_TOKEN", "tok-1"));

    @Test
    void defaultsAreThoseOfTheDesign() {
        Settings settings = Settings.from(environment);
        assertThat(settings.endpoint()).isEqualTo(URI.create("https://ingestion.dassana.cloud/logs"));
        assertThat(settings.appId()).isEqualTo("aws_vpc_flow");
        assertThat(settings.batchBytes()).isEqualTo(5 * 1024 * 1024);
        assertThat(settings.tokenHeader()).isEqualTo("x-dassana-token");
        assertThat(settings.appIdHeader()).isEqualTo("x-dassana-app-id");
        assertThat(settings.maxInFlight()).isEqualTo(4);
        assertThat(settings.maxMalformedRatio()).isEqualTo(0.5);
        assertThat(settings.maxObjectBytes()).isEqualTo(4_294_967_296L);
        assertThat(settings.recordIdField()).isEmpty();
        assertThat(settings.bucketOwner()).isEmpty();
        assertThat(settings.allowHttpLoopback()).isFalse();
    }

    @Test
    void aLakeSetsTheTokenHeaderAndItsScheme() {
        environment.put("FLOWLOG_LAKE", "splunk-hec");
        assertThat(problems()).containsExactly("DASSANA_ENDPOINT is missing; FLOWLOG_LAKE splunk-hec has no default");
        environment.put("DASSANA_ENDPOINT", "https://splunk.example.com/services/collector/event");
        Settings settings = Settings.from(environment);
        assertThat(settings.tokenHeader()).isEqualTo("Authorization");
        assertThat(settings.tokenValue("t")).isEqualTo("Splunk t");
        assertThat(settings.appIdHeader()).isEmpty();
        environment.put("FLOWLOG_TOKEN_SCHEME", "none");
        assertThat(Settings.from(environment).tokenValue("t")).isEqualTo("t");
        settings.sink().build().close();
    }

    @Test
    void aFormatIsDefaultOrTheNamesOfFieldsInEitherSpelling() {
        assertThat(Settings.from(environment).format()).isEmpty();
        environment.put("FLOWLOG_FORMAT", " default ");
        assertThat(Settings.from(environment).format()).hasValue(FlowLogFormat.DEFAULT);
        for (String format : List.of("${version} ${srcaddr} ${new-field}", "version srcaddr new-field")) {
            environment.put("FLOWLOG_FORMAT", format);
            assertThat(Settings.from(environment).format())
                    .hasValueSatisfying(
                            known -> assertThat(known.columns()).containsExactly("version", "srcaddr", "new-field"));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "${version} {srcaddr} | FLOWLOG_FORMAT is invalid: flow log format, column 2",
                "version,srcaddr | FLOWLOG_FORMAT is invalid: flow log format, column 1",
                "defalt | FLOWLOG_FORMAT has no field that AWS documents",
            })
    void aFormatThatIsNoneIsAProblemAtTheStart(String format, String problem) {
        environment.put("FLOWLOG_FORMAT", format);
        assertThat(problems()).singleElement().asString().startsWith(problem);
    }

    @Test
    void theRecordIdFieldIsNoColumnOfTheFormat() {
        environment.put("FLOWLOG_FORMAT", "version id");
        environment.put("FLOWLOG_RECORD_ID_FIELD", "id");
        assertThat(problems()).containsExactly("FLOWLOG_RECORD_ID_FIELD must not be a column of FLOWLOG_FORMAT");
    }

    @Test
    void withAFormatTheTokenMayBeMissingButNotBeSetTwice() {
        environment.put("FLOWLOG_FORMAT", "default");
        environment.put("DASSANA_TOKEN_SECRET_ARN", ARN);
        assertThat(problems()).hasSize(1);
        environment.remove("DASSANA_TOKEN_SECRET_ARN");
        environment.remove("DASSANA_TOKEN");
        Settings settings = Settings.from(environment);
        assertThat(settings.hasToken()).isFalse();
        assertThat(settings.toString()).contains("token missing");
        environment.put("DASSANA_TOKEN", " ");
        assertThat(problems()).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(Compression.class)
    void aCompressionIsSetByItsName(Compression compression) {
        assertThat(Settings.from(environment).compression()).isEqualTo(Compression.GZIP);
        environment.put("FLOWLOG_COMPRESSION", compression.label());
        assertThat(Settings.from(environment).compression()).isEqualTo(compression);
    }

    @Test
    void anUnknownCompressionIsRefused() {
        environment.put("FLOWLOG_COMPRESSION", "brotli");
        assertThat(problems()).containsExactly("FLOWLOG_COMPRESSION must be one of [gzip, gzip-jdk, zstd, none]");
    }

    @Test
    void everyProblemOfFiltersSamplesAndLakesIsReported() {
        environment.put("FLOWLOG_FILTER", "dstport = ssh");
        environment.put("FLOWLOG_SAMPLE_WHERE", "action =");
        environment.put("FLOWLOG_SAMPLE_RATE", "0");
        environment.put("FLOWLOG_LAKE", "elastic");
        environment.put("FLOWLOG_TOKEN_SCHEME", "two words");
        environment.put("FLOWLOG_OMIT_ABSENT", "maybe");
        assertThat(problems())
                .hasSize(6)
                .anySatisfy(
                        problem -> assertThat(problem).startsWith("FLOWLOG_FILTER is invalid: filter, character 11"));
    }

    @Test
    void emptyVariablesAreNotSet() {
        Settings.NAMES.stream()
                .filter(name -> !name.equals("DASSANA_TOKEN"))
                .forEach(name -> environment.put(name, ""));
        assertThat(Settings.from(environment)).isEqualTo(Settings.from(Map.of("DASSANA_TOKEN", "tok-1")));
    }

    @Test
    void c1AsksForOneOfTheTwoTokenSources() {
        environment.clear();
        assertThat(problems())
                .containsExactly(
                        "DASSANA_TOKEN_SECRET_ARN and DASSANA_TOKEN are both missing; set exactly one of them");
    }

    @Test
    void c1ABlankFormatDoesNotReplaceTheToken() {
        environment.remove("DASSANA_TOKEN");
        environment.put("FLOWLOG_FORMAT", " ");
        assertThat(problems())
                .containsExactly(
                        "DASSANA_TOKEN_SECRET_ARN and DASSANA_TOKEN are both missing; set exactly one of them");
    }

    @Test
    void c1RefusesBothTokenSources() {
        environment.put("DASSANA_TOKEN_SECRET_ARN", ARN);
        assertThat(problems())
                .containsExactly("DASSANA_TOKEN_SECRET_ARN and DASSANA_TOKEN are both set; set exactly one of them");
    }

    @ParameterizedTest
    @ValueSource(strings = {"changeme", "<your token>", "${TOKEN}", "REPLACE_ME", "{{resolve:secretsmanager:x}}"})
    void c1RefusesAPlaceholder(String token) {
        environment.put("DASSANA_TOKEN", token);
        assertThat(problems()).containsExactly("DASSANA_TOKEN is a placeholder");
    }

    @Test
    void c1RefusesABlankToken() {
        environment.put("DASSANA_TOKEN", " \t ");
        assertThat(problems()).containsExactly("DASSANA_TOKEN is blank");
    }

    @Test
    void c2TrimsTheToken() {
        environment.put("DASSANA_TOKEN", " \n tok-1 \r\n");
        assertThat(Settings.from(environment).token()).contains("tok-1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"SECRET\nvalue", "SECRET\rvalue", "SECRET\0value", "SECRET\u20acvalue", "SECRET\u00e4"})
    void c2RefusesATokenThatAHeaderCannotCarryWithoutShowingIt(String token) {
        environment.put("DASSANA_TOKEN", token);
        assertThat(problems())
                .containsExactly(
                        "DASSANA_TOKEN contains a line break, a control character or a character outside ASCII");
    }

    @Test
    void c2RefusesATokenOfTenKibibytes() {
        environment.put("DASSANA_TOKEN", "x".repeat(10_240));
        assertThat(problems()).containsExactly("DASSANA_TOKEN is longer than 4096 characters");
    }

    @ParameterizedTest
    @CsvSource({
        "DASSANA_BATCH_SIZE, 0",
        "DASSANA_BATCH_SIZE, -1",
        "DASSANA_BATCH_SIZE, 10737418240",
        "DASSANA_BATCH_SIZE, 99999999999999999999",
        "DASSANA_BATCH_SIZE, five",
        "FLOWLOG_MAX_IN_FLIGHT, 0",
        "FLOWLOG_MAX_IN_FLIGHT, 65",
        "FLOWLOG_MAX_MALFORMED_RATIO, -0.1",
        "FLOWLOG_MAX_MALFORMED_RATIO, 1.1",
        "FLOWLOG_MAX_MALFORMED_RATIO, NaN",
        "FLOWLOG_MAX_OBJECT_BYTES, 0",
        "FLOWLOG_BUCKET_OWNER, 1234",
        "FLOWLOG_ALLOW_HTTP_LOOPBACK, yes",
        "FLOWLOG_TOKEN_HEADER, 'a b'",
        "FLOWLOG_TOKEN_HEADER, Content-Length",
        "FLOWLOG_APP_ID_HEADER, idempotency-key",
        "FLOWLOG_APP_ID_HEADER, X-Dassana-Token",
        "FLOWLOG_APP_ID_HEADER, Accept-Encoding",
        "DASSANA_TOKEN_SECRET_ARN, my-secret",
        "AWS_ENDPOINT_URL_S3, nonsense",
        "FLOWLOG_BATCH_SIZE, 5",
        "DASSANA_TOKN, x",
    })
    void c7RefusesByNameAndWithoutTheValue(String name, String value) {
        environment.put(name, value);
        assertThat(problems())
                .isNotEmpty()
                .anySatisfy(problem -> assertThat(problem).contains(name));
        assertThatThrownBy(() -> Settings.from(environment)).hasMessageNotContaining(value + ";");
    }

    @Test
    void c7ListsAllProblemsAtOnce() {
        environment.put("DASSANA_BATCH_SIZE", "0");
        environment.put("DASSANA_ENDPOINT", "ftp://example.com");
        environment.put("FLOWLOG_WHAT", "x");
        environment.put("DASSANA_TOKEN", "to\nken");
        assertThat(problems())
                .containsExactlyInAnyOrder(
                        "FLOWLOG_WHAT is not a setting of flowlog",
                        "DASSANA_TOKEN contains a line break, a control character or a character outside ASCII",
                        "DASSANA_ENDPOINT must be an https:// URL",
                        "DASSANA_BATCH_SIZE must be a whole number from 1 to 64");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://lake.example.net/logs",
                "http://127.0.0.1:1/logs",
                "https://us3r:pa55@lake.example.net/logs",
                "https://lake.example.net/logs#fragment",
                "https://lake.example.net:0/logs",
                "https://lake.example.net:/logs",
                "https://lake.example.net:65536/logs",
                "https://lake.example.net:port/logs",
                "https:///logs",
                "https://lake.example.net/logs ",
                " https://lake.example.net/logs",
                "lake.example.net",
                "file:///etc/passwd"
            })
    void h4RefusesAnEndpointThatIsNotSafe(String endpoint) {
        environment.put("DASSANA_ENDPOINT", endpoint);
        assertThat(problems())
                .isNotEmpty()
                .allSatisfy(problem -> assertThat(problem)
                        .matches("(DASSANA_ENDPOINT|FLOWLOG_ALLOW_HTTP_LOOPBACK must be true) .*")
                        .doesNotContain("example.net", "us3r", "pa55"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"http://127.0.0.1:8080/logs", "http://localhost:1/", "http://[::1]:9/x", "http://127.9.9.9/"})
    void h4AllowsHttpToThisMachineWhenToldTo(String endpoint) {
        environment.put("DASSANA_ENDPOINT", endpoint);
        environment.put("FLOWLOG_ALLOW_HTTP_LOOPBACK", "true");
        assertThat(Settings.from(environment).endpoint()).isEqualTo(URI.create(endpoint));
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://192.0.2.1/", "http://127.0.0.1.example.com/", "http://localhost.example.com/"})
    void h4RefusesHttpToOtherMachinesEvenThen(String endpoint) {
        environment.put("DASSANA_ENDPOINT", endpoint);
        environment.put("FLOWLOG_ALLOW_HTTP_LOOPBACK", "true");
        assertThat(problems()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://flow-logs.s3.amazonaws.com/x",
                "https://s3.eu-west-1.amazonaws.com/flow-logs",
                "https://flow-logs.s3.eu-west-1.amazonaws.com/",
                "https://flow-logs.s3-eu-west-1.amazonaws.com/",
                "https://flow-logs.s3.cn-north-1.amazonaws.com.cn/"
            })
    void l11RefusesABucketAsLake(String endpoint) {
        environment.put("DASSANA_ENDPOINT", endpoint);
        assertThat(problems())
                .containsExactly(
                        "DASSANA_ENDPOINT must not be an address of S3: what is written there would invoke this function again");
    }

    @ParameterizedTest
    @CsvSource({"5, 4, 80, true", "5, 4, 79, false", "64, 64, 256, false", "64, 4, 552, true", "1, 1, 40, false"})
    void c9TheBatchesInFlightFitIntoHalfOfTheHeapThatReadingAndCompressingLeave(
            long batchMib, int inFlight, long heapMib, boolean accepted) {
        SettingsCheck check = new SettingsCheck(environment);
        check.memory("A", batchMib << 20, "B", inFlight, 40 << 20, heapMib << 20);
        if (accepted) {
            check.throwIfAny();
        } else {
            assertThatThrownBy(check::throwIfAny)
                    .hasMessageContaining("A and B need up to " + batchMib * inFlight + " MiB")
                    .hasMessageContaining(inFlight + " requests of " + batchMib + " MiB")
                    .hasMessageContaining(
                            "heap of " + heapMib + " MiB without the 40 MiB that reading and compressing take");
        }
    }

    @Test
    void c7AHeaderNameIsNotShownBecauseItCouldBeTheToken() {
        environment.put("FLOWLOG_TOKEN_HEADER", "tok-1 tok-1");
        assertThat(problems()).containsExactly("FLOWLOG_TOKEN_HEADER is not the name of an HTTP header");
    }

    @Test
    void neverShowsTheToken() {
        assertThat(Settings.from(environment).toString()).doesNotContain("tok-1");
    }

    @Test
    void l6FailsInInitWithOneLineAndWithoutARequest() throws Exception {
        try (LambdaUnderTest lambda = new LambdaUnderTest()) {
            lambda.environment.put("DASSANA_BATCH_SIZE", "0");
            lambda.environment.remove("DASSANA_TOKEN");
            assertThatThrownBy(lambda::handler)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasNoCause()
                    .satisfies(e -> assertThat(e.getStackTrace()).isEmpty());
            assertThat(lambda.logLines())
                    .singleElement()
                    .satisfies(line -> assertThat(line)
                            .containsEntry("level", "ERROR")
                            .containsEntry("message", "settings_refused")
                            .hasEntrySatisfying(
                                    "error",
                                    text -> assertThat((String) text).contains("DASSANA_TOKEN", "DASSANA_BATCH_SIZE")));
            assertThat(lambda.s3.requests()).isEmpty();
            assertThat(lambda.lake.connections()).isZero();
        }
    }

    private List<String> problems() {
        try {
            Settings.from(environment);
            return List.of();
        } catch (SettingsException e) {
            e.problems().forEach(problem -> assertThat(e.getMessage()).contains(problem));
            return e.problems();
        }
    }
}
