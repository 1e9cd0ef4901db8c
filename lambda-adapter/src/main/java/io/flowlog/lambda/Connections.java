package io.flowlog.lambda;

import io.flowlog.s3.S3FlowLogs;
import io.flowlog.sink.http.HttpSink;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * The clients of a process. They are created once, without opening a connection or reading a secret, and all invocations
 * share them. Safe for use by several threads.
 *
 * @param flowLogs reads objects
 * @param secret reads the token, or null if the token is in the environment
 * @param sink sends to the lake
 * @param troubles the latest failures of the lake
 */
record Connections(S3FlowLogs flowLogs, @Nullable SecretToken secret, HttpSink sink, LakeTroubles troubles) {

    static Connections open(Settings settings, Map<String, String> environment) {
        SdkHttpClient http = AwsClients.http();
        LakeTroubles troubles = new LakeTroubles();
        HttpSink.Builder builder = settings.sink().listener(troubles);
        SecretToken secret = settings.secretArn()
                .map(arn -> new SecretToken(AwsClients.secretsManager(settings, arn, environment, http), arn))
                .orElse(null);
        if (secret != null) {
            builder.header(settings.tokenHeader(), () -> settings.tokenValue(secret.get()));
        }
        // Creating a client takes long, mostly to load classes that the other does not need. Two cores create both at
        // once.
        FutureTask<HttpSink> building = new FutureTask<>(builder::build);
        Thread thread = new Thread(building, "flowlog-init");
        thread.setDaemon(true);
        thread.start();
        S3Client s3 = AwsClients.s3(settings, environment, http);
        S3FlowLogs flowLogs = S3FlowLogs.builder(s3)
                .expectedBucketOwner(settings.bucketOwner().orElse(null))
                .build();
        return new Connections(flowLogs, secret, result(building), troubles);
    }

    private static HttpSink result(FutureTask<HttpSink> building) {
        try {
            return building.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException refused) {
                throw refused;
            }
            throw new IllegalStateException("the sink could not be built", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
