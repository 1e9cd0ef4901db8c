package io.flowlog.sink.http;

import static io.flowlog.sink.http.Sinks.PLENTY;
import static io.flowlog.sink.http.Sinks.SOURCE;
import static io.flowlog.sink.http.Sinks.failure;
import static org.assertj.core.api.Assertions.assertThat;

import io.flowlog.sink.http.DeliveryException.Reason;
import io.flowlog.sink.http.testing.Connection;
import io.flowlog.sink.http.testing.RawLake;
import io.flowlog.sink.http.testing.Received;
import io.flowlog.sink.http.testing.Script;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** H3: TLS on real sockets, with certificates made by the JDK's keytool. */
@Timeout(60)
class TlsTest {
    private static final char[] PASSWORD = "changeit".toCharArray();

    @TempDir
    static Path folder;

    private static Path good;
    private static Path expired;
    private static Path otherHost;

    private static Path authority;

    @BeforeAll
    static void makeCertificates() throws Exception {
        authority = folder.resolve("authority.p12");
        keytool(authority, "-genkeypair", "-keyalg", "EC", "-dname", "CN=Test Authority", "-ext", "bc:c");
        good = certificate("good", "localhost", "-validity", "2");
        expired = certificate("expired", "localhost", "-startdate", "-10d", "-validity", "5");
        otherHost = certificate("other", "lake.example", "-validity", "2");
    }

    private static Path certificate(String name, String host, String... dates) throws Exception {
        Path file = folder.resolve(name + ".p12");
        String request = folder.resolve(name + ".csr").toString();
        String answer = folder.resolve(name + ".crt").toString();
        keytool(file, "-genkeypair", "-keyalg", "EC", "-dname", "CN=" + host);
        keytool(file, "-certreq", "-file", request);
        List<String> sign = new ArrayList<>(List.of("-gencert", "-infile", request, "-outfile", answer));
        sign.addAll(List.of("-ext", "san=dns:" + host));
        sign.addAll(List.of(dates));
        keytool(authority, sign.toArray(String[]::new));
        // What keytool's -importcert would do, without another two processes.
        KeyStore store = keyStore(file);
        Certificate leaf;
        try (InputStream in = Files.newInputStream(folder.resolve(name + ".crt"))) {
            leaf = CertificateFactory.getInstance("X.509").generateCertificate(in);
        }
        Certificate[] chain = {leaf, keyStore(authority).getCertificate("lake")};
        store.setKeyEntry("lake", store.getKey("lake", PASSWORD), PASSWORD, chain);
        try (OutputStream out = Files.newOutputStream(file)) {
            store.store(out, PASSWORD);
        }
        return file;
    }

    private static void keytool(Path store, String... arguments) throws Exception {
        String program =
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        List<String> command = new ArrayList<>(List.of(program));
        command.addAll(List.of(arguments));
        if (!command.contains("-alias")) {
            command.addAll(List.of("-alias", "lake"));
        }
        command.addAll(List.of("-storetype", "PKCS12", "-storepass", new String(PASSWORD), "-keystore"));
        command.add(store.toString());
        command.addAll(List.of("-J-XX:TieredStopAtLevel=1", "-J-Xshare:auto"));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
    }

