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
 * The columns of a flow log in order: a parsed header line.
 *
 * <p>A format can have any subset of the fields in any order. An unknown name, such as one that AWS adds later, is a text
 * column. Immutable, serializable and safe to share between threads.
 *
 * @see <a href="https://docs.aws.amazon.com/vpc/latest/userguide/flow-log-records.html">Flow log records</a>
 */
public final class FlowLogFormat implements Serializable {
    private static final long serialVersionUID = 1L;

    /** The default format of VPC flow logs (version 2). */
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
     * Parses a header line ({@code version account-id ...}) or the value of AWS's {@code LogFormat} parameter ({@code
     * ${version} ${account-id} ...}). White space separates the names. If a name occurs twice, only its first column is
     * read; the later one is expected in the lines and skipped.
     *
     * @param format the names, in the order of the columns
     * @return the format
     * @throws IllegalArgumentException if there is no name, or a word is not a valid name: lower-case letters,
     *     digits and hyphens, beginning with a letter
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
     * Returns the names of the columns in order, each once.
     *
     * @return an unmodifiable list, never empty
     */
    public List<String> columns() {
        return columns;
    }

    /**
     * Returns the number of columns.
     *
     * @return 1 or more
     */
    public int size() {
        return columns.size();
    }

    /**
     * Returns the name of a column.
     *
     * @param column from 0 to {@link #size()} - 1
     * @return the name in the header
     * @throws IndexOutOfBoundsException if there is no such column
     */
    public String name(int column) {
        return columns.get(column);
    }

    /**
     * Returns the index of a column.
     *
     * @param name the name in the header
     * @return the index from 0; -1 if there is no such column
     */
    public int indexOf(String name) {
        return indexes.getOrDefault(name, -1);
    }

    /**
     * Returns the index of the column of a field.
     *
     * @param field a documented field
     * @return the index from 0; -1 if there is no such column
     */
    public int indexOf(FlowLogField field) {
        return fieldIndexes[field.ordinal()];
    }

    /**
     * Returns whether a column contains integers from 0 to 2<sup>63</sup>-1. All other columns, including unknown ones,
     * contain text.
     *
     * @param column from 0 to {@link #size()} - 1
     * @return true for an integer column
     * @throws IndexOutOfBoundsException if there is no such column
     */
    public boolean isInteger(int column) {
        return integer[column];
    }

    /**
     * Parses a single line without a header, for example from CloudWatch Logs, from Amazon Data Firehose or in a unit test.
     * The record has line number 1. The line may have a line end.
     *
     * @param line the columns, separated by spaces
     * @return the record
     * @throws FlowLogParseException if the line does not have the columns of this format, or an integer column does not
     *     contain an integer
     * @throws IllegalArgumentException if the text has more than one line
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
            int textEnd = end > 0 && bytes[end - 1] == '\r' ? end - 1 : end;
            throw new FlowLogParseException(malformed.withText(bytes, 0, textEnd));
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

    /** The columns as in the header, including repeated names. */
    List<String> written() {
        return written;
    }

    /**
     * Returns the names that occur more than once in the header. Only the first column of each is read.
     *
     * @return an unmodifiable list, usually empty
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

    /** Returns the header line. */
    @Override
    public String toString() {
        return String.join(" ", written);
    }
}
