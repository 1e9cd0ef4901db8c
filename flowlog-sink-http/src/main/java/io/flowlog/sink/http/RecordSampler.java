package io.flowlog.sink.http;

import java.nio.charset.StandardCharsets;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * Keeps one in N records by their ids: those for which the first 8 bytes of SHA-256(record id), as an unsigned number,
 * are a multiple of N. So the choice is the same in every process, and others can repeat it. Not safe for several
 * threads.
 */
final class RecordSampler {
    private final int rate;
    private final RecordIds ids;
    private final int headLength;
    private final byte[] id;
    private final byte[] hash = new byte[32];
    private final MessageDigest sha256;

    RecordSampler(int rate, SourceId source) {
        this.rate = rate;
        ids = source.recordIds();
        byte[] head = (source.recordSource() + "-").getBytes(StandardCharsets.US_ASCII);
        headLength = head.length;
        id = Arrays.copyOf(head, headLength + ids.maxBytes());
        try {
            sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }

    boolean keeps(long lineNumber) {
        sha256.update(id, 0, headLength + ids.write(lineNumber, id, headLength));
        try {
            sha256.digest(hash, 0, hash.length);
        } catch (DigestException e) {
            throw new AssertionError("SHA-256 has 32 bytes", e);
        }
        long number = 0;
        for (int i = 0; i < Long.BYTES; i++) {
            number = number << 8 | hash[i] & 0xff;
        }
        return Long.remainderUnsigned(number, rate) == 0;
    }
}
