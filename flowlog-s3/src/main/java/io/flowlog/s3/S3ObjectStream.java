package io.flowlog.s3;

import io.flowlog.parser.RandomAccessInput;
import io.flowlog.s3.S3ReadException.Reason;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/**
 * The bytes of one S3 object. Either all bytes of one version of its content are read in order, or an exception is thrown.
 *
 * <p>The stream compares the number of bytes with {@code Content-Length}, because some HTTP clients do not report a
 * connection that closes early. If the body breaks, the stream requests the rest as a range of the same ETag. It stops after
 * several attempts in a row that read nothing, and when its timeout has passed. The end of the stream ({@code -1})
 * therefore means that the object was read completely.
 *
 * <p>S3 resets a connection that is not read for some time. To avoid this with a slow consumer, the stream reads up to
 * {@value #READ_AHEAD} bytes at a time into memory. A smaller object is read at once, and its connection is
 * released. If S3 resets the connection of a larger object while the consumer is busy, the stream resumes, and this does not
 * count as an attempt without progress.
 *
 * <p>Bytes at any position, which a Parquet file requires, are taken from memory if they were read ahead, and otherwise requested
 * as ranges of the same ETag and version. A small object therefore needs one request.
 *
 * <p>For one thread, except {@link #abort()}. The caller that opens the stream must close it. Closing it before its end
 * drops the connection.
 */
public final class S3ObjectStream extends InputStream implements RandomAccessInput {
    /** The most bytes that an open stream reads ahead, and so keeps in memory: {@value}. */
    public static final int READ_AHEAD = 4 * 1024 * 1024;

    private static final int PART = 64 * 1024;

    private final S3ObjectRef object;
    private final RangeSource source;
    private final GetObjectResponse head;
    private final String etag;
    private final long length;
    private final int maxResumes;
    private final TimeLimit timeLimit;

    private @Nullable ResponseInputStream<GetObjectResponse> body;
    private int resumes;
    /** Attempts to resume since the last byte arrived. */
    private int attempts;

    /** The bytes of the object from {@link #aheadFrom} to {@link #fetched}; the next to hand out is {@link #next}. */
    private final byte[] ahead;

    private long aheadFrom;
    private long fetched;
    private long next;
    /** Bytes that {@link #readFully} returned. */
    private long fromRanges;

    private boolean closed;
    private volatile boolean aborted;

    /** Opens the same content again from an offset. */
    interface RangeSource {
        /** The bytes from {@code from} to {@code to}, exclusive; {@code Long.MAX_VALUE} means to the end. */
        ResponseInputStream<GetObjectResponse> open(long from, long to, String etag) throws IOException;
    }

    S3ObjectStream(
            S3ObjectRef object,
            ResponseInputStream<GetObjectResponse> body,
            RangeSource source,
            int maxResumes,
            TimeLimit timeLimit)
            throws IOException {
        this.object = object;
        this.body = body;
        this.source = source;
        this.maxResumes = maxResumes;
        this.timeLimit = timeLimit;
        head = body.response();
        if (head.eTag() == null || head.contentLength() == null) {
            body.abort();
            throw new S3ReadException(
                    Reason.REFUSED, object.uri(), "the response of S3 has no ETag or no length", null);
        }
        etag = S3ObjectRef.unquoted(head.eTag());
        length = head.contentLength();
        // One more byte, so that a small object is read to its end at once and its connection is released.
        ahead = new byte[(int) Math.min(READ_AHEAD, length) + 1];
    }

    /**
     * The object that this stream was opened for.
     *
     * @return the reference given to {@code open}
     */
    public S3ObjectRef object() {
        return object;
    }

    /**
     * The ETag of the content, from the response of S3.
     *
     * @return the ETag without its quotes
     */
    public String etag() {
        return etag;
    }

    /**
     * The version that the stream reads.
     *
     * @return the version ID; empty if the bucket is not versioned
     */
    public Optional<String> versionId() {
        return Optional.ofNullable(head.versionId()).filter(id -> !id.equals("null"));
    }

    /**
     * The stored size of the object.
     *
     * @return bytes, 0 or more
     */
    public long contentLength() {
        return length;
    }

    /**
     * Whether the object was replaced before it was opened: its ETag differs from that of the reference.
     *
     * @return true if the stream reads other content than the reference names
     */
    public boolean replaced() {
        return object.versionId() == null
                && object.etag() != null
                && !object.etag().equals(etag);
    }

    /**
     * The number of bytes read from the stream.
     *
     * @return the number of bytes that {@code read} and {@code readFully} have returned so far
     */
    public long position() {
        return next + fromRanges;
    }

    /**
     * The number of times that a broken body was resumed.
     *
     * @return 0 or more
     */
    public int resumes() {
        return resumes;
    }

    /**
     * Reads one byte.
     *
     * @return the byte, or -1 if all {@link #contentLength()} bytes were read
     * @throws S3ReadException if the body broke and could not be resumed
     */
    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    /**
     * Reads some bytes.
     *
     * @return the number of bytes, or -1 if all {@link #contentLength()} bytes were read
     * @throws S3ReadException if the body broke and could not be resumed
     */
    @Override
    public int read(byte[] target, int at, int max) throws IOException {
        Objects.checkFromIndexSize(at, max, target.length);
        if (max == 0) {
            return 0;
        }
        requireOpen();
        if (next == fetched && !fetch()) {
            return -1;
        }
        int count = (int) Math.min(max, fetched - next);
        System.arraycopy(ahead, (int) (next - aheadFrom), target, at, count);
        next += count;
        return count;
    }

