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
 * The JDK's HTTP client, with one deadline that covers the response body too. It always uses HTTP/1.1: with HTTP/2, a
 * connection that has gone silent stays in the client's pool and blocks every later request, and on cleartext
 * connections the client would offer an upgrade.
 */
final class JdkTransport implements Transport {
    private final URI endpoint;
    private final HttpClient client;
    private final int maxAnswerBytes;

    JdkTransport(URI endpoint, HttpClient client, int maxAnswerBytes) {
        this.endpoint = endpoint;
        this.client = client;
        this.maxAnswerBytes = maxAnswerBytes;
    }

    /** The client of all sinks without one of their own. A client cannot be closed before Java 21, so they share one. */
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
        Arrival arrival = new Arrival(maxAnswerBytes);
        // HttpRequest.timeout() does not cover the response body. Only cancelling the future that sendAsync returned
        // closes the connection; cancelling a dependent future does not.
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

    /** What has arrived of an answer. Written by the client's threads. */
    private static final class Arrival {
        private volatile @Nullable ResponseInfo info;
        private volatile @Nullable CappedBody body;

        private final int maxBytes;

        Arrival(int maxBytes) {
            this.maxBytes = maxBytes;
        }

        BodySubscriber<byte[]> begin(ResponseInfo headers) {
            CappedBody subscriber = new CappedBody(maxBytes);
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
