package io.flowlog.sink.http;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One HTTP exchange, without retries: the seam between policy and the network. Safe for several threads. */
interface Transport {
    /**
     * POSTs and waits for the whole answer.
     *
     * @throws java.net.http.HttpTimeoutException when no status line and headers arrived in time
     * @throws IOException when the exchange broke off before them
     * @throws InterruptedException when the thread was interrupted; nothing is in flight any more
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

    /** What to send: header names and values in turn, and the body. */
    record Post(List<String> headers, byte[] body) {}

    /**
     * What came back once the headers had arrived.
     *
     * @param headers by lower-case name
     * @param body as much of it as arrived and as was allowed
     * @param broken why the body did not end; null when it did
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
