package io.flowlog.s3.testing;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The words of S3. */
final class Answers {
    static void serve(S3Request request, @Nullable StoredObject object, Socket socket, long bodyBytes)
            throws IOException {
        OutputStream out = socket.getOutputStream();
        if (object == null) {
            error(out, 404, "NoSuchKey");
            return;
        }
        String ifMatch = request.header("if-match");
        if (ifMatch != null && !ifMatch.equals('"' + object.etag() + '"')) {
            error(out, 412, "PreconditionFailed");
            return;
        }
        int from = request.from();
        int to = request.to(object.content().length);
        int length = to - from;
        StringBuilder head = new StringBuilder(
                from == 0 && request.header("range") == null ? "HTTP/1.1 200 OK" : "HTTP/1.1 206 Partial");
        head.append("\r\nETag: \"")
                .append(object.etag())
                .append("\"\r\nContent-Length: ")
                .append(length)
                .append("\r\n");
        if (request.header("range") != null) {
            head.append("Content-Range: bytes ").append(from).append('-').append(to - 1);
            head.append('/').append(object.content().length).append("\r\n");
        }
        if (!object.versionId().isEmpty()) {
            head.append("x-amz-version-id: ").append(object.versionId()).append("\r\n");
        }
        object.headers().forEach(header -> head.append(header).append("\r\n"));
        write(out, head.append("\r\n").toString());
        out.write(object.content(), from, (int) Math.min(length, bodyBytes));
        out.flush();
    }

    static void error(OutputStream out, int status, String code, String... headers) throws IOException {
        String xml = "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Error><Code>" + code + "</Code><Message>"
                + message(code) + "</Message></Error>";
        StringBuilder head = new StringBuilder("HTTP/1.1 " + status + " Error\r\nContent-Type: application/xml\r\n");
        for (String header : headers) {
            head.append(header).append("\r\n");
        }
        write(out, head + "Content-Length: " + xml.length() + "\r\n\r\n" + xml);
    }

    private static String message(String code) {
        return code.equals("InvalidRequest")
                ? "The object was stored using a form of Server Side Encryption. The correct parameters must be provided."
                : "said by the stub";
    }

    static void xml(OutputStream out, String xml) throws IOException {
        byte[] bytes = xml.getBytes(StandardCharsets.UTF_8);
        write(out, "HTTP/1.1 200 OK\r\nContent-Type: application/xml\r\nContent-Length: " + bytes.length + "\r\n\r\n");
        out.write(bytes);
        out.flush();
    }

    private static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
    }

    private Answers() {}
}
