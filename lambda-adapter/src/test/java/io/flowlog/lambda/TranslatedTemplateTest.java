package io.flowlog.lambda;

import static io.flowlog.lambda.Template.map;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What SAM's own translator makes of the template: it turns {@code VPCFlowApp} into a plain Lambda function and adds the
 * settings for direct events. Everything else passes as it is written, so {@link StackTest} says the rest. Skipped on a
 * machine without cfn-lint, which brings the translator.
 */
class TranslatedTemplateTest {
    private static final String SCRIPT = "src/test/resources/translate.py";

    private static Template template;

    @BeforeAll
    static void load() throws Exception {
        assumeTrue(
                start("python3", "-c", "import boto3, cfnlint, samtranslator").waitFor() == 0, "python3 with cfn-lint");
        template = Template.load();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Trigger=EventBridge", "Trigger=Queue", "Trigger=Manual"})
    void samAddsNothingButTheSettingsOfDirectEvents(String parameter) throws Exception {
        Map<String, Object> translated = translated(parameter);
        Map<String, Object> resources = new TreeMap<>(map(translated.get("Resources")));
        Map<String, Object> function = map(resources.remove("VPCFlowApp"));
        Map<String, Object> direct = map(resources.remove("VPCFlowAppEventInvokeConfig"));
        Map<String, Object> written = new TreeMap<>(template.section("Resources"));
        written.remove("VPCFlowApp");

        assertThat(resources.keySet()).isEqualTo(written.keySet());
        resources.forEach((name, resource) -> assertThat(map(resource).get("Type"))
                .isEqualTo(map(written.get(name)).get("Type")));
        assertThat(direct).containsEntry("Type", "AWS::Lambda::EventInvokeConfig");
        assertThat(map(direct.get("Properties")))
                .containsEntry("FunctionName", Map.of("Ref", "VPCFlowApp"))
                .containsEntry("Qualifier", "$LATEST")
                .containsEntry("MaximumRetryAttempts", 2)
                .containsEntry("MaximumEventAgeInSeconds", 21600);

        assertThat(function).containsEntry("Type", "AWS::Lambda::Function");
        Map<String, Object> properties = map(function.get("Properties"));
        assertThat(properties.keySet())
                .containsExactlyInAnyOrder(
                        "Architectures",
                        "Code",
                        "Description",
                        "Environment",
                        "Handler",
                        "LoggingConfig",
                        "MemorySize",
                        "ReservedConcurrentExecutions",
                        "Role",
                        "Runtime",
                        "Tags",
                        "Timeout",
                        "VpcConfig");
        for (String own :
                List.of("Environment", "MemorySize", "Runtime", "ReservedConcurrentExecutions", "VpcConfig")) {
            assertThat(references(properties.get(own)))
                    .as(own)
                    .isEqualTo(references(template.properties("VPCFlowApp").get(own)));
        }
    }

    private static List<Object> references(Object node) {
        List<Object> references = new ArrayList<>();
        Template.visit(node, inner -> {
            if (inner instanceof Map<?, ?> m && m.get("Ref") != null) {
                references.add(m.get("Ref"));
            }
        });
        assertThat(references).isNotEmpty();
        return references;
    }

    private static Map<String, Object> translated(String parameter) throws Exception {
        Process process = start(
                "python3",
                SCRIPT,
                Path.of("..", "template.yaml").toString(),
                "LogBucketName=logs",
                "DassanaToken=token-1",
                parameter);
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return map(new ObjectMapper().readValue(output.substring(output.indexOf('{')), Map.class));
    }

    private static Process start(String... command) throws IOException {
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }
}
