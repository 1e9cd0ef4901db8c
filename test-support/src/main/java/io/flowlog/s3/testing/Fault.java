package io.flowlog.s3.testing;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** What the stub does with one request instead of answering it well. */
@FunctionalInterface
public interface Fault {
    /** Deals with the request; {@code object} is null when there is none. */
    void happen(S3Request request, @Nullable StoredObject object, Socket socket)
            throws IOException, InterruptedException;

    /** A good answer. */
    static Fault none() {
        return (request, object, socket) -> Answers.serve(request, object, socket, Long.MAX_VALUE);
    }

    /** An error as S3 words it. */
    static Fault error(int status, String code, String... headers) {
        return (request, object, socket) -> Answers.error(socket.getOutputStream(), status, code, headers);
    }

    /** A good answer that ends in order (FIN) after so many bytes of the body. */
    static Fault finAfter(long bytes) {
        return (request, object, socket) -> {
            Answers.serve(request, object, socket, bytes);
            socket.close();
        };
    }

    /** A good answer that ends by RST after so many bytes of the body. */
    static Fault resetAfter(long bytes) {
        return (request, object, socket) -> {
            Answers.serve(request, object, socket, bytes);
            // A RST throws away what the client has not read.
            Sent.awaitRead(socket);
            socket.setSoLinger(true, 0);
            socket.close();
        };
    }

    /**
     * A good answer that ends by RST after so many bytes of the body, as soon as {@code when} gets a permit. It takes
     * the permits that are there before it begins. An answer with no more bytes than that ends well.
     */
    static Fault resetAfter(long bytes, Semaphore when) {
        return (request, object, socket) -> {
            when.drainPermits();
            Answers.serve(request, object, socket, bytes);
            if (object != null && object.content().length - request.from() > bytes) {
                when.acquire();
                socket.setSoLinger(true, 0);
                socket.close();
            }
        };
    }

    /** A good answer that ends by RST as soon as the client has not read for so long. */
    static Fault resetUnread(Duration patience) {
        return (request, object, socket) -> {
            socket.setSendBufferSize(64 * 1024);
            Answers.serve(request, object, socket, 0);
            byte[] content = object == null ? new byte[0] : object.content();
            AtomicInteger sent = new AtomicInteger(request.from());
            Thread watch = new Thread(
                    () -> {
                        for (int before = -1; before < sent.get() && before < content.length; ) {
                            before = sent.get();
                            LockSupport.parkNanos(patience.toNanos());
                        }
                        if (sent.get() < content.length) {
                            try {
                                socket.setSoLinger(true, 0);
                                socket.close();
                            } catch (IOException e) {
                                // Closed by the client.
                            }
                        }
                    },
                    "stub-s3-watch");
            watch.setDaemon(true);
            watch.start();
            while (sent.get() < content.length) {
                int count = Math.min(16 * 1024, content.length - sent.get());
                socket.getOutputStream().write(content, sent.get(), count);
                sent.addAndGet(count);
            }
        };
    }

    /** A good answer that says nothing more after so many bytes of the body, until the client hangs up. */
    static Fault stallAfter(long bytes) {
        return (request, object, socket) -> {
            Answers.serve(request, object, socket, bytes);
            while (socket.getInputStream().read() >= 0) {
                // The client sends nothing more.
            }
        };
    }

    /** A good answer, one byte at a time. */
    static Fault drip(Duration pause) {
        return (request, object, socket) -> {
            Answers.serve(request, object, socket, 0);
            OutputStream out = socket.getOutputStream();
            for (byte b : object == null ? new byte[0] : object.content()) {
                out.write(b);
                out.flush();
                Thread.sleep(pause.toMillis());
            }
        };
    }

    /** A good answer with so many bytes of the body, then a pause, then the rest. */
    static Fault pauseAfter(int bytes, Duration pause) {
        return (request, object, socket) -> {
            Answers.serve(request, object, socket, bytes);
            Thread.sleep(pause.toMillis());
            if (object != null) {
                socket.getOutputStream().write(object.content(), bytes, object.content().length - bytes);
            }
        };
    }
}
