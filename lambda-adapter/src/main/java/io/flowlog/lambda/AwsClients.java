package io.flowlog.lambda;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.core.retry.RetryMode;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClientBuilder;

/** Makes the clients of the AWS SDK. Making one opens no connection. */
final class AwsClients {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(3);
    /** Shorter than the longest {@link Deadline#grace()}, so that a stalled read ends within it. */
    static final Duration SOCKET_TIMEOUT = Duration.ofSeconds(4);
    /** For a store on this machine, which ignores the region; but a request must be signed for one. */
    private static final Region LOCAL_REGION = Region.US_EAST_1;

    static SdkHttpClient http() {
        return UrlConnectionHttpClient.builder()
                .connectionTimeout(CONNECT_TIMEOUT)
                .socketTimeout(SOCKET_TIMEOUT)
                .build();
    }

    static S3Client s3(Settings settings, Map<String, String> environment, SdkHttpClient http) {
        S3ClientBuilder builder = S3Client.builder();
        configure(builder, environment);
        region(settings, settings.s3Endpoint().isPresent()).ifPresent(builder::region);
        settings.s3Endpoint().ifPresent(endpoint -> {
            // The name of a bucket cannot become part of a host name such as 127.0.0.1.
            builder.endpointOverride(endpoint).forcePathStyle(true);
        });
        return builder.httpClient(http).build();
    }

    static SecretsManagerClient secretsManager(
            Settings settings, String secretArn, Map<String, String> environment, SdkHttpClient http) {
        SecretsManagerClientBuilder builder = SecretsManagerClient.builder();
        configure(builder, environment);
        builder.region(Region.of(secretArn.split(":", 5)[3]));
        settings.secretsEndpoint().ifPresent(builder::endpointOverride);
        return builder.httpClient(http).build();
    }

    private static Optional<Region> region(Settings settings, boolean local) {
        return settings.region().map(Region::of).or(() -> local ? Optional.of(LOCAL_REGION) : Optional.empty());
    }

    private static void configure(AwsClientBuilder<?, ?> builder, Map<String, String> environment) {
        builder.credentialsProvider(credentials(environment));
        builder.overrideConfiguration(config -> config.retryStrategy(RetryMode.STANDARD));
    }

    /**
     * Lambda puts credentials into the environment. If they are there, the classes of the SDK's default chain are not loaded.
     * Otherwise (in a process that handles several requests at once, or on a developer's machine) the chain is used.
     */
    private static AwsCredentialsProvider credentials(Map<String, String> environment) {
        String id = environment.getOrDefault("AWS_ACCESS_KEY_ID", "");
        String secret = environment.getOrDefault("AWS_SECRET_ACCESS_KEY", "");
        String session = environment.getOrDefault("AWS_SESSION_TOKEN", "");
        if (id.isEmpty() || secret.isEmpty()) {
            return DefaultCredentialsProvider.builder().build();
        }
        AwsCredentials credentials = session.isEmpty()
                ? AwsBasicCredentials.create(id, secret)
                : AwsSessionCredentials.create(id, secret, session);
        return StaticCredentialsProvider.create(credentials);
    }

    private AwsClients() {}
}
