package io.flowlog.sink.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.Flow;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class UploadTest {
    private static final IOException RESET = new IOException("no bytes", new IOException("Connection reset"));
    private static final IOException WRITE_FAILED = new IOException("no bytes", new IOException("Broken pipe"));

    /** An upload of which a client has asked for so many buffers. */
    private static Upload taken(int bytes, long buffers) {
        Upload upload = new Upload(new byte[bytes]);
        upload.subscribe(new Flow.Subscriber<>() {
            @Override
            public void onSubscribe(Flow.Subscription subscription) {
                if (buffers > 0) {
                    subscription.request(buffers);
                }
            }

            @Override
            public void onNext(ByteBuffer buffer) {}

            @Override
            public void onError(Throwable failure) {}

            @Override
            public void onComplete() {}
        });
        return upload;
    }

    @Test
    @DisplayName("H24 an upload is broken if the client has not taken all of a large body, or could not write it")
    void h24BrokenUpload() {
        assertThat(taken(1_000_000, 2).wasBrokenBy(RESET)).isTrue();
        assertThat(taken(1_000_000, Long.MAX_VALUE).wasBrokenBy(RESET)).isFalse();
        assertThat(taken(1_000_000, Long.MAX_VALUE).wasBrokenBy(WRITE_FAILED)).isTrue();
        assertThat(taken(1_000_000, 0).wasBrokenBy(WRITE_FAILED)).isFalse();
        assertThat(taken(1000, Long.MAX_VALUE).wasBrokenBy(WRITE_FAILED)).isFalse();
    }
}
