package io.flowlog.cli.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.Zstd;
import io.flowlog.cli.testing.Samples;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalLakeTest {
    private static final byte[] TWO_LINES = Samples.gzip("{\"a\":1}\n{\"a\":2}\n".getBytes(StandardCharsets.US_ASCII));

    private final HttpClient http = HttpClient.newHttpClient();
    private final Map<String, String> headers = new LinkedHashMap<>(Map.of(
            "x-dassana-token", "right",
            "x-dassana-app-id", "aws_vpc_flow",
            "Content-Type", "application/x-ndjson",
            "Content-Encoding", "gzip"));
    private LocalLake lake;

    @BeforeEach
    void startLake() throws Exception {
        lake = LocalLake.start("right", 1);
    }

    @AfterEach
    void stopLake() {
        lake.close();
    }

    private HttpResponse<String> post(byte[] body) throws Exception {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(lake.endpoint()).POST(HttpRequest.BodyPublishers.ofByteArray(body));
        headers.forEach(request::header);
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void countsLinesAndKeepsTheFirstOnes() throws Exception {
        HttpResponse<String> answer = post(TWO_LINES);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("{\"docCount\":2}");
        assertThat(lake.lines()).containsExactly("{\"a\":1}");
        assertThat(lake.received()).isEqualTo(new LocalLake.Received(1, 1, 2, 16, TWO_LINES.length));
    }

    @Test
    void keepsEachBodyOnceAsItCame(@TempDir Path folder) throws Exception {
        lake.close();
        lake = LocalLake.start("right", 1, folder);
        headers.put("Idempotency-Key", "v1-x-2-3-00000000");
        post(TWO_LINES);
        post(TWO_LINES);
        byte[] other = Samples.gzip("{\"b\":1}\n".getBytes(StandardCharsets.US_ASCII));
        headers.put("Idempotency-Key", "v1-x-4-4-00000000");
        post(other);
        post(new byte[] {1});

        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).hasSize(2);
        }
        assertThat(folder.resolve("000001.ndjson.gz")).hasBinaryContent(TWO_LINES);
        assertThat(folder.resolve("000002.ndjson.gz")).hasBinaryContent(other);
    }

    @Test
    void rejectsABodyThatItCannotKeep(@TempDir Path folder) throws Exception {
        lake.close();
        lake = LocalLake.start("right", 1, folder.resolve("gone"));
        assertThat(post(TWO_LINES).statusCode()).isEqualTo(507);
        assertThat(lake.received().lines()).isZero();
    }

    @Test
    void countsARepeatedRequestOnce() throws Exception {
        headers.put("Idempotency-Key", "v1-x-2-3-00000000");
        assertThat(post(TWO_LINES).body()).isEqualTo(post(TWO_LINES).body());
        assertThat(lake.received().requests()).isEqualTo(2);
        assertThat(lake.received().lines()).isEqualTo(2);
    }

    @Test
    void refusesAnotherToken() throws Exception {
        headers.put("x-dassana-token", "wrong");
        assertThat(post(TWO_LINES).statusCode()).isEqualTo(401);
        assertThat(lake.received().lines()).isZero();
        assertThat(lake.complaints()).containsExactly("401: unknown token");
    }

    @Test
    void keepsBodiesInZstandardAndBodiesWithoutCompression(@TempDir Path folder) throws Exception {
        lake.close();
        lake = LocalLake.start("right", 2, folder);
        byte[] plain = "{\"a\":1}\n".getBytes(StandardCharsets.US_ASCII);
        byte[] zstd = Zstd.compress(plain);
        headers.put("Content-Encoding", "zstd");
        assertThat(post(zstd).body()).isEqualTo("{\"docCount\":1}");
        headers.remove("Content-Encoding");
        assertThat(post(plain).body()).isEqualTo("{\"docCount\":1}");
        assertThat(folder.resolve("000001.ndjson.zst")).hasBinaryContent(zstd);
        assertThat(folder.resolve("000002.ndjson")).hasBinaryContent(plain);
        assertThat(lake.lines()).containsExactly("{\"a\":1}", "{\"a\":1}");
    }

    @Test
    void refusesWhatDoesNotSpeakItsProtocol() throws Exception {
        assertThat(post("{}\n".getBytes(StandardCharsets.US_ASCII)).statusCode())
                .isEqualTo(400);
        assertThat(post(Samples.gzip("{}".getBytes(StandardCharsets.US_ASCII))).statusCode())
                .isEqualTo(400);
        assertThat(post(Samples.gzip("what\n".getBytes(StandardCharsets.US_ASCII)))
                        .statusCode())
                .isEqualTo(400);
        assertThat(post(Samples.gzip("\n".getBytes(StandardCharsets.US_ASCII))).statusCode())
                .isEqualTo(400);
        headers.put("Content-Type", "application/json");
        assertThat(post(TWO_LINES).statusCode()).isEqualTo(415);
        headers.put("Content-Type", "application/x-ndjson");
        headers.put("Content-Encoding", "br");
        assertThat(post(TWO_LINES).statusCode()).isEqualTo(415);
        headers.put("Content-Encoding", "zstd");
        assertThat(post(TWO_LINES).statusCode()).isEqualTo(400);
        headers.remove("Content-Encoding");
        assertThat(post(TWO_LINES).statusCode()).isEqualTo(400);
        headers.remove("x-dassana-app-id");
        assertThat(post(TWO_LINES).statusCode()).isEqualTo(400);
        assertThat(lake.received().lines()).isZero();
    }
}
