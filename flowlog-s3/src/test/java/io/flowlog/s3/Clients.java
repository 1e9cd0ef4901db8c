package io.flowlog.s3;

import io.flowlog.s3.testing.StubS3;
import java.time.Duration;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** The real SDK against the stub. */
final class Clients {
    static S3Client of(StubS3 stub) {
        return of(stub, Duration.ofSeconds(20));
    }

    /** For a stub that stalls. It gives up a read after half a second, and so on a busy machine also a good answer. */
    static S3Client impatient(StubS3 stub) {
        return of(stub, Duration.ofMillis(500));
    }

    private static S3Client of(StubS3 stub, Duration patience) {
        return S3Client.builder()
                .endpointOverride(stub.uri())
                .forcePathStyle(true)
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("id", "secret")))
                .httpClientBuilder(UrlConnectionHttpClient.builder().socketTimeout(patience))
                .build();
    }

    private Clients() {}
}
