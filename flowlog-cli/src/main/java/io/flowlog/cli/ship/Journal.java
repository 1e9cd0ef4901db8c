package io.flowlog.cli.ship;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.flowlog.cli.shared.Errors;
import io.flowlog.cli.shared.ExitCode;
import io.flowlog.cli.shared.UserError;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The list of objects that were delivered to one lake: a file of JSON lines, one for each object, which is only appended to.
 * A line is written with one call after the lake has acknowledged the whole object. If the program is killed in the middle of a line, the next run
 * removes that line, and the object is sent again under the same ids. The file is locked while it is open.
 *
 * <p>An object is identified by its source id, a hash of bucket, key and ETag, or of a file's name and content. An object
 * that has changed is therefore another one. Safe for use by several threads.
 */
final class Journal implements Closeable {
    private static final JsonFactory JSON = new JsonFactory();
    private static final String KIND = "flowlog-ship-journal";
    private static final long FORCE_NANOS = 1_000_000_000;

    private final Path path;
    private final FileChannel file;
    private final Set<String> delivered = new HashSet<>();
    private @Nullable Rate rate;
    private long forced = System.nanoTime();

    /**
     * The speed of a run.
     *
     * @param bytes bytes of its objects as they are stored
     * @param seconds how long it took
     */
    record Rate(long bytes, double seconds) {}

    /** A delivered object. */
    record Entry(
            String source,
            String name,
            @Nullable String bucket,
            @Nullable String key,
            @Nullable String etag,
            long records,
            long malformed) {}

    private Journal(Path path, FileChannel file) {
        this.path = path;
        this.file = file;
    }

    /**
     * Opens a journal, or creates it and its folder.
     *
     * @param lake the lake that it belongs to, without secrets, and the options that decide which records are sent
     * @param forget whether to begin anew
     * @throws UserError if another run has it open, it belongs to another lake or other options, or it is not a regular
     *     file
     */
    static Journal open(Path path, String lake, boolean forget) throws IOException, UserError {
        if (Files.exists(path) && !Files.isRegularFile(path)) {
            // A device can be read without end, and opening a pipe waits for another process.
            throw new UserError(ExitCode.USAGE, "the journal " + path + " is not a regular file");
        }
        Path folder = path.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        FileChannel channel =
                FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            if (!lock(channel)) {
                throw new UserError(
                        ExitCode.NOT_DELIVERED, "the journal " + path + " is in use by another run of flowlog ship");
            }
            if (forget) {
                channel.truncate(0);
            }
            Journal journal = new Journal(path, channel);
            journal.load(lake);
            return journal;
        } catch (IOException | UserError | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static boolean lock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    private void load(String lake) throws IOException, UserError {
        byte[] bytes = new byte[1 << 16];
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        long complete = 0;
        long number = 0;
        long position = 0;
        int count;
        while ((count = file.read(ByteBuffer.wrap(bytes), position)) > 0) {
            for (int i = 0; i < count; i++) {
                if (bytes[i] != '\n') {
                    line.write(bytes[i]);
                    continue;
                }
                number++;
                complete = position + i + 1;
                take(line.toString(StandardCharsets.UTF_8), number, lake);
                line.reset();
            }
            position += count;
        }
        if (number == 0 && position > 0 && !isBeginning(line.toString(StandardCharsets.UTF_8))) {
            throw notAJournal(path);
        }
        // The text after the last line end is incomplete: the process that wrote it ended.
        file.truncate(complete);
        file.position(complete);
        if (complete == 0) {
            append(json -> {
                json.writeStringField("kind", KIND);
                json.writeStringField("lake", lake);
            });
        }
    }

    private static boolean isBeginning(String text) {
        String begin = "{\"kind\":\"" + KIND + "\"";
        return text.startsWith(begin) || begin.startsWith(text);
    }

    private void take(String line, long number, String lake) throws UserError {
        String kind = null;
        String source = null;
        String foundLake = null;
        long bytes = 0;
        double seconds = 0;
        try (JsonParser json = JSON.createParser(line)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException("not an object");
            }
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                json.nextToken();
                switch (name) {
                    case "kind" -> kind = json.getText();
                    case "lake" -> foundLake = json.getText();
                    case "source" -> source = json.getText();
                    case "runBytes" -> bytes = json.getLongValue();
                    case "runSeconds" -> seconds = json.getDoubleValue();
                    default -> json.skipChildren();
                }
            }
        } catch (IOException e) {
            if (number == 1) {
                throw notAJournal(path);
            }
            throw new UserError(
                    ExitCode.NOT_DELIVERED,
                    path + ", line " + number
                            + ": this is not a line of a journal; if you remove it, its object is sent again");
        }
        if (number == 1) {
            if (!KIND.equals(kind)) {
                throw notAJournal(path);
            }
            if (!lake.equals(foundLake)) {
                throw new UserError(
                        ExitCode.USAGE,
                        "the journal " + path + " is for " + Errors.oneLine("" + foundLake) + ", not for "
                                + Errors.oneLine(lake)
                                + "; use --journal to name another file, or --again to begin anew");
            }
        } else if (source != null) {
            delivered.add(source);
        } else if (seconds > 0) {
            rate = new Rate(bytes, seconds);
        }
    }

    private static UserError notAJournal(Path path) {
        return new UserError(ExitCode.USAGE, path + " is not a journal of flowlog ship; it is left unchanged");
    }

    /** Whether an object was delivered. */
    synchronized boolean contains(String source) {
        return delivered.contains(source);
    }

    /** How many objects were delivered, in this run and those before. */
    synchronized int size() {
        return delivered.size();
    }

    /** How fast the last complete run was, or null if there was none. */
    synchronized @Nullable Rate rate() {
        return rate;
    }

    /**
     * Adds a delivered object, once.
     *
     * @throws IOException if the file cannot be written; the message names it
     */
    synchronized void add(Entry entry) throws IOException {
        if (!delivered.add(entry.source())) {
            return;
        }
        append(json -> {
            json.writeStringField("time", Instant.now().toString());
            json.writeStringField("source", entry.source());
            json.writeStringField("name", entry.name());
            if (entry.bucket() != null) {
                json.writeStringField("bucket", entry.bucket());
                json.writeStringField("key", entry.key());
                json.writeStringField("etag", entry.etag());
            }
            json.writeNumberField("records", entry.records());
            json.writeNumberField("malformed", entry.malformed());
        });
    }

    /** Notes the speed of this run. */
    synchronized void add(Rate ofThisRun) throws IOException {
        append(json -> {
            json.writeStringField("time", Instant.now().toString());
            json.writeNumberField("runBytes", ofThisRun.bytes());
            json.writeNumberField("runSeconds", ofThisRun.seconds());
        });
    }

    private interface Fields {
        void writeTo(JsonGenerator json) throws IOException;
    }

    private void append(Fields fields) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream(256);
        try (JsonGenerator json = JSON.createGenerator(line)) {
            json.writeStartObject();
            fields.writeTo(json);
            json.writeEndObject();
        }
        line.write('\n');
        long begin = file.position();
        ByteBuffer bytes = ByteBuffer.wrap(line.toByteArray());
        try {
            while (bytes.hasRemaining()) {
                file.write(bytes);
            }
        } catch (IOException e) {
            // If the disk is full, a part of the line can have been written. The next line must not continue it.
            file.truncate(begin);
            throw Errors.named(path, e);
        }
        if (System.nanoTime() - forced > FORCE_NANOS) {
            file.force(false);
            forced = System.nanoTime();
        }
    }

    @Override
    public synchronized void close() throws IOException {
        try (file) {
            file.force(false);
        }
    }
}