    @Override
    public long size() {
        return length;
    }

    /**
     * Reads bytes at a position. Drops the connection of {@link #read(byte[], int, int)} if they were not read ahead.
     *
     * @throws EOFException if the object ends before that
     * @throws S3ReadException if the body broke and could not be resumed, or the object was replaced
     */
    @Override
    public void readFully(long position, ByteBuffer target) throws IOException {
        long at = position;
        long end = position + target.remaining();
        if (position < 0 || end > length) {
            throw new EOFException(object.uri() + ": expected bytes up to " + end + ", found " + length);
        }
        fromRanges += target.remaining();
        if (at >= aheadFrom && at < fetched) {
            int count = (int) Math.min(target.remaining(), fetched - at);
            target.put(ahead, (int) (at - aheadFrom), count);
            at += count;
        }
        if (at < end) {
            dropBody();
            new RangeRead(at, end).into(target);
        }
        requireOpen();
    }

    /** Reads one range, again from where it broke if it breaks. */
    private final class RangeRead {
        private final long end;
        private long at;

        RangeRead(long at, long end) {
            this.at = at;
            this.end = end;
        }

        void into(ByteBuffer target) throws IOException {
            attempts = 0;
            byte[] part = new byte[Math.min(target.remaining(), PART)];
            while (at < end) {
                requireOpen();
                Throwable broke = null;
                try (ResponseInputStream<GetObjectResponse> range = source.open(at, end, etag)) {
                    while (at < end) {
                        requireOpen();
                        int count = range.read(part, 0, (int) Math.min(part.length, end - at));
                        if (count < 0) {
                            break;
                        }
                        target.put(part, 0, count);
                        at += count;
                        attempts = count > 0 ? 0 : attempts;
                    }
                    if (at < end) {
                        range.abort();
                    }
                } catch (AbortedException e) {
                    throw failed(Reason.ABORTED, "the reading thread was interrupted", e);
                } catch (SdkException e) {
                    throw failed(Reason.CHECKSUM, S3Failures.firstLine(e), e);
                } catch (S3ReadException e) {
                    throw e;
                } catch (IOException e) {
                    broke = e;
                }
                if (at < end) {
                    countAttempt(at, broke);
                }
            }
        }
    }

    private void requireOpen() throws S3ReadException {
        if (aborted || closed) {
            dropBody();
            throw failed(Reason.ABORTED, "reading was stopped before the end of the object", null);
        }
    }

    /** Fills the buffer, or reads to the end; false at the end. */
    private boolean fetch() throws IOException {
        aheadFrom = fetched;
        while (fetched - aheadFrom < ahead.length && !(body == null && fetched == length)) {
            requireOpen();
            Throwable broke = null;
            try {
                int used = (int) (fetched - aheadFrom);
                int count = openBody().read(ahead, used, ahead.length - used);
                if (count > 0) {
                    fetched += count;
                    attempts = 0;
                    requireNotLonger();
                    continue;
                }
            } catch (AbortedException e) {
                // The SDK throws this at its next read in a thread that was interrupted; the thread stays interrupted.
                dropBody();
                throw failed(Reason.ABORTED, "the reading thread was interrupted", e);
            } catch (SdkException e) {
                dropBody();
                throw failed(Reason.CHECKSUM, S3Failures.firstLine(e), e);
            } catch (S3ReadException e) {
                dropBody();
                throw e;
            } catch (IOException e) {
                broke = e;
            }
            dropBody();
            if (fetched < length) {
                countAttempt(fetched, broke);
            }
        }
        return fetched > aheadFrom;
    }

    private ResponseInputStream<GetObjectResponse> openBody() throws IOException {
        if (body == null) {
            body = source.open(fetched, Long.MAX_VALUE, etag);
        }
        return body;
    }

    private void requireNotLonger() throws IOException {
        if (fetched > length) {
            dropBody();
            throw failed(Reason.BROKEN_BODY, "longer than its length of " + length + " bytes", null);
        }
    }

    /** Throws if the body must not be resumed again. */
    private void countAttempt(long position, @Nullable Throwable broke) throws S3ReadException {
        String end;
        if (timeLimit.hasPassed()) {
            end = "its timeout of " + timeLimit.timeout() + " has passed";
        } else if (attempts == maxResumes) {
            end = attempts + " attempts to resume it read nothing";
        } else {
            attempts++;
            resumes++;
            return;
        }
        throw failed(
                Reason.BROKEN_BODY,
                "broke off after " + position + " of " + length + " bytes; " + end
                        + (broke == null ? "" : ": " + S3Failures.firstLine(broke)),
                broke);
    }

    private S3ReadException failed(Reason reason, String detail, @Nullable Throwable cause) {
        return new S3ReadException(reason, object.uri(), detail, cause);
    }

    /**
     * Stops reading: the next read throws {@link Reason#ABORTED}. Any thread may call this. The reading thread drops the
     * connection, at the latest when the client's socket timeout ends a read that blocks.
     */
    public void abort() {
        aborted = true;
    }

    /** Closes the stream, and drops the connection if the object was not read to its end. Never throws. */
    @Override
    public void close() {
        closed = true;
        dropBody();
    }

    private void dropBody() {
        ResponseInputStream<GetObjectResponse> open = body;
        body = null;
        if (open == null) {
            return;
        }
        if (fetched < length || aborted) {
            open.abort();
            return;
        }
        try {
            open.close();
        } catch (IOException | SdkException e) {
            open.abort();
        }
    }
}
