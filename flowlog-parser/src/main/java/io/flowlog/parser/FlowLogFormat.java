package io.flowlog.parser;

import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The columns of a flow log in their order: a header line as a value.
 *
 * <p>Any subset of the fields in any order is a format, and so are names that AWS adds later: an unknown name is a text
 * column. Immutable and safe for use by several threads.
 *
 * @see <a href="https://docs.aws.amazon.com/vpc/latest/userguide/flow-log-records.html">Flow log records</a>
 */
public final class FlowLogFormat implements Serializable {
    private static final long serialVersionUID = 1L;

    /** The columns of a flow log for which no format was chosen (version 2). */
    public static final FlowLogFormat DEFAULT = parse("version account-id interface-id srcaddr dstaddr srcport dstport"
            + " protocol packets bytes start end action log-status");

    private final transient List<String> columns;
    private final transient Map<String, Integer> indexes;
    private final transient int[] fieldIndexes;
    private final transient boolean[] integer;
    private final transient List<String> written;

    final transient int[] integerColumns;

    private FlowLogFormat(List<String> written) {
        this.written = List.copyOf(written);
        indexes = new LinkedHashMap<>();
        for (String name : written) {
            indexes.putIfAbsent(name, indexes.size());
        }
        columns = List.copyOf(indexes.keySet());
        fieldIndexes = new int[FlowLogField.values().length];
        Arrays.fill(fieldIndexes, -1);
        integer = new boolean[columns.size()];
        for (int i = 0; i < integer.length; i++) {
            int column = i;
            FlowLogField.of(columns.get(i)).ifPresent(field -> {
                fieldIndexes[field.ordinal()] = column;
                integer[column] = field.isInteger();
            });
        }
        int[] found = new int[integer.length];
        int count = 0;
        for (int i = 0; i < integer.length; i++) {
            if (integer[i]) {
                found[count++] = i;
            }
        }
        integerColumns = Arrays.copyOf(found, count);
    }

    /**
     * Reads a format as a header line has it ({@code version account-id ...}) or as AWS's {@code LogFormat} parameter
     * has it ({@code ${version} ${account-id} ...}). White space separates the names. A name that comes twice is one
     * column, at its first place; the second is in the lines and is skipped there.
     *
     * @param format the names, in the order of the columns
     * @return the format
     * @throws IllegalArgumentException when there is no name, or a word cannot be the name of a field: lower-case
     *     letters, digits and hyphens, a letter first
     */
    public static FlowLogFormat parse(String format) {
        List<String> names = new ArrayList<>();
        for (String word : format.strip().split("\\s+")) {
            String name = word.startsWith("${") && word.endsWith("}") ? word.substring(2, word.length() - 1) : word;
            if (!isName(name)) {
                throw new IllegalArgumentException("flow log format, column " + (names.size() + 1)
                        + ": expected a field name such as \"srcaddr\" or \"${srcaddr}\", found " + Text.quoted(word));
            }
            names.add(name);
        }
        return new FlowLogFormat(names);
    }

    /** Whether a word could be a field's name: {@code [a-z][a-z0-9-]*}. */
    static boolean isName(String word) {
        if (word.isEmpty() || word.charAt(0) < 'a' || word.charAt(0) > 'z') {
            return false;
        }
        for (int i = 1; i < word.length(); i++) {
            char c = word.charAt(i);
            if (!(c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '-')) {
                return false;
            }
        }
        return true;
    }

    static FlowLogFormat ofHeader(List<String> names) {
        return DEFAULT.written.equals(names) ? DEFAULT : new FlowLogFormat(names);
    }

    /**
     * The names of the columns, in order, each once.
     *
     * @return an unmodifiable list, never empty
     */
    public List<String> columns() {
        return columns;
    }

    /**
     * The number of columns.
     *
     * @return 1 or more
     */
    public int size() {
        return columns.size();
    }

