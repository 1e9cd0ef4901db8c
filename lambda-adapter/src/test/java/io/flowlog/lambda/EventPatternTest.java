package io.flowlog.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.event.ruler.Ruler;

/** The template's EventBridge rule against AWS's own matcher. */
class EventPatternTest {
    private static final String FILE =
            "123456789012_vpcflowlogs_eu-central-1_fl-0123456789abcdef0_20261123T0000Z_0a1b2c3d.log.gz";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "AWSLogs/",
                "AWSLogs/aws-account-id=123456789012/aws-service=vpcflowlogs/",
                "a+b/",
                "with space/",
                "Flußprotokolle/Zürich/",
                "quote\"and\\backslash/"
            })
    void takesNewObjectsUnderThePrefixAndNoOthers(String prefix) throws Exception {
        String pattern = pattern(prefix);
        assertThat(matches(pattern, Events.eventBridge(prefix + FILE, "Object Created", "")))
                .isTrue();
        if (!prefix.isEmpty()) {
            assertThat(matches(pattern, Events.eventBridge(FILE, "Object Created", "")))
                    .isFalse();
            assertThat(matches(pattern, Events.eventBridge("x" + prefix + FILE, "Object Created", "")))
                    .isFalse();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "aws-account-id=1/, aws-account-id%3D1/",
        "a+b/, a b/",
        "a+b/, a%2Bb/",
        "with space/, with+space/",
        "Zürich/, Z%C3%BCrich/"
    })
    void comparesThePrefixWithTheKeyAsItIsAndNotPercentEncoded(String prefix, String other) throws Exception {
        assertThat(matches(pattern(prefix), Events.eventBridge(other + FILE, "Object Created", "")))
                .isFalse();
    }

    @Test
    void takesNoOtherEventAndNoOtherBucket() throws Exception {
        String pattern = pattern("AWSLogs/");
        String created = Events.eventBridge("AWSLogs/" + FILE, "Object Created", "");
        assertThat(matches(pattern, created)).isTrue();
        assertThat(matches(pattern, Events.eventBridge("AWSLogs/" + FILE, "Object Deleted", "")))
                .isFalse();
        assertThat(matches(pattern, created.replace("\"name\":\"flow-logs\"", "\"name\":\"flow-logs-2\"")))
                .isFalse();
        assertThat(matches(pattern, created.replace("\"source\":\"aws.s3\"", "\"source\":\"my.s3\"")))
                .isFalse();
    }

    private static boolean matches(String pattern, String event) throws Exception {
        return Ruler.matchesRule(event, pattern);
    }

    private static String pattern(String prefix) throws IOException {
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("LogBucketName", Events.BUCKET);
        parameters.put("DassanaToken", "token-1");
        parameters.put("LogPrefix", prefix);
        Map<String, Object> rule =
                new Stack(Template.load(), parameters).resources().get("Rule");
        return new ObjectMapper().writeValueAsString(rule.get("EventPattern"));
    }
}
