package io.flowlog.lambda;

import static io.flowlog.lambda.Template.list;
import static io.flowlog.lambda.Template.map;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the parameters, the rules and the metadata of the template accept. */
class ParametersTest {
    private static final String TOPIC = "arn:aws:sns:eu-central-1:123456789012:topic";
    private static final String SECRET = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:lake/token-AbC123";

    private static Template template;

    @BeforeAll
    static void load() throws IOException {
        template = Template.load();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "arn:aws:secretsmanager:eu-central-1:123456789012:secret:lake",
                "arn:aws:secretsmanager:eu-central-1:123456789012:secret:lake-AbC12",
                "arn:aws:secretsmanager:eu-central-1:123456789012:secret:lake-AbC_12",
                "arn:aws:secretsmanager:eu-central-1:123456789012:secret:-AbC123",
                "lake-AbC123"
            })
    void aSecretsArnWithoutItsSixCharactersIsRefused(String arn) {
        assertThat(arn).doesNotMatch(pattern("DassanaTokenSecretArn"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                SECRET,
                "arn:aws-cn:secretsmanager:cn-north-1:123456789012:secret:lake-AbC123",
                "arn:aws-us-gov:secretsmanager:us-gov-west-1:123456789012:secret:a/b_c+d=e.f@g-AbC123"
            })
    void aFullArnOfASecretIsAccepted(String arn) {
        assertThat(arn).matches(pattern("DassanaTokenSecretArn"));
    }

    @ParameterizedTest
    @CsvSource({"AWSLogs/, true", "aws-account-id=1/a+b c/ü/, true", "/AWSLogs/, false", "a*b, false", "日本, false"})
    void thePrefixIsWhatIamPoliciesCanSay(String prefix, boolean accepted) {
        assertThat(prefix.matches(pattern("LogPrefix"))).isEqualTo(accepted);
    }

    @Test
    void reservedConcurrencyIsANumberOrNotThere() {
        assertThat(stack("Queue", Map.of("ReservedConcurrency", "30"))
                        .resources()
                        .get("VPCFlowApp"))
                .containsEntry("ReservedConcurrentExecutions", "30");
        assertThat(stack("Queue", Map.of()).resources().get("VPCFlowApp"))
                .doesNotContainKey("ReservedConcurrentExecutions");
        assertThat("0").doesNotMatch(pattern("ReservedConcurrency"));
    }

    @Test
    void theRulesRefuseTwoTokensNoTokenAndATopicThatNobodyWouldRead() {
        assertThat(stack("Queue", Map.of("DassanaTokenSecretArn", SECRET)).brokenRules())
                .hasSize(1);
        assertThat(stack("Queue", Map.of("DassanaToken", "")).brokenRules()).hasSize(1);
        assertThat(stack("Manual", Map.of("TopicArn", TOPIC)).brokenRules()).hasSize(1);
    }

    @Test
    void theServerlessApplicationRepositoryAcceptsTheMetadata() throws IOException {
        Map<String, Object> metadata = map(template.at("Metadata", "AWS::ServerlessRepo::Application"));
        String pom = Files.readString(Path.of("..", "pom.xml"));
        Matcher version =
                Pattern.compile("<version>([0-9.]+)(-SNAPSHOT)?</version>").matcher(pom);
        assertThat(version.find()).isTrue();
        // the limits of serverlessrepo's CreateApplication
        assertThat((String) metadata.get("Name")).matches("[a-zA-Z0-9-]{1,140}");
        assertThat((String) metadata.get("Author")).matches("[a-z0-9](([a-z0-9]|-(?!-))*[a-z0-9])?");
        assertThat((String) metadata.get("Description")).hasSizeBetween(1, 256);
        assertThat(list(metadata.get("Labels")))
                .hasSizeBetween(1, 10)
                .allSatisfy(label -> assertThat((String) label).matches("[a-zA-Z0-9+\\-_:/@]{1,127}"));
        assertThat(metadata)
                .containsEntry("SpdxLicenseId", "Apache-2.0")
                .containsEntry("SemanticVersion", version.group(1));
        assertThat(Path.of("..", (String) metadata.get("LicenseUrl"))).isRegularFile();
        assertThat(Path.of("..", (String) metadata.get("ReadmeUrl"))).isRegularFile();
    }

    private static Stack stack(String trigger, Map<String, ?> option) {
        return Stack.of(template, trigger, option);
    }

    private static String pattern(String parameter) {
        return (String) template.at("Parameters", parameter, "AllowedPattern");
    }
}