    /**
     * The name of a column.
     *
     * @param column from 0 to {@link #size()} - 1
     * @return AWS's name, or whatever name the header has
     * @throws IndexOutOfBoundsException when there is no such column
     */
    public String name(int column) {
        return columns.get(column);
    }

    /**
     * The column of that name.
     *
     * @param name as AWS writes it, known to this library or not
     * @return a column from 0; -1 when there is none
     */
    public int indexOf(String name) {
        return indexes.getOrDefault(name, -1);
    }

    /**
     * The column of that field.
     *
     * @param field a documented field
     * @return a column from 0; -1 when there is none
     */
    public int indexOf(FlowLogField field) {
        return fieldIndexes[field.ordinal()];
    }

    /**
     * Whether a column holds integers of 0..2<sup>63</sup>-1; the others, unknown ones among them, hold text.
     *
     * @param column from 0 to {@link #size()} - 1
     * @return whether it is one of the integer fields
     * @throws IndexOutOfBoundsException when there is no such column
     */
    public boolean isInteger(int column) {
        return integer[column];
    }

    /**
     * Reads one line that stands alone, without a header: from CloudWatch Logs, from Firehose, in a unit test. The
     * record has line number 1. A line end is allowed.
     *
     * @param line the columns, with spaces between them
     * @return the record
     * @throws FlowLogParseException when the line has not this format's columns, or an integer column holds no integer
     * @throws IllegalArgumentException when the text is more than one line
     */
    public FlowLogRecord parseLine(String line) {
        byte[] bytes = line.concat("\n").getBytes(StandardCharsets.UTF_8);
        int end = bytes.length - 1;
        if (end > 0 && bytes[end - 1] == '\n') {
            end--;
        }
        for (int i = 0; i < end; i++) {
            if (bytes[i] == '\n') {
                throw new IllegalArgumentException("expected one line, found several: " + Text.quoted(line));
            }
        }
        return read(bytes, end, "text", 1, this);
    }

    /** Reads the columns of a record of this format, each once, as {@link FlowLogRow#copyLineTo} writes them. */
    FlowLogRecord read(byte[] line, long lineNumber) {
        FlowLogFormat each = hasDuplicates() ? new FlowLogFormat(columns) : this;
        // A carriage return at the end of a line does not belong to its last column; one within the column does.
        byte[] ended = Arrays.copyOf(line, line.length + 1);
        ended[line.length] = '\r';
        return read(ended, ended.length, "serialized record", lineNumber, each);
    }

    private FlowLogRecord read(byte[] bytes, int end, String source, long lineNumber, FlowLogFormat lineFormat) {
        LineParser parser = new LineParser();
        parser.split(bytes, 0, end);
        CurrentRow row = new CurrentRow();
        MalformedLine malformed = parser.toRow(lineFormat, source, lineNumber, row);
        if (malformed != null) {
            throw new FlowLogParseException(malformed);
        }
        return row.toRecord(this);
    }

    /** A format that was written as its header line. */
    static FlowLogFormat ofSerialized(String header) {
        return ofHeader(parse(header).written);
    }

    private Object writeReplace() {
        return new SerializedForm(this);
    }

    private void readObject(ObjectInputStream in) throws InvalidObjectException {
        throw new InvalidObjectException("expected the serialized form");
    }

    /** The columns as the header has them, those that come twice included. */
    List<String> written() {
        return written;
    }

    /**
     * Names that the header has more than once: only their first column counts.
     *
     * @return an unmodifiable list, empty for nearly every header
     */
    public List<String> duplicates() {
        List<String> later = new ArrayList<>(written);
        columns.forEach(later::remove);
        return later.stream().distinct().toList();
    }

    boolean hasDuplicates() {
        return written.size() != columns.size();
    }

    @Override
    public boolean equals(Object other) {
        return this == other || other instanceof FlowLogFormat format && written.equals(format.written);
    }

    @Override
    public int hashCode() {
        return written.hashCode();
    }

    /** The header line. */
    @Override
    public String toString() {
        return String.join(" ", written);
    }
}
