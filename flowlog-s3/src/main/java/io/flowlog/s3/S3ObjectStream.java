package io.flowlog.s3;

import io.flowlog.s3.S3ReadException.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/**
 * The bytes of one S3 object: all of them, of one content, in order, or an exception.
 *
 * <p>The bytes are counted against {@code Content-Length}, because a connection that closes early is not an error to
 * every HTTP client. A body that breaks is read on from where it broke, as a range of the same ETag, a bounded number of
 * times. The end of the stream ({@code -1}) is therefore a promise that the object was read whole.
 *
 * <p>For one thread, except {@link #abort()}. Whoever opened the stream closes it; closing it before its end drops the
 * connection.
 */
public final class S3ObjectStream extends InputStream {
    private final S3ObjectRef object;
    private final RangeSource source;
    private final GetObjectResponse head;
    private final String etag;
    private final long length;
    private final int maxResumes;

    private @Nullable ResponseInputStream<GetObjectResponse> body;
    private long position;
    private int resumes;
    private boolean closed;
    private volatile boolean aborted;

    /** Opens the same content again from an offset. */
    interface RangeSource {
        ResponseInputStream<GetObjectResponse> open(long from, String etag) throws IOException;
    }

    S3ObjectStream(S3ObjectRef object, ResponseInputStream<GetObjectResponse> body, RangeSource source, int maxResumes)
            throws IOException {
        this.object = object;
        this.body = body;
        this.source = source;
        this.maxResumes = maxResumes;
        head = body.response();
        if (head.eTag() == null || head.contentLength() == null) {
            body.abort();
            throw new S3ReadException(Reason.REFUSED, object.uri(), "S3 answered without ETag or length", null);
        }
        etag = S3ObjectRef.unquoted(head.eTag());
        length = head.contentLength();
    }

    /**
     * The object that was asked for.
     *
     * @return the reference that this stream was opened with
     */
    public S3ObjectRef object() {
        return object;
    }

    /**
     * The ETag of the content that is read, from the answer of S3.
     *
     * @return the ETag without its quotes
     */
    public String etag() {
        return etag;
    }

    /**
     * The version that is read.
     *
     * @return the version id, or empty where the bucket has no versions
     */
    public Optional<String> versionId() {
        return Optional.ofNullable(head.versionId()).filter(id -> !id.equals("null"));
    }

    /**
     * The size of the object as it is stored.
     *
     * @return bytes, 0 or more
     */
    public long contentLength() {
        return length;
    }

    /**
     * Whether the object had been replaced since it was named: its ETag is not the one asked for.
     *
     * @return true if other content is read than the reference names
     */
    public boolean replaced() {
        return object.versionId() == null
                && object.etag() != null
                && !object.etag().equals(etag);
    }

    /**
     * How much has been read.
     *
     * @return bytes handed out so far
     */
    public long position() {
        return position;
    }

    /**
     * How often a broken body was read on.
     *
     * @return 0 or more
     */
    public int resumes() {
        return resumes;
    }

    /**
     * Reads one byte.
     *
     * @return the byte, or -1 when all {@link #contentLength()} bytes were read
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
     * @return how many, or -1 when all {@link #contentLength()} bytes were read
     * @throws S3ReadException if the body broke and could not be resumed
     */
    @Override
    public int read(byte[] target, int at, int max) throws IOException {
        Objects.checkFromIndexSize(at, max, target.length);
        if (max == 0) {
            return 0;
        }
        while (true) {
            if (aborted || closed) {
                dropBody();
                throw new S3ReadException(Reason.ABORTED, object.uri(), "given up before its end", null);
            }
            if (body == null && position == length) {
                return -1;
            }
            Throwable broke = null;
            try {
                int count = openBody().read(target, at, max);
                if (count > 0) {
                    position += count;
                    checkNotLonger();
                    return count;
                }
                if (count < 0 && position == length) {
                    return -1;
                }
            } catch (AbortedException e) {
                // What the SDK throws, at its next read, in a thread that was interrupted; the thread stays so.
                dropBody();
                throw new S3ReadException(Reason.ABORTED, object.uri(), "the reading thread was interrupted", e);
            } catch (SdkException e) {
                dropBody();
                throw new S3ReadException(Reason.CHECKSUM, object.uri(), S3Failures.firstLine(e), e);
            } catch (S3ReadException e) {
                dropBody();
                throw e;
            } catch (IOException e) {
                broke = e;
            }
            resume(broke);
        }
    }

    private ResponseInputStream<GetObjectResponse> openBody() throws IOException {
        if (body == null) {
            body = source.open(position, etag);
        }
        return body;
    }

    private void checkNotLonger() throws IOException {
        if (position > length) {
            dropBody();
            throw new S3ReadException(
                    Reason.BROKEN_BODY, object.uri(), "longer than its length of " + length + " bytes", null);
        }
    }

    private void resume(@Nullable Throwable broke) throws IOException {
        dropBody();
        if (position == length) {
            return;
        }
        if (resumes == maxResumes) {
            throw new S3ReadException(
                    Reason.BROKEN_BODY,
                    object.uri(),
                    "broke off after " + position + " of " + length + " bytes, resumed " + resumes + " times"
                            + (broke == null ? "" : ": " + S3Failures.firstLine(broke)),
                    broke);
        }
        resumes++;
    }

    /**
     * Gives the object up: the next read throws. May be called from any thread; the connection is dropped by the thread
     * that reads or closes, at the latest when the client's socket timeout ends a read that is blocked.
     */
    public void abort() {
        aborted = true;
    }

    /** Closes the stream, and with it the connection if the object was not read to its end. Never throws. */
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
        if (position < length || aborted) {
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
