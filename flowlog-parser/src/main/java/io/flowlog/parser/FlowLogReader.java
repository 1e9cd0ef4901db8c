// Over 300 lines: the public methods and the builder, most of it Javadoc.
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
 * Reads a flow log as a stream of records. Gzip input is recognised by its first two bytes, and the columns by the header
 * line. A header in the middle of the input (concatenated files) is valid from there on.
 *
 * <p>Memory does not grow with the input: the reader reads as records are requested. When it finds damaged gzip data, or the
 * input fails, it throws, and throws again on every later call. An incomplete file never looks like a complete one.
 *
 * <p>By default a line that cannot be read throws a {@link FlowLogParseException}, and the next call continues after it.
 * With {@link Builder#onMalformed} such lines are counted and passed to a handler instead.
 *
 * <p>Not safe for use by several threads; its records are. The caller that opens a reader must close it, which also
 * closes the input.
 */
public final class FlowLogReader implements Iterable<FlowLogRecord>, Closeable {
    /** The default maximum length of a line in bytes: {@value}. */
    public static final int DEFAULT_MAX_LINE_LENGTH = 64 * 1024;

    private final RowReader rows;
    private final String name;
    private final @Nullable FilterEvaluator filter;
    private long filtered;
    private boolean onRecord;
    /** True if an iterator has looked ahead: the row is its next record. */
    private boolean peeked;

    private FlowLogReader(InputStream in, String name, Builder builder) {
        this.name = Text.oneLine(name);
        this.filter = builder.filter == null ? null : builder.filter.evaluator();
        LineSource source =
                new LineSource(Objects.requireNonNull(in, "in"), this.name, builder.maxLineLength, builder.maxBytes);
        this.rows = new RowReader(source, this.name, builder.maxLineLength, builder.onMalformed, builder.format);
    }

    /**
     * Opens a file with the default settings. Errors name the source by its path.
     *
     * @param file the file, gzip or plain; its name does not matter
     * @return a reader; the caller closes it
     * @throws IOException if the file cannot be opened
     */
    public static FlowLogReader open(Path file) throws IOException {
        return builder().open(file);
    }

    /**
     * Reads from a stream with the default settings. This method reads nothing yet.
     *
     * @param in the stored bytes, gzip or plain; {@link #close()} closes it
     * @return a reader; the caller closes it
     */
    public static FlowLogReader open(InputStream in) {
        return builder().open(in);
    }

    /**
     * Starts a reader with other settings.
     *
     * @return a builder with the default settings
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Returns the next record.
     *
     * @return the record, or null at the end of the input, after all of it was read and found complete
     * @throws FlowLogParseException for a malformed line if there is no handler; the next call continues after it
     * @throws NotAFlowLogException if the input has no header and no format was set, or is not text
     * @throws FlowLogFilter.InvalidFilterException if the header lacks a field of the filter that AWS does not document
     * @throws CorruptGzipException if gzip data is damaged or ends early
     * @throws LimitExceededException if the input is larger than {@link Builder#maxBytes}
     * @throws IOException if the input cannot be read
     */
    public @Nullable FlowLogRecord read() throws IOException {
        return advance() ? rows.row.toRecord() : null;
    }

    /**
     * Advances to the next record and makes it the current {@link #row()}. Allocates no memory, unlike {@link #read()}.
     *
     * @return false at the end of the input
     * @throws IOException as for {@link #read()}
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
     * Returns the current record as a view. The next {@link #advance()} changes it.
     *
     * @return a view that must not be kept
     * @throws IllegalStateException if {@link #advance()} was not called, or returned false
     */
    public FlowLogRow row() {
        if (!onRecord) {
            throw new IllegalStateException("no current record: advance() has not returned true");
        }
        return rows.row;
    }

    /**
     * Returns the current header: the one of the last record, or, before the first record, the first header of the input.
     *
     * @return the header; empty if the input has no lines
     * @throws IOException as {@link #read()} does
     */
    public Optional<FlowLogFormat> format() throws IOException {
        return Optional.ofNullable(rows.format());
    }

    /**
     * Returns what was read so far. Also works after {@link #close()} and after an error.
     *
     * @return the current counts
     */
    public FlowLogCounts counts() {
        return rows.counts(filtered);
    }

    /**
     * Returns the number of gzip members that have begun so far. Files that were concatenated have several. Also works
     * after {@link #close()} and after an error.
     *
     * @return 0 for plain text, and before anything was read
     */
    public long gzipMembers() {
        return rows.gzipMembers();
    }

    /**
     * Returns the remaining records, which are read as they are requested. An {@link IOException} is thrown as an
     * {@link UncheckedIOException} with the same message.
     *
     * @return an iterator; all iterators of a reader share its position
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
     * Returns the remaining records as a sequential stream. Closing the stream closes the reader.
     *
     * @return an ordered stream
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
     * Closes the input. Every later read throws an {@link IOException}, even if lines were read ahead.
     *
     * @throws IOException if the input cannot be closed
     */
    @Override
    public void close() throws IOException {
        onRecord = false;
        peeked = false;
        rows.close();
    }

    /** Settings of a reader. Not safe for use by several threads. A builder can open several readers. */
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
         * The format of input without a header, as from CloudWatch Logs and Amazon Data Firehose. A header line is still
         * recognised and used from there on. Without a format, the input must begin with a header.
         *
         * @param format the columns up to the first header
         * @return this builder
         */
        public Builder format(FlowLogFormat format) {
            this.format = format;
            return this;
        }

        /**
         * Makes the reader lenient: it passes malformed lines to the handler, counts them and continues. Without a handler
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
         * The name of the source in errors. The default is the path of a file, and {@code input} for a stream.
         *
         * @param name any text; line ends and other control characters are escaped
         * @return this builder
         */
        public Builder name(String name) {
            this.name = name;
            return this;
        }

        /**
         * The maximum length of a line in bytes, without its line end; {@value #DEFAULT_MAX_LINE_LENGTH} by default. A
         * longer line is malformed.
         *
         * @param bytes 1 to 2<sup>28</sup>
         * @return this builder
         * @throws IllegalArgumentException if it is not from 1 to 2<sup>28</sup>
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
         * The maximum size of the decompressed input in bytes; unlimited by default. A larger input throws
         * {@link LimitExceededException}.
         *
         * @param bytes 1 or more
         * @return this builder
         * @throws IllegalArgumentException if it is less than 1
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
         * @param file the file, gzip or plain; its name does not matter
         * @return a reader; the caller closes it
         * @throws IOException if the file cannot be opened
         */
        public FlowLogReader open(Path file) throws IOException {
            String source = name == null ? file.toString() : name;
            if (Files.isDirectory(file)) {
                throw new IOException(source + ": expected a file, found a directory");
            }
            boolean regular = Files.isRegularFile(file);
            return new FlowLogReader(regular ? FlowLogFile.open(file) : Files.newInputStream(file), source, this);
        }

        /**
         * Reads from a stream. This method reads nothing yet.
         *
         * @param in the stored bytes, gzip or plain; the reader closes it
         * @return a reader; the caller closes it
         */
        public FlowLogReader open(InputStream in) {
            return new FlowLogReader(in, name == null ? "input" : name, this);
        }
    }
}
