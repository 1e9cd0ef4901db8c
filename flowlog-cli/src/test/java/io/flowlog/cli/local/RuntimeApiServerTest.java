package io.flowlog.cli.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RuntimeApiServerTest {
    private final HttpClient http = HttpClient.newHttpClient();
    private RuntimeApiServer api;

    @BeforeEach
    void startApi() throws Exception {
        api = RuntimeApiServer.start();
    }

    @AfterEach
    void stopApi() {
        api.close();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://" + api.address() + "/2018-06-01/runtime/" + path));
    }

    private HttpResponse<String> next() throws Exception {
        return http.send(request("invocation/next").build(), HttpResponse.BodyHandlers.ofString());
    }

    private int post(String path, String body) throws Exception {
        HttpRequest request =
                request(path).POST(HttpRequest.BodyPublishers.ofString(body)).build();
        return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }

    private CompletableFuture<RuntimeApiServer.InvocationResult> invoke(String event) {
        return api.invoke(event.getBytes(StandardCharsets.UTF_8), Duration.ofSeconds(60));
    }

    @Test
    void handsOutAnEventWithWhatARuntimeNeeds() throws Exception {
        CompletableFuture<RuntimeApiServer.InvocationResult> outcome = invoke("{\"an\":\"event\"}");
        long before = System.currentTimeMillis();
        HttpResponse<String> event = next();

        assertThat(event.body()).isEqualTo("{\"an\":\"event\"}");
        assertThat(event.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(event.headers().firstValue("Lambda-Runtime-Invoked-Function-Arn"))
                .hasValueSatisfying(arn -> assertThat(arn).startsWith("arn:aws:lambda:"));
        assertThat(event.headers()
                        .firstValueAsLong("Lambda-Runtime-Deadline-Ms")
                        .orElseThrow())
                .isBetween(before + 60_000, System.currentTimeMillis() + 60_000);
        assertThat(outcome).isNotDone();
    }

    @Test
    void takesAnswersAndErrorsOfEachEvent() throws Exception {
        CompletableFuture<RuntimeApiServer.InvocationResult> first = invoke("1");
        CompletableFuture<RuntimeApiServer.InvocationResult> second = invoke("2");
        String firstId =
                next().headers().firstValue("Lambda-Runtime-Aws-Request-Id").orElseThrow();
        assertThat(post("invocation/" + firstId + "/response", "{}")).isEqualTo(202);
        String secondId =
                next().headers().firstValue("Lambda-Runtime-Aws-Request-Id").orElseThrow();
        assertThat(post("invocation/" + secondId + "/error", "{\"errorMessage\":\"no\"}"))
                .isEqualTo(202);

        assertThat(first.get(10, TimeUnit.SECONDS)).isEqualTo(new RuntimeApiServer.InvocationResult(true, "{}"));
        assertThat(second.get(10, TimeUnit.SECONDS))
                .isEqualTo(new RuntimeApiServer.InvocationResult(false, "{\"errorMessage\":\"no\"}"));
        assertThat(secondId).isNotEqualTo(firstId);
    }

    @Test
    void failsEveryEventWhenTheRuntimeCannotStart() throws Exception {
        CompletableFuture<RuntimeApiServer.InvocationResult> before = invoke("1");
        assertThat(post("init/error", "{\"errorMessage\":\"no token\"}")).isEqualTo(202);

        RuntimeApiServer.InvocationResult failure =
                new RuntimeApiServer.InvocationResult(false, "{\"errorMessage\":\"no token\"}");
        assertThat(before.get(10, TimeUnit.SECONDS)).isEqualTo(failure);
        assertThat(invoke("2").get(10, TimeUnit.SECONDS)).isEqualTo(failure);
    }

    @Test
    void knowsNothingElse() throws Exception {
        assertThat(post("somewhere/else", "")).isEqualTo(404);
    }
}
