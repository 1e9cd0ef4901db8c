package io.flowlog.sink.http.testing;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A log lake on raw sockets, on loopback, that does with each request what its script says. */
public final class RawLake implements AutoCloseable {
    private final ServerSocket server;
    private final String scheme;
    private final Script script;
    private final List<Received> received = new CopyOnWriteArrayList<>();
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicInteger open = new AtomicInteger();
    private final Set<Socket> sockets = Collections.synchronizedSet(new HashSet<>());

    private RawLake(ServerSocket server, String scheme, Script script) {
        this.server = server;
        this.scheme = scheme;
        this.script = script;
    }

    /** A lake on cleartext HTTP. */
    public static RawLake start(Script script) throws IOException {
        return start(new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1")), "http", script);
    }

    /** A lake on a server socket of one's own, such as an SSLServerSocket. */
    public static RawLake start(ServerSocket server, String scheme, Script script) {
        RawLake lake = new RawLake(server, scheme, script);
        Thread thread = new Thread(lake::accept, "lake");
        thread.setDaemon(true);
        thread.start();
        return lake;
    }

    /** Where to POST. */
    public URI uri() {
        return URI.create(scheme + "://localhost:" + server.getLocalPort() + "/logs");
    }

    /** The requests read to their end, in that order. */
    public List<Received> received() {
        return received;
    }

    /** How many connections there were. */
    public int connections() {
        return connections.get();
    }

    /** How many connections are still open on this side. */
    public int openConnections() {
        return open.get();
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket socket : sockets.toArray(Socket[]::new)) {
            socket.close();
        }
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                connections.incrementAndGet();
                open.incrementAndGet();
                sockets.add(socket);
                Thread thread = new Thread(() -> serve(socket), "lake-connection");
                thread.setDaemon(true);
                thread.start();
            } catch (IOException e) {
                // Closed, or a client that was gone before it was accepted.
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            Connection connection = new Connection(socket);
            while (!socket.isClosed()) {
                Received head = readHead(connection.in());
                if (head == null || script.early(head, connection)) {
                    return;
                }
                byte[] body = readBody(connection.in(), head);
                Received whole = new Received(head.requestLine(), head.headers(), body);
                received.add(whole);
                script.answer(whole, connection);
            }
        } catch (IOException e) {
            // The client has gone, or the script wanted it so.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            sockets.remove(socket);
            open.decrementAndGet();
        }
    }

    private static @Nullable Received readHead(InputStream in) throws IOException {
        String requestLine = readLine(in);
        if (requestLine == null) {
            return null;
        }
        Map<String, String> headers = new TreeMap<>();
        for (String line = readLine(in); line != null && !line.isEmpty(); line = readLine(in)) {
            int colon = line.indexOf(':');
            String name = line.substring(0, colon).toLowerCase(Locale.ROOT);
            headers.merge(name, line.substring(colon + 1).strip(), (a, b) -> a + ", " + b);
        }
        return new Received(requestLine, headers, new byte[0]);
    }

    private static byte[] readBody(InputStream in, Received head) throws IOException {
        int length = Integer.parseInt(head.headers().getOrDefault("content-length", "0"));
        byte[] body = in.readNBytes(length);
        if (body.length < length) {
            throw new EOFException("the body was cut");
        }
        return body;
    }

    private static @Nullable String readLine(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                return null;
            }
            line.write(b);
        }
        return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
    }
}
