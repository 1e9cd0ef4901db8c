package io.flowlog.lambda;

import io.flowlog.s3.S3FlowLogs;
import io.flowlog.sink.http.HttpSink;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * The clients of one process: made once, without opening a connection or reading a secret, then shared by all
 * invocations. Safe for several threads.
 *
 * @param s3 the SDK's client
 * @param flowLogs reads with it
 * @param sink sends
 */
record Connections(S3Client s3, S3FlowLogs flowLogs, HttpSink sink) implements AutoCloseable {

    static Connections open(Settings settings, Map<String, String> environment) {
        SdkHttpClient http = AwsClients.http();
        HttpSink.Builder sink = sink(settings);
        settings.token().ifPresent(token -> sink.header(settings.tokenHeader(), token));
        settings.secretArn()
                .ifPresent(arn -> sink.header(
                        settings.tokenHeader(),
                        new SecretToken(AwsClients.secretsManager(settings, arn, environment, http), arn)));
        // Making each takes long, most of it loading classes that the other does not need: two cores do both at once.
        FutureTask<HttpSink> building = new FutureTask<>(sink::build);
        Thread thread = new Thread(building, "flowlog-init");
        thread.setDaemon(true);
        thread.start();
        S3Client s3 = AwsClients.s3(settings, environment, http);
        S3FlowLogs flowLogs = S3FlowLogs.builder(s3)
                .expectedBucketOwner(settings.bucketOwner().orElse(null))
                .build();
        return new Connections(s3, flowLogs, result(building));
    }

    private static HttpSink result(FutureTask<HttpSink> building) {
        try {
            return building.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException refused) {
                throw refused;
            }
            throw new IllegalStateException("the sink could not be made", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** Everything but the token. */
    private static HttpSink.Builder sink(Settings settings) {
        HttpSink.Builder builder = HttpSink.builder(settings.endpoint())
                .header(settings.appIdHeader(), settings.appId())
                .maxBatchBytes(settings.batchBytes())
                .maxInFlight(settings.maxInFlight())
                .maxMalformedRatio(settings.maxMalformedRatio())
                .allowHttpLoopback(settings.allowHttpLoopback());
        settings.recordIdField().ifPresent(builder::recordIdField);
        return builder;
    }

    @Override
    public void close() {
        sink.close();
        s3.close();
    }
}
