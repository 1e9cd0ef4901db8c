package io.flowlog.benchmarks;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.retry.RetryMode;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * What {@link ColdStart} holds the function against: a handler that reads one object with an S3 client as the function
 * has it, answers with its size, and does nothing else. It stands alone in its jar beside the SDK.
 */
public final class GetObjectHandler implements RequestStreamHandler {
    static final String BUCKET = "BASELINE_BUCKET";
    static final String KEY = "BASELINE_KEY";

    private final S3Client s3 = S3Client.builder()
            .endpointOverride(URI.create(System.getenv("AWS_ENDPOINT_URL_S3")))
            .forcePathStyle(true)
            .region(Region.of(System.getenv("AWS_REGION")))
            .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(
                    System.getenv("AWS_ACCESS_KEY_ID"), System.getenv("AWS_SECRET_ACCESS_KEY"))))
            .overrideConfiguration(config -> config.retryStrategy(RetryMode.STANDARD))
            .httpClient(UrlConnectionHttpClient.builder()
                    .connectionTimeout(Duration.ofSeconds(3))
                    .socketTimeout(Duration.ofSeconds(4))
                    .build())
            .build();

    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
        try (InputStream body =
                s3.getObject(request -> request.bucket(System.getenv(BUCKET)).key(System.getenv(KEY)))) {
            int bytes = body.readAllBytes().length;
            output.write(Integer.toString(bytes).getBytes(StandardCharsets.US_ASCII));
        }
    }
}
