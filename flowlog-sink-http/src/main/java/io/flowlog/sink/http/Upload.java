package io.flowlog.sink.http;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.ByteBuffer;
import java.util.concurrent.Flow;

/** The body of one request. It counts how many bytes of it the client has read. */
final class Upload implements BodyPublisher {
    /** A smaller body fits the buffers on its way, so that an early answer can always be read. */
    private static final int SMALLEST_WATCHED = 64 * 1024;

    private final BodyPublisher body;
    private volatile boolean begun;
    private volatile boolean taken;

    Upload(byte[] bytes) {
        this.body = BodyPublishers.ofByteArray(bytes);
    }

    @Override
    public long contentLength() {
        return body.contentLength();
    }

    @Override
    public void subscribe(Flow.Subscriber<? super ByteBuffer> subscriber) {
        body.subscribe(new Flow.Subscriber<>() {
            @Override
            public void onSubscribe(Flow.Subscription subscription) {
                subscriber.onSubscribe(subscription);
            }

            @Override
            public void onNext(ByteBuffer buffer) {
                begun = true;
                subscriber.onNext(buffer);
            }

            @Override
            public void onError(Throwable failure) {
                subscriber.onError(failure);
            }

            @Override
            public void onComplete() {
                taken = true;
                subscriber.onComplete();
            }
        });
    }

    /** Whether a large body was not yet sent completely when the connection ended. */
    boolean wasBrokenBy(IOException failure) {
        return begun && contentLength() >= SMALLEST_WATCHED && (!taken || failedToWrite(failure));
    }

    /** The client takes some of the body before it writes it. A write that fails has this text, and no type of its own. */
    private static boolean failedToWrite(IOException failure) {
        for (Throwable t = failure; t != null; t = t.getCause()) {
            if (String.valueOf(t.getMessage()).contains("Broken pipe")) {
                return true;
            }
        }
        return false;
    }
}
