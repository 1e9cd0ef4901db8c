package io.flowlog.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flowlog.cli.local.EmbeddedS3;
import io.flowlog.parser.FlowLogReader;
import io.flowlog.s3.S3FlowLogs;
import io.flowlog.s3.S3ObjectRef;
import io.flowlog.s3.S3ObjectStream;
import io.flowlog.sink.http.DeliveryReport;
import io.flowlog.sink.http.HttpSink;
import io.flowlog.sink.http.SourceId;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.s3.S3Client;

/** Runs the README's snippets that need S3 or a lake: each stands in this file word for word. */
class ReadmeTest {
    private static final String TWO_FLOWS = "version srcaddr bytes\n2 10.0.0.4 76\n2 10.0.0.5 -\n";

    private static void fromS3(String bucket, String key) throws IOException {
        try (S3Client s3 = S3Client.create();
                S3ObjectStream object = S3FlowLogs.of(s3).open(S3ObjectRef.of(bucket, key));
                FlowLogReader flows = FlowLogReader.open(object)) {
            flows.forEach(flow -> System.out.println(flow.srcaddr()));
        }
    }

    private static void toLake(Path file, URI lake, String token) throws IOException {
        try (HttpSink sink =
                        HttpSink.builder(lake).header("Authorization", token).build();
                FlowLogReader flows = FlowLogReader.open(file)) {
            DeliveryReport report = sink.send(SourceId.ofFile(file), flows);
        }
    }

    @Test
    void everySnippetOfTheReadmeStandsHereOrIsRunByTheParsersTest() throws IOException {
        String here = squeezed(Files.readString(Path.of("src/test/java/io/flowlog/cli/ReadmeTest.java")));
        List<String> snippets = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(Path.of("../README.md")))
                .results()
                .map(match -> match.group(1))
                .toList();

        assertThat(snippets).hasSize(4);
        assertThat(snippets)
                .filteredOn(snippet -> snippet.contains("S3") || snippet.contains("HttpSink"))
                .hasSize(2)
                .allSatisfy(snippet -> assertThat(here).contains(squeezed(snippet)));
    }

    private static String squeezed(String code) {
        return code.replaceAll("\\s+", "");
    }

    @Test
    void readsFromS3() throws IOException {
        try (EmbeddedS3 s3 = EmbeddedS3.start()) {
            s3.createBucket("logs");
            s3.put("logs", "a b/flows.log", TWO_FLOWS.getBytes(StandardCharsets.UTF_8));
            Map<String, String> settings = new TreeMap<>(Map.of("aws.region", "us-east-1"));
            settings.put("aws.endpointUrlS3", s3.functionSettings().get("AWS_ENDPOINT_URL_S3"));
            settings.put("aws.accessKeyId", s3.functionSettings().get("AWS_ACCESS_KEY_ID"));
            settings.put("aws.secretAccessKey", s3.functionSettings().get("AWS_SECRET_ACCESS_KEY"));
            PrintStream before = System.out;
            ByteArrayOutputStream printed = new ByteArrayOutputStream();
            settings.forEach(System::setProperty);
            System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
            try {
                fromS3("logs", "a b/flows.log");
            } finally {
                System.setOut(before);
                settings.keySet().forEach(System::clearProperty);
            }
            assertThat(printed.toString(StandardCharsets.UTF_8).lines())
                    .containsExactly("Optional[10.0.0.4]", "Optional[10.0.0.5]");
        }
    }

    @Test
    void refusesALakeWithoutTls(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("flows.log"), TWO_FLOWS);

        assertThatThrownBy(() -> toLake(file, URI.create("http://127.0.0.1:9/"), "t0ken"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("https");
    }
}