    private static KeyStore keyStore(Path file) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (var in = Files.newInputStream(file)) {
            store.load(in, PASSWORD);
        }
        return store;
    }

    private static RawLake lake(Path certificate, Script script) throws Exception {
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(keyStore(certificate), PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        SSLServerSocket server = (SSLServerSocket)
                context.getServerSocketFactory().createServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
        return RawLake.start(server, "https", script);
    }

    /** A client as a user with a private authority would build it. */
    private static HttpClient trusting() throws Exception {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("lake", keyStore(authority).getCertificate("lake"));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return HttpClient.newBuilder()
                .sslContext(context)
                .connectTimeout(Duration.ofSeconds(5))
                .build();
    }

    private static void assertFailsAtOnce(URI uri, HttpClient client, String... words) {
        AtomicInteger retries = new AtomicInteger();
        DeliveryListener listener = new DeliveryListener() {
            @Override
            public void onRetry(SourceId source, LineRange lines, int attempt, String why, Duration wait) {
                retries.incrementAndGet();
            }
        };
        try (HttpSink sink = Sinks.to(uri).httpClient(client).listener(listener).build()) {
            DeliveryException e = failure(sink);
            assertThat(e.reason()).as(e.getMessage()).isEqualTo(Reason.TLS);
            assertThat(e).hasMessageContainingAll(words);
            assertThat(retries).hasValue(0);
        }
    }

    @Test
    @DisplayName("H3 delivers over TLS to a lake that the user's client trusts, as HTTP/1.1")
    void h3Delivers() throws Exception {
        try (RawLake lake = lake(good, Script.ok());
                HttpSink sink = Sinks.to(lake).httpClient(trusting()).build()) {
            assertThat(sink.send(SOURCE, FlowLogs.records(3), PLENTY).acknowledged())
                    .isEqualTo(3);
            assertThat(lake.received().get(0).requestLine()).endsWith("HTTP/1.1");
        }
    }

    @Test
    @DisplayName(
            "H24 a 413 during the upload that is followed by a close halves the batch, also when it cannot be read")
    void h24TooLargeDuringTheUpload() throws Exception {
        int limit = 700_000;
        Script early = new Script() {
            @Override
            public boolean early(Received head, Connection connection) throws IOException {
                if (Integer.parseInt(head.header("content-length")) <= limit) {
                    return false;
                }
                connection.in().readNBytes(20_000);
                connection.answer(413, "{}", "Connection: close");
                connection.close();
                return true;
            }

            @Override
            public void answer(Received request, Connection connection) throws IOException {
                connection.answer(200, Script.docCount(request));
            }
        };
        try (RawLake lake = lake(good, early);
                HttpSink sink = Sinks.to(lake)
                        .httpClient(trusting())
                        .compression(Compression.NONE)
                        .build()) {
            DeliveryReport report = sink.send(SOURCE, FlowLogs.records(30_000), PLENTY);
            assertThat(report.acknowledged()).isEqualTo(30_000);
            assertThat(lake.received()).allSatisfy(r -> assertThat(r.body()).hasSizeLessThanOrEqualTo(limit));
        }
    }

    @Test
    @DisplayName("H3 an unknown authority fails at once")
    void h3UnknownAuthority() throws Exception {
        try (RawLake lake = lake(good, Script.ok())) {
            assertFailsAtOnce(
                    lake.uri(),
                    HttpClient.newHttpClient(),
                    "localhost:",
                    "its certificate is not accepted",
                    "certification path");
            assertThat(lake.received()).isEmpty();
        }
    }

    @Test
    @DisplayName("H3 an expired certificate fails at once")
    void h3Expired() throws Exception {
        try (RawLake lake = lake(expired, Script.ok())) {
            assertFailsAtOnce(lake.uri(), trusting(), "localhost:", "its certificate is not accepted");
            assertThat(lake.received()).isEmpty();
        }
    }

    @Test
    @DisplayName("H3 a certificate for another host fails at once")
    void h3OtherHost() throws Exception {
        try (RawLake lake = lake(otherHost, Script.ok())) {
            assertFailsAtOnce(lake.uri(), trusting(), "localhost", "its certificate is not accepted");
            assertThat(lake.received()).isEmpty();
        }
    }

    @Test
    @DisplayName("H3 a lake that speaks TLS 1.0 only fails at once")
    void h3OldTls() throws Exception {
        // The alert "protocol version" (RFC 8446, section 6), which is what such a server answers.
        assertFailsAtOnce(new byte[] {21, 3, 1, 0, 2, 2, 70});
    }

    /** A server that reads the first byte, writes what it is told to, and waits for the client to hang up. */
    private static void assertFailsAtOnce(byte[] answer) throws IOException {
        try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"))) {
            Thread thread = new Thread(() -> {
                try (Socket socket = server.accept()) {
                    socket.getInputStream().read();
                    socket.getOutputStream().write(answer);
                    socket.getInputStream().transferTo(OutputStream.nullOutputStream());
                } catch (IOException e) {
                    // The client has hung up.
                }
            });
            thread.setDaemon(true);
            thread.start();
            URI uri = URI.create("https://localhost:" + server.getLocalPort() + "/logs");
            assertFailsAtOnce(uri, HttpClient.newHttpClient(), "localhost:");
        }
    }

    @Test
    @DisplayName("H3 plain HTTP on the TLS port fails at once")
    void h3PlainHttp() throws Exception {
        assertFailsAtOnce("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    @DisplayName("H3 a reset in the handshake is retried")
    void h3ResetInHandshake() throws Exception {
        AtomicInteger connections = new AtomicInteger();
        try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"))) {
            Thread thread = new Thread(() -> {
                while (!server.isClosed()) {
                    try (Socket socket = server.accept()) {
                        connections.incrementAndGet();
                        socket.getInputStream().read();
                        if (connections.get() % 2 == 0) {
                            socket.setSoLinger(true, 0);
                        }
                    } catch (IOException e) {
                        return;
                    }
                }
            });
            thread.setDaemon(true);
            thread.start();
            URI uri = URI.create("https://localhost:" + server.getLocalPort() + "/logs");
            try (HttpSink sink = Sinks.to(uri).build()) {
                DeliveryException e = failure(sink);
                assertThat(e.reason()).as(e.getMessage()).isEqualTo(Reason.UNREACHABLE);
                assertThat(connections).hasValue(3);
            }
        }
    }

    @Test
    @DisplayName("H3 a handshake that stalls ends by the request's timeout and is retried")
    void h3StallInHandshake() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"))) {
            URI uri = URI.create("https://localhost:" + silent.getLocalPort() + "/logs");
            AtomicInteger retries = new AtomicInteger();
            DeliveryListener listener = new DeliveryListener() {
                @Override
                public void onRetry(SourceId source, LineRange lines, int attempt, String why, Duration wait) {
                    retries.incrementAndGet();
                }
            };
            try (HttpSink sink = Sinks.to(uri)
                    .requestTimeout(Duration.ofMillis(300))
                    .listener(listener)
                    .build()) {
                DeliveryException e = failure(sink);
                assertThat(e.reason()).isEqualTo(Reason.UNREACHABLE);
                assertThat(retries).hasValue(2);
            }
        }
    }
}
