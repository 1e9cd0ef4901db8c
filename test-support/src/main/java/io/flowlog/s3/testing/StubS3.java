package io.flowlog.s3.testing;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * A small S3 on raw sockets, on loopback, path style: GetObject with versions, If-Match and ranges, ListObjectsV2 (of any
 * bucket but {@code not-listable}), and faults that servers made of {@code HttpServer} cannot do.
 */
public final class StubS3 implements AutoCloseable {
    private static final int PAGE = 2;

    private final ServerSocket server;
    private final Map<String, StoredObject> objects = new ConcurrentSkipListMap<>();
    private final Map<String, Deque<Fault>> faults = new ConcurrentHashMap<>();
    private final AtomicInteger listings = new AtomicInteger();
    private volatile IntFunction<@Nullable Fault> listingFaults = number -> null;
    private final List<S3Request> requests = new CopyOnWriteArrayList<>();
    private final Set<Socket> sockets = Collections.synchronizedSet(new HashSet<>());
    private final AtomicInteger open = new AtomicInteger();

    private StubS3(ServerSocket server) {
        this.server = server;
    }

    /** Starts one on a free port. */
    public static StubS3 start() throws IOException {
        StubS3 stub = new StubS3(new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1")));
        Thread thread = new Thread(stub::accept, "stub-s3");
        thread.setDaemon(true);
        thread.start();
        return stub;
    }

    /** What to set {@code AWS_ENDPOINT_URL_S3} to. */
    public URI uri() {
        return URI.create("http://127.0.0.1:" + server.getLocalPort());
    }

    /** Stores an object under the MD5 of its bytes as ETag, which is returned without quotes. */
    public String put(String bucket, String key, byte[] content, String... headers) {
        return putVersion(bucket, key, "", content, headers);
    }

    /** Stores a version of an object, which is then also the current one; returns its ETag without quotes. */
    public String putVersion(String bucket, String key, String versionId, byte[] content, String... headers) {
        StoredObject object = new StoredObject(content, md5(content), versionId, List.of(headers));
        objects.put(bucket + "/" + key, object);
        if (!versionId.isEmpty()) {
            objects.put(bucket + "/" + key + "\0" + versionId, object);
        }
        return object.etag();
    }

    /** The next requests for this object get these, one each; those after them are answered well. */
    public void failing(String bucket, String key, Fault... inTurn) {
        faults.put(bucket + "/" + key, new ArrayDeque<>(Arrays.asList(inTurn)));
    }

    /**
     * What the requests that list objects get from now on, by their number from 0; null stands for a good answer.
     */
    public void listing(IntFunction<@Nullable Fault> faultOf) {
        listings.set(0);
        listingFaults = faultOf;
    }

    /** All requests so far. */
    public List<S3Request> requests() {
        return requests;
    }

    /** How many connections are open. */
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
                socket.setTcpNoDelay(true);
                open.incrementAndGet();
                sockets.add(socket);
                Thread thread = new Thread(() -> serve(socket), "stub-s3-connection");
                thread.setDaemon(true);
                thread.start();
            } catch (IOException e) {
                // Closed, or a client that was gone before it was accepted.
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            InputStream in = new BufferedInputStream(socket.getInputStream());
            for (S3Request request = read(in); request != null && !socket.isClosed(); request = read(in)) {
                requests.add(request);
                if (request.query("list-type") != null && request.path().startsWith("not-listable")) {
                    Answers.error(socket.getOutputStream(), 403, "AccessDenied");
                } else if (request.query("list-type") != null) {
                    list(request, socket);
                } else {
                    next(request).happen(request, find(request), socket);
                }
            }
        } catch (IOException e) {
            // The client has gone, or the fault wanted it so.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            sockets.remove(socket);
            open.decrementAndGet();
        }
    }

    private void list(S3Request request, Socket socket) throws IOException, InterruptedException {
        Fault fault = listingFaults.apply(listings.getAndIncrement());
        if (fault == null) {
            Answers.xml(socket.getOutputStream(), listing(request));
        } else {
            fault.happen(request, null, socket);
        }
    }

    private @Nullable StoredObject find(S3Request request) {
        String version = request.query("versionId");
        return objects.get(version == null ? request.path() : request.path() + "\0" + version);
    }

    private Fault next(S3Request request) {
        Deque<Fault> inTurn = faults.get(request.path());
        if (inTurn == null) {
            return Fault.none();
        }
        synchronized (inTurn) {
            Fault next = inTurn.poll();
            return next == null ? Fault.none() : next;
        }
    }

    private String listing(S3Request request) {
        String bucket = request.path().replaceAll("/.*", "");
        String prefix = request.query("prefix");
        String after = request.query("continuation-token");
        String startAfter = request.query("start-after");
        String from = after != null ? after : startAfter == null ? "" : startAfter;
        List<String> names = objects.keySet().stream()
                .filter(name -> name.startsWith(bucket + "/") && name.indexOf(0) < 0)
                .map(name -> name.substring(bucket.length() + 1))
                .filter(key -> key.startsWith(prefix == null ? "" : prefix) && key.compareTo(from) > 0)
                .toList();
        StringBuilder xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?><ListBucketResult><Name>");
        xml.append(bucket)
                .append("</Name><IsTruncated>")
                .append(names.size() > PAGE)
                .append("</IsTruncated>");
        if (names.size() > PAGE) {
            xml.append("<NextContinuationToken>").append(names.get(PAGE - 1)).append("</NextContinuationToken>");
        }
        names.stream().limit(PAGE).forEach(key -> {
            StoredObject object = objects.get(bucket + "/" + key);
            xml.append("<Contents><Key>").append(key.replace("&", "&amp;").replace("<", "&lt;"));
            xml.append("</Key><LastModified>2026-01-01T00:00:00.000Z</LastModified><ETag>&quot;")
                    .append(object.etag());
            xml.append("&quot;</ETag><Size>").append(object.content().length).append("</Size></Contents>");
        });
        return xml.append("</ListBucketResult>").toString();
    }

    private static @Nullable S3Request read(InputStream in) throws IOException {
        String requestLine = line(in);
        if (requestLine == null) {
            return null;
        }
        Map<String, String> headers = new TreeMap<>();
        for (String line = line(in); line != null && !line.isEmpty(); line = line(in)) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        return new S3Request(requestLine, headers);
    }

    private static @Nullable String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                return null;
            }
            line.write(b);
        }
        return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
    }

    private static String md5(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has MD5", e);
        }
    }
}
