package io.flowlog.sink.http;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.ResponseInfo;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The JDK's client, under one deadline that covers the response body too. Always HTTP/1.1: with HTTP/2 a connection
 * that went silent would stay in the client's pool and swallow every later request, and on cleartext the client would
 * ask for an upgrade.
 */
final class JdkTransport implements Transport {
    private final URI endpoint;
    private final HttpClient client;

    JdkTransport(URI endpoint, HttpClient client) {
        this.endpoint = endpoint;
        this.client = client;
    }

    /** The client of all sinks that were given none. It has no {@code close()} before Java 21, so there is only one. */
    static HttpClient sharedClient() {
        return Shared.CLIENT;
    }

    private static final class Shared {
        static final HttpClient CLIENT = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(Duration.ofSeconds(10))
                .build();
    }

    @Override
    public Answer post(Post post, long timeoutNanos) throws IOException, InterruptedException {
        Upload upload = new Upload(post.body());
        HttpRequest request = HttpRequest.newBuilder(endpoint)
                .version(HttpClient.Version.HTTP_1_1)
                .headers(post.headers().toArray(String[]::new))
                .POST(upload)
                .build();
        Arrival arrival = new Arrival();
        // Not HttpRequest.timeout(): it ends with the headers. And get and cancel on this very future: only cancelling
        // the one that sendAsync returned closes the connection.
        CompletableFuture<HttpResponse<byte[]>> exchange = client.sendAsync(request, arrival::begin);
        try {
            byte[] body = exchange.get(timeoutNanos, TimeUnit.NANOSECONDS).body();
            return arrival.answer(body, null);
        } catch (TimeoutException e) {
            exchange.cancel(true);
            return arrival.broken(new HttpTimeoutException("no complete answer in time"));
        } catch (ExecutionException e) {
            IOException cause = ioCause(e);
            return arrival.broken(upload.wasBrokenBy(cause) ? new BrokenUploadException(cause) : cause);
        } catch (InterruptedException e) {
            exchange.cancel(true);
            throw e;
        }
    }

    private static IOException ioCause(ExecutionException e) {
        Throwable cause = e.getCause();
        return cause instanceof IOException io ? io : new IOException("the exchange failed", cause);
    }

    /** What is known of an answer while it arrives; written by the client's threads. */
    private static final class Arrival {
        private volatile @Nullable ResponseInfo info;
        private volatile @Nullable CappedBody body;

        BodySubscriber<byte[]> begin(ResponseInfo headers) {
            CappedBody subscriber = new CappedBody();
            body = subscriber;
            info = headers;
            return subscriber;
        }

        Answer broken(IOException why) throws IOException {
            CappedBody started = body;
            if (started == null) {
                throw why;
            }
            return answer(started.soFar(), why);
        }

        Answer answer(byte[] bytes, @Nullable IOException why) throws IOException {
            ResponseInfo headers = info;
            if (headers == null) {
                throw why == null ? new IOException("an answer without headers") : why;
            }
            Map<String, List<String>> byName = new HashMap<>();
            headers.headers().map().forEach((name, values) -> byName.put(name.toLowerCase(Locale.ROOT), values));
            return new Answer(headers.statusCode(), byName, bytes, why);
        }
    }
}
