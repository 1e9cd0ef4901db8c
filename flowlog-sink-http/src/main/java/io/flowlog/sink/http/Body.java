package io.flowlog.sink.http;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** The body of a request, which another thread can still be compressing. Safe for use by several threads. */
final class Body {
    private final CompletableFuture<byte[]> bytes = new CompletableFuture<>();

    static Body of(byte[] bytes) {
        Body body = new Body();
        body.complete(bytes);
        return body;
    }

    void complete(byte[] whole) {
        bytes.complete(whole);
    }

    void fail(Throwable why) {
        bytes.completeExceptionally(why);
    }

    /**
     * The bytes. Waits for the compressing thread, which is at most a few blocks behind. An interrupt does not end the wait
     * and is not lost.
     *
     * @throws RuntimeException or an Error that ended the compressing thread
     */
    byte[] bytes() {
        try {
            return bytes.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }
}
