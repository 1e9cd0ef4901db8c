package io.flowlog.sink.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** Receives a limited number of bytes of a response body. A longer one closes the connection and fails. */
final class CappedBody implements BodySubscriber<byte[]> {
    /** The usual limit. */
    static final int MAX_BYTES = 64 * 1024;

    private final int maxBytes;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final CompletableFuture<byte[]> done = new CompletableFuture<>();
    private Flow.@Nullable Subscription subscription;

    CappedBody(int maxBytes) {
        this.maxBytes = maxBytes;
    }

    @Override
    public CompletionStage<byte[]> getBody() {
        return done;
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        subscription = given;
        given.request(1);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        Flow.Subscription current = subscription;
        if (current == null || done.isDone()) {
            return;
        }
        for (ByteBuffer buffer : buffers) {
            if (!take(buffer)) {
                current.cancel();
                done.completeExceptionally(new IOException("the answer is longer than " + maxBytes + " bytes"));
                return;
            }
        }
        current.request(1);
    }

    private synchronized boolean take(ByteBuffer buffer) {
        int count = Math.min(buffer.remaining(), maxBytes - bytes.size());
        byte[] copy = new byte[count];
        buffer.get(copy);
        bytes.write(copy, 0, count);
        return !buffer.hasRemaining();
    }

    @Override
    public void onError(Throwable failure) {
        done.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
        done.complete(soFar());
    }

    synchronized byte[] soFar() {
        return bytes.toByteArray();
    }
}
