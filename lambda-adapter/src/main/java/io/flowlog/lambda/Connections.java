package io.flowlog.lambda;

import io.flowlog.s3.S3FlowLogs;
import io.flowlog.sink.http.HttpSink;
import java.util.Map;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * The clients of one process: made once, without opening a connection or reading a secret, then shared by all
 * invocations. Safe for several threads.
 */
final class Connections implements AutoCloseable {
    private final S3Client s3;
    private final S3FlowLogs flowLogs;
    private final HttpSink sink;

    private Connections(S3Client s3, S3FlowLogs flowLogs, HttpSink sink) {
        this.s3 = s3;
        this.flowLogs = flowLogs;
        this.sink = sink;
    }

    static Connections open(Settings settings, Map<String, String> environment) {
        S3Client s3 = AwsClients.s3(settings, environment);
        S3FlowLogs flowLogs = S3FlowLogs.builder(s3)
                .expectedBucketOwner(settings.bucketOwner().orElse(null))
                .build();
        return new Connections(s3, flowLogs, sink(settings, environment));
    }

    private static HttpSink sink(Settings settings, Map<String, String> environment) {
        HttpSink.Builder builder = HttpSink.builder(settings.endpoint())
                .header(settings.appIdHeader(), settings.appId())
                .maxBatchBytes(settings.batchBytes())
                .maxInFlight(settings.maxInFlight())
                .maxMalformedRatio(settings.maxMalformedRatio())
                .allowHttpLoopback(settings.allowHttpLoopback());
        settings.token().ifPresent(token -> builder.header(settings.tokenHeader(), token));
        settings.secretArn()
                .ifPresent(arn -> builder.header(
                        settings.tokenHeader(),
                        new SecretToken(AwsClients.secretsManager(settings, arn, environment), arn)));
        settings.recordIdField().ifPresent(builder::recordIdField);
        return builder.build();
    }

    S3FlowLogs flowLogs() {
        return flowLogs;
    }

    HttpSink sink() {
        return sink;
    }

    @Override
    public void close() {
        sink.close();
        s3.close();
    }
}
