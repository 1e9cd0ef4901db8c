// Over 300 lines: the public surface and its builder, most of it Javadoc.
package io.flowlog.parser;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * Reads a flow log, gzip or plain, as a stream of records. What is gzip is told by the first bytes, what the columns
 * are by the header line; a header in mid-file (files concatenated) counts from there on.
 *
 * <p>Memory does not grow with the input. The input is read as records are asked for; broken gzip, or an error of the
 * input, is thrown when it is met, and ever after: an incomplete file never looks like a complete one.
 *
 * <p>By default a line that cannot be read throws a {@link FlowLogParseException}; reading may go on behind it. With
 * {@link Builder#onMalformed} such lines go to a handler instead and are counted.
 *
 * <p>Not safe for use by several threads; the records are. Whoever opens a reader closes it, which closes the input.
 */
public final class FlowLogReader implements Iterable<FlowLogRecord>, Closeable {
    /** The default limit for the length of a line in bytes: {@value}. */
    public static final int DEFAULT_MAX_LINE_LENGTH = 64 * 1024;

    private final RowReader rows;
    private final String name;
    private final @Nullable FilterEvaluator filter;
    private long filtered;
    private boolean onRecord;
    /** An iterator has been asked for more, and the row is what it found. */
    private boolean peeked;

    private FlowLogReader(InputStream in, String name, Builder builder) {
        this.name = Text.oneLine(name);
        this.filter = builder.filter == null ? null : builder.filter.evaluator();
        LineSource source =
                new LineSource(Objects.requireNonNull(in, "in"), this.name, builder.maxLineLength, builder.maxBytes);
        this.rows = new RowReader(source, this.name, builder.maxLineLength, builder.onMalformed, builder.format);
    }

    /**
     * Opens a file with the defaults. Its path is the source's name in errors.
     *
     * @param file the file, gzip or plain, whatever its name says
     * @return a reader at its beginning; the caller closes it
     * @throws IOException when the file cannot be opened
     */
    public static FlowLogReader open(Path file) throws IOException {
        return builder().open(file);
    }

    /**
     * Takes a stream, with the defaults; nothing is read yet.
     *
     * @param in the bytes as stored, gzip or plain; {@link #close()} closes it
     * @return a reader; the caller closes it
     */
    public static FlowLogReader open(InputStream in) {
        return builder().open(in);
    }

    /**
     * For everything that has a default.
     *
     * @return a builder with the defaults
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * The next record.
     *
     * @return the record; null at the end of the input, which is said only when all of it was read and was whole
     * @throws FlowLogParseException for a malformed line, when there is no handler; the next call goes on behind it
     * @throws NotAFlowLogException when the input has no header and no format was given, or is no text
     * @throws FlowLogFilter.InvalidFilterException when the filter does not suit the header
     * @throws CorruptGzipException when gzip data are damaged or cut short
     * @throws LimitExceededException when the input is larger than {@link Builder#maxBytes}
     * @throws IOException when the input cannot be read
     */
    public @Nullable FlowLogRecord read() throws IOException {
        return advance() ? rows.row.toRecord() : null;
    }

    /**
     * The low level of {@link #read()}: makes the next record the {@link #row()}, and allocates nothing.
     *
     * @return false at the end of the input
     * @throws IOException as {@link #read()} does
     */
    public boolean advance() throws IOException {
        if (peeked) {
            peeked = false;
            return true;
        }
        onRecord = false;
        onRecord = filter == null ? rows.advance() : advance(filter);
        return onRecord;
    }

    private boolean advance(FilterEvaluator filter) throws IOException {
        while (rows.advance()) {
            if (filter.test(rows.row)) {
                return true;
            }
            filtered++;
        }
        FlowLogFormat last = rows.format();
        if (last != null) {
            // A header without records must suit the filter too.
            filter.use(last);
        }
        return false;
    }

    /**
     * The current record as a view that the next {@link #advance()} changes.
     *
     * @return a view, not to be kept
     * @throws IllegalStateException when the last {@link #advance()} was not true, or there was none
     */
    public FlowLogRow row() {
        if (!onRecord) {
            throw new IllegalStateException("no current record: advance() has not returned true");
        }
        return rows.row;
    }

    /**
     * The header in force: that of the last record read, or the first header of the input, which is read for it.
     *
     * @return empty when the input has no header, that is: no lines
     * @throws IOException as {@link #read()} does
     */
    public Optional<FlowLogFormat> format() throws IOException {
        return Optional.ofNullable(rows.format());
    }

    /**
     * What has been met so far; also after {@link #close()}, and after an error.
     *
     * @return the counts at this moment
     */
    public FlowLogCounts counts() {
        return rows.counts(filtered);
    }

    /**
     * The records from here to the end, read as they are asked for. An {@link IOException} comes as an
     * {@link UncheckedIOException} with the same message.
     *
     * @return an iterator; all those of one reader share its place in the input
     */
    @Override
    public Iterator<FlowLogRecord> iterator() {
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                if (!peeked) {
                    try {
                        peeked = advance();
                    } catch (IOException e) {
                        throw new UncheckedIOException(e.getMessage(), e);
                    }
                }
                return peeked;
            }

            @Override
            public FlowLogRecord next() {
                if (!hasNext()) {
                    throw new NoSuchElementException(name + ": no more records");
                }
                peeked = false;
                return rows.row.toRecord();
            }
        };
    }

    /**
     * The same as a sequential stream; closing it closes the reader.
     *
     * @return an ordered stream of the records from here to the end
     */
    public Stream<FlowLogRecord> stream() {
        int properties = Spliterator.ORDERED | Spliterator.NONNULL | Spliterator.IMMUTABLE;
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(iterator(), properties), false)
                .onClose(() -> {
                    try {
                        close();
                    } catch (IOException e) {
                        throw new UncheckedIOException(e.getMessage(), e);
                    }
                });
    }

    /**
     * Closes the input. Reading on is an {@link IOException} then, also where lines were read ahead.
     *
     * @throws IOException when the input cannot be closed
     */
    @Override
    public void close() throws IOException {
        onRecord = false;
        peeked = false;
        rows.close();
    }

    /** Settings of a reader. Not safe for use by several threads; may be used again. */
    public static final class Builder {
        private static final int LARGEST_LINE_LIMIT = 1 << 28;
        private @Nullable FlowLogFormat format;
        private @Nullable Consumer<? super MalformedLine> onMalformed;
        private @Nullable FlowLogFilter filter;
        private @Nullable String name;
        private int maxLineLength = DEFAULT_MAX_LINE_LENGTH;
        private long maxBytes = Long.MAX_VALUE;

        private Builder() {}

        /**
         * The format of an input without a header (CloudWatch Logs, Firehose). A header that comes all the same is
         * taken as one. Without this an input must begin with a header.
         *
         * @param format the columns up to the first header
         * @return this builder
         */
        public Builder format(FlowLogFormat format) {
            this.format = format;
            return this;
        }

        /**
         * Makes the reader lenient: it passes malformed lines to the handler, counts them and goes on. Without a handler
         * a malformed line throws a {@link FlowLogParseException}.
         *
         * @param handler called for each malformed line, in their order, on the thread that reads; it may keep the line.
         *     An exception that it throws reaches the caller of the reader
         * @return this builder
         */
        public Builder onMalformed(Consumer<? super MalformedLine> handler) {
            this.onMalformed = handler;
            return this;
        }

        /**
         * Makes the reader return only the records that the filter keeps. The others are read, checked and counted as
         * {@link FlowLogCounts#filtered()}. A header that lacks a field of the filter that AWS does not document either
         * makes the reader throw {@link FlowLogFilter.InvalidFilterException}.
         *
         * @param filter what to keep
         * @return this builder
         */
        public Builder filter(FlowLogFilter filter) {
            this.filter = filter;
            return this;
        }

        /**
         * What errors call the source. By default the path of a file, and {@code input} for a stream.
         *
         * @param name any text; line ends and other control characters are escaped
         * @return this builder
         */
        public Builder name(String name) {
            this.name = name;
            return this;
        }

        /**
         * The limit for the length of a line in bytes without its line end, {@value #DEFAULT_MAX_LINE_LENGTH} by
         * default. A longer line is malformed.
         *
         * @param bytes 1 to 2<sup>28</sup>
         * @return this builder
         * @throws IllegalArgumentException when it is not from 1 to 2<sup>28</sup>
         */
        public Builder maxLineLength(int bytes) {
            if (bytes < 1 || bytes > LARGEST_LINE_LIMIT) {
                throw new IllegalArgumentException(
                        "maxLineLength: expected 1 to " + LARGEST_LINE_LIMIT + " bytes, found " + bytes);
            }
            this.maxLineLength = bytes;
            return this;
        }

        /**
         * The limit for the size of the decompressed input in bytes; there is none by default. A larger input throws a
         * {@link LimitExceededException}.
         *
         * @param bytes 1 or more
         * @return this builder
         * @throws IllegalArgumentException when it is less than 1
         */
        public Builder maxBytes(long bytes) {
            if (bytes < 1) {
                throw new IllegalArgumentException("maxBytes: expected at least 1, found " + bytes);
            }
            this.maxBytes = bytes;
            return this;
        }

        /**
         * Opens a file.
         *
         * @param file the file, gzip or plain, whatever its name says
         * @return a reader at its beginning; the caller closes it
         * @throws IOException when the file cannot be opened
         */
        public FlowLogReader open(Path file) throws IOException {
            String source = name == null ? file.toString() : name;
            if (Files.isDirectory(file)) {
                throw new IOException(source + ": expected a file, found a directory");
            }
            return new FlowLogReader(Files.newInputStream(file), source, this);
        }

        /**
         * Takes a stream; nothing is read yet.
         *
         * @param in the bytes as stored, gzip or plain; the reader closes it
         * @return a reader; the caller closes it
         */
        public FlowLogReader open(InputStream in) {
            return new FlowLogReader(in, name == null ? "input" : name, this);
        }
    }
}
