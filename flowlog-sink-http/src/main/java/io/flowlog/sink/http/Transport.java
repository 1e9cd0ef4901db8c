package io.flowlog.sink.http;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes one HTTP exchange, without retries. Safe for use by several threads. */
interface Transport {
    /**
     * Sends a POST and waits for the whole answer.
     *
     * @throws java.net.http.HttpTimeoutException if the status line and the headers did not arrive in time
     * @throws BrokenUploadException if the connection ended while a large body was being sent
     * @throws IOException if the exchange failed before the headers arrived
     * @throws InterruptedException if the thread was interrupted; nothing is then in flight
     */
    Answer post(Post post, long timeoutNanos) throws IOException, InterruptedException;

    /** The connection ended while the body was being sent, so that an answer could not be read. */
    final class BrokenUploadException extends IOException {
        private static final long serialVersionUID = 1L;

        private final transient IOException exchange;

        BrokenUploadException(IOException exchange) {
            super(exchange.getMessage(), exchange);
            this.exchange = exchange;
        }

        /** The failure of the exchange. */
        IOException exchange() {
            return exchange;
        }
    }

    /** What to send: names and values of headers in turn, and the body. */
    record Post(List<String> headers, byte[] body) {}

    /**
     * An answer whose headers have arrived.
     *
     * @param headers the values by lower-case name
     * @param body what has arrived of the body, up to the limit
     * @param broken why the body is incomplete; null if it is complete
     */
    record Answer(
            int status,
            Map<String, List<String>> headers,
            byte[] body,
            @Nullable IOException broken) {
        List<String> header(String lowerCaseName) {
            return headers.getOrDefault(lowerCaseName, List.of());
        }
    }
}
