package io.flowlog.s3.testing;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Duration;
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
            // Lets the client read what was sent; a RST throws it away.
            Thread.sleep(50);
            socket.setSoLinger(true, 0);
            socket.close();
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
