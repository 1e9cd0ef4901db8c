package io.flowlog.sink.http.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** One connection to a lake, with everything that a lake can do to it. */
public final class Connection {
    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;

    Connection(Socket socket) throws IOException {
        this.socket = socket;
        // Head and body are written apart; without it the second waits for a delayed acknowledgement of the first.
        socket.setTcpNoDelay(true);
        this.in = new java.io.BufferedInputStream(socket.getInputStream());
        this.out = socket.getOutputStream();
    }

    /** What the client sends. */
    public InputStream in() {
        return in;
    }

    /** A whole, ordinary answer; {@code headers} are lines such as {@code Retry-After: 2}. */
    public void answer(int status, String body, String... headers) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        StringBuilder head = new StringBuilder("HTTP/1.1 " + status + " Whatever\r\n");
        for (String header : headers) {
            head.append(header).append("\r\n");
        }
        if (status != 204) {
            head.append("Content-Length: ").append(bytes.length).append("\r\n");
        }
        raw(head.append("\r\n").toString());
        if (status != 204) {
            raw(body);
        }
    }

    /** Bytes as they are. */
    public void raw(String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    /** One byte at a time, until the client hangs up. */
    public void drip(String text, Duration pause) throws IOException, InterruptedException {
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            out.write(b);
            out.flush();
            if (awaitHangUp(pause)) {
                return;
            }
        }
    }

    /** Waits for the client to close the connection; false when it did not in that time. */
    public boolean awaitHangUp(Duration atMost) throws IOException {
        socket.setSoTimeout((int) Math.max(1, atMost.toMillis()));
        try {
            while (in.read() >= 0) {
                // What else the client sends is of no interest.
            }
            return true;
        } catch (SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            return true;
        } finally {
            if (!socket.isClosed()) {
                socket.setSoTimeout(0);
            }
        }
    }

    /** Ends the connection in order (FIN). */
    public void close() throws IOException {
        socket.close();
    }

    /** Ends the connection by RST. */
    public void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }
}
