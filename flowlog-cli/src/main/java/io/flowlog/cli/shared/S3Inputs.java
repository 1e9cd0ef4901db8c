package io.flowlog.cli.shared;

import io.flowlog.s3.ListedObject;
import io.flowlog.s3.S3FlowLogs;
import java.io.Closeable;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Predicate;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.SdkSystemSetting;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/**
 * Objects in S3. Region, credentials and endpoint are those that the AWS SDK finds: environment, profile, container or
 * instance.
 */
final class S3Inputs implements Closeable {
    /**
     * The attempts of a request unless AWS_MAX_ATTEMPTS says otherwise. A terminal is patient: with throttling, this many
     * take about half a minute.
     */
    private static final int MAX_ATTEMPTS = 8;

    private @Nullable S3Client client;

    /** Lists the objects of {@code s3://bucket/prefix}. If the prefix is the complete key of an object, only that object is listed. */
    Iterator<Source> list(String uri, boolean literal) {
        String rest = uri.substring("s3://".length());
        int slash = rest.indexOf('/');
        String bucket = slash < 0 ? rest : rest.substring(0, slash);
        String pattern = slash < 0 ? "" : rest.substring(slash + 1);
        if (bucket.isEmpty()) {
            return failed(uri, new InputException(uri, "no bucket; expected s3://bucket/prefix"));
        }
        int glob = literal ? -1 : FileInputs.indexOfGlob(pattern);
        String prefix = glob < 0 ? pattern : pattern.substring(0, glob);
        try {
            Predicate<String> matches = key -> !literal || key.equals(pattern);
            if (glob >= 0) {
                PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + pattern);
                matches = key -> matcher.matches(Path.of(key));
            }
            S3FlowLogs s3 = S3FlowLogs.of(client());
            return new Listing(uri, s3, s3.list(bucket, prefix).iterator(), glob < 0 ? prefix : "", matches);
        } catch (PatternSyntaxException e) {
            return failed(uri, new InputException(uri, "invalid pattern: " + e.getDescription()));
        } catch (SdkException e) {
            return failed(uri, new InputException(uri, Errors.oneLine(String.valueOf(e.getMessage()))));
        }
    }

    private static Iterator<Source> failed(String uri, InputException e) {
        return List.<Source>of(new MissingSource(uri, e)).iterator();
    }

    private S3Client client() {
        if (client == null) {
            // The JDK keeps five connections per host, but more objects can be read at the same time.
            System.setProperty("http.maxConnections", "64");
            S3ClientBuilder builder = S3Client.builder()
                    .httpClient(UrlConnectionHttpClient.builder()
                            .connectionTimeout(Duration.ofSeconds(10))
                            .socketTimeout(Duration.ofSeconds(30))
                            .build())
                    .overrideConfiguration(
                            config -> config.retryStrategy(AwsRetryStrategy.standardRetryStrategy().toBuilder()
                                    .maxAttempts(SdkSystemSetting.AWS_MAX_ATTEMPTS
                                            .getIntegerValue()
                                            .orElse(MAX_ATTEMPTS))
                                    .build()));
            boolean isAws = System.getenv("AWS_ENDPOINT_URL_S3") == null && System.getenv("AWS_ENDPOINT_URL") == null;
            if (!isAws && System.getenv("AWS_REGION") == null && System.getenv("AWS_DEFAULT_REGION") == null) {
                // Other S3 servers ignore the region, but a request must be signed for one.
                builder.region(Region.US_EAST_1);
            }
            // Other S3 servers have no host name for each bucket and no other regions.
            client = builder.forcePathStyle(!isAws)
                    .crossRegionAccessEnabled(isAws)
                    .build();
        }
        return client;
    }

    @Override
    public void close() {
        if (client != null) {
            client.close();
        }
    }

    private static final class Listing implements Iterator<Source> {
        private final String uri;
        private final S3FlowLogs s3;
        private final Iterator<ListedObject> objects;
        private final String exact;
        private final Predicate<String> matches;
        private @Nullable Source next;
        private boolean any;
        private boolean ended;

        Listing(String uri, S3FlowLogs s3, Iterator<ListedObject> objects, String exact, Predicate<String> matches) {
            this.uri = uri;
            this.s3 = s3;
            this.objects = objects;
            this.exact = exact;
            this.matches = matches;
        }

        @Override
        public boolean hasNext() {
            try {
                while (next == null && !ended) {
                    if (!objects.hasNext()) {
                        ended = true;
                        next = any ? null : new MissingSource(uri, new InputException(uri, "no objects found"));
                        break;
                    }
                    take(objects.next());
                }
            } catch (UncheckedIOException e) {
                ended = true;
                next = new MissingSource(uri, e.getCause());
            } catch (SdkException e) {
                ended = true;
                next = new MissingSource(uri, new InputException(uri, String.valueOf(e.getMessage())));
            }
            return next != null;
        }

        private void take(ListedObject object) {
            String key = object.object().key();
            boolean folder = key.endsWith("/") && object.size() == 0;
            if (!folder && matches.test(key)) {
                any = true;
                next = new S3Source(s3, object);
                // S3 lists in the order of keys, so the exact key comes first.
                ended = key.equals(exact);
            }
        }

        @Override
        public Source next() {
            if (!hasNext() || next == null) {
                throw new NoSuchElementException();
            }
            Source found = next;
            next = null;
            return found;
        }
    }
}
