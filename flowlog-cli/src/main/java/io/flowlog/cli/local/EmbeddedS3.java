package io.flowlog.cli.local;

import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.TransientNio2BlobStore;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * An S3 server in this process: s3proxy with its data in memory. It checks the signatures of requests as S3 does. The AWS
 * SDK uploads the objects. Not safe for use by several threads.
 */
public final class EmbeddedS3 implements Closeable {
    /** Credentials that only this server accepts. */
    private static final String ACCESS_KEY = "flowlog-local";

    private static final String SECRET_KEY = "flowlog-local-secret";

    private final S3Proxy proxy;
    /** Created on first use: its classes take long to load, and the function starts in the meantime. */
    private @Nullable S3Client client;

    private EmbeddedS3(S3Proxy proxy) {
        this.proxy = proxy;
    }

    /**
     * Starts an empty server on a free port of the loopback address.
     *
     * @throws IOException if it does not start
     */
    public static EmbeddedS3 start() throws IOException {
        S3Proxy proxy = S3Proxy.builder()
                .blobStore(new TransientNio2BlobStore())
                .endpoint(URI.create("http://127.0.0.1:0"))
                .awsAuthentication(AuthenticationType.AWS_V2_OR_V4, ACCESS_KEY, SECRET_KEY)
                .ignoreUnknownHeaders(true)
                // Nothing is left to wait for: what a client keeps open for later would take the whole time.
                .stopTimeout(0)
                .build();
        try {
            proxy.start();
        } catch (Exception e) {
            throw new IOException("the S3 server of this program did not start: " + e, e);
        }
        return new EmbeddedS3(proxy);
    }

    private S3Client client() {
        if (client == null) {
            client = newClient();
        }
        return client;
    }

    private S3Client newClient() {
        return S3Client.builder()
                .endpointOverride(endpoint())
                .region(Region.US_EAST_1)
                .forcePathStyle(true)
                .credentialsProvider(
                        StaticCredentialsProvider.create(AwsBasicCredentials.create(ACCESS_KEY, SECRET_KEY)))
                .httpClient(UrlConnectionHttpClient.create())
                .build();
    }

    /** The address for {@code AWS_ENDPOINT_URL_S3}. */
    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + proxy.getPort());
    }

    /** The environment variables that make the function use this server. */
    public Map<String, String> functionSettings() {
        return Map.of(
                "AWS_ENDPOINT_URL_S3",
                endpoint().toString(),
                "AWS_ACCESS_KEY_ID",
                ACCESS_KEY,
                "AWS_SECRET_ACCESS_KEY",
                SECRET_KEY);
    }

    /** Makes AWS SDK clients that are created later in this process use this server, by means of system properties. */
    public void useForThisProcess() {
        System.setProperty("aws.endpointUrlS3", endpoint().toString());
        System.setProperty("aws.region", Region.US_EAST_1.id());
        System.setProperty("aws.accessKeyId", ACCESS_KEY);
        System.setProperty("aws.secretAccessKey", SECRET_KEY);
    }

    /** Creates an empty bucket. */
    public void createBucket(String bucket) {
        client().createBucket(request -> request.bucket(bucket));
    }

    /** Uploads a file and returns its ETag without quotes, as in S3 events. */
    public String put(String bucket, String key, Path file) {
        return put(bucket, key, RequestBody.fromFile(file));
    }

    /** Uploads bytes and returns their ETag without quotes, as in S3 events. */
    public String put(String bucket, String key, byte[] bytes) {
        return put(bucket, key, RequestBody.fromBytes(bytes));
    }

    private String put(String bucket, String key, RequestBody body) {
        return client().putObject(request -> request.bucket(bucket).key(key), body)
                .eTag()
                .replace("\"", "");
    }

    @Override
    public void close() throws IOException {
        if (client != null) {
            client.close();
        }
        try {
            proxy.stop();
        } catch (Exception e) {
            throw new IOException("the S3 server of this program did not stop: " + e, e);
        }
    }
}
