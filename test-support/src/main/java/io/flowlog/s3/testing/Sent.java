package io.flowlog.s3.testing;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** What became of the bytes that were sent to a client on this machine. */
final class Sent {
    private static final List<Path> TABLES = List.of(Path.of("/proc/net/tcp"), Path.of("/proc/net/tcp6"));
    private static final int MOST_LOOKS = 2_000;
    private static final int PAUSE_MILLIS = 5;

    private Sent() {}

    /**
     * Waits until the client has read everything, which Linux shows in its table of connections. Elsewhere it waits for a
     * moment.
     */
    static void awaitRead(Socket socket) throws IOException, InterruptedException {
        if (!Files.isReadable(TABLES.get(0))) {
            Thread.sleep(100);
            return;
        }
        String own = port(socket.getLocalPort());
        String clients = port(socket.getPort());
        for (int look = 0; look < MOST_LOOKS && isWaiting(own, clients); look++) {
            Thread.sleep(PAUSE_MILLIS);
        }
    }

    private static String port(int number) {
        return String.format(Locale.ROOT, ":%04X", number);
    }

    /** Whether bytes wait in this side's queue for sending, or in the client's for receiving. */
    private static boolean isWaiting(String own, String clients) throws IOException {
        for (Path table : TABLES) {
            if (!Files.isReadable(table)) {
                continue;
            }
            for (String line : Files.readAllLines(table, StandardCharsets.US_ASCII)) {
                // Number, local address, remote address, state, length of the queues for sending and for receiving.
                String[] fields = line.strip().split("\\s+");
                boolean sends = fields[1].endsWith(own) && fields[2].endsWith(clients);
                boolean receives = fields[1].endsWith(clients) && fields[2].endsWith(own);
                if (sends && !fields[4].startsWith("00000000:") || receives && !fields[4].endsWith(":00000000")) {
                    return true;
                }
            }
        }
        return false;
    }
}
