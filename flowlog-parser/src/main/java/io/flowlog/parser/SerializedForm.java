package io.flowlog.parser;

import java.io.Externalizable;
import java.io.IOException;
import java.io.InvalidObjectException;
import java.io.ObjectInput;
import java.io.ObjectOutput;
import java.io.ObjectStreamException;
import java.io.StreamCorruptedException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The form of a {@link FlowLogFormat} or a {@link FlowLogRecord} in a Java object stream: a byte for the version, a byte for
 * the type, then the data. The fields of the classes can therefore change without breaking stored streams.
 *
 * <ul>
 *   <li>Format: length (4 bytes) and bytes of the header line.
 *   <li>Record: the format as an object, which a stream contains once for all records that share it; the line number (8 bytes);
 *       length (4 bytes) and bytes of the columns with one space between them.
 * </ul>
 */
final class SerializedForm implements Externalizable {
    private static final long serialVersionUID = 1L;

    private static final int VERSION = 1;
    private static final int FORMAT = 1;
    private static final int RECORD = 2;
    private static final int PART = 64 * 1024;

    private transient @Nullable Object value;

    /** For the object stream. */
    public SerializedForm() {}

    SerializedForm(Object value) {
        this.value = value;
    }

    @Override
    public void writeExternal(ObjectOutput out) throws IOException {
        out.writeByte(VERSION);
        if (value instanceof FlowLogRecord record) {
            out.writeByte(RECORD);
            out.writeObject(record.format());
            out.writeLong(record.lineNumber());
            byte[] line = new byte[record.lineLength()];
            record.copyLineTo(line, 0, new int[record.format().size()]);
            writeBytes(out, line);
        } else {
            out.writeByte(FORMAT);
            writeBytes(out, String.valueOf(value).getBytes(StandardCharsets.US_ASCII));
        }
    }

    private static void writeBytes(ObjectOutput out, byte[] bytes) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    @Override
    public void readExternal(ObjectInput in) throws IOException, ClassNotFoundException {
        int version = in.readUnsignedByte();
        if (version != VERSION) {
            throw new InvalidObjectException("expected version " + VERSION + " of the serialized form, found " + version
                    + "; read it with the release of flowlog-parser that wrote it, or a later one");
        }
        int type = in.readUnsignedByte();
        try {
            switch (type) {
                case FORMAT -> value = FlowLogFormat.ofSerialized(new String(readBytes(in), StandardCharsets.US_ASCII));
                case RECORD -> value = readRecord(in);
                default -> throw new StreamCorruptedException("expected type 1 or 2, found " + type);
            }
        } catch (IllegalArgumentException | FlowLogParseException e) {
            InvalidObjectException invalid = new InvalidObjectException(e.getMessage());
            invalid.initCause(e);
            throw invalid;
        }
    }

    private static FlowLogRecord readRecord(ObjectInput in) throws IOException, ClassNotFoundException {
        if (!(in.readObject() instanceof FlowLogFormat format)) {
            throw new StreamCorruptedException("expected a format");
        }
        long lineNumber = in.readLong();
        return format.read(readBytes(in), lineNumber);
    }

    /** Grows with what arrives: a damaged length must not take all memory. */
    private static byte[] readBytes(ObjectInput in) throws IOException {
        int length = in.readInt();
        if (length < 0) {
            throw new StreamCorruptedException("expected a length, found " + length);
        }
        byte[] bytes = new byte[Math.min(length, PART)];
        in.readFully(bytes);
        while (bytes.length < length) {
            int have = bytes.length;
            bytes = Arrays.copyOf(bytes, (int) Math.min(length, 2L * have));
            in.readFully(bytes, have, bytes.length - have);
        }
        return bytes;
    }

    private Object readResolve() throws ObjectStreamException {
        if (value == null) {
            throw new InvalidObjectException("expected a format or a record");
        }
        return value;
    }
}
