package io.flowlog.query;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;

/** Texts as gzip members. */
final class Gzip {
    private Gzip() {}

    static byte[] of(String... members) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (String member : members) {
            GZIPOutputStream gzip = new GZIPOutputStream(all);
            gzip.write(member.getBytes(StandardCharsets.UTF_8));
            gzip.finish();
        }
        return all.toByteArray();
    }
}
