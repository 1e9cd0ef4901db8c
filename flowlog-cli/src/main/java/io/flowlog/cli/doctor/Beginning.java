package io.flowlog.cli.doctor;

import io.flowlog.parser.FlowLogField;
import io.flowlog.parser.FlowLogFormat;
import io.flowlog.parser.FlowLogParseException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPInputStream;

/**
 * The first bytes of an input. They name what is not a flow log. Whether it is one, the parser decides.
 *
 * @param stored as stored
 * @param text decompressed if it is gzip, otherwise the same
 */
record Beginning(byte[] stored, byte[] text) {
    static final int BYTES = 1 << 16;

    /** How files of other formats begin. */
    private static final String[][] MAGIC = {
        {"PAR1", "a Parquet file"},
        {"PK\u0003\u0004", "a zip archive"},
        {"PK\u0005\u0006", "an empty zip archive"},
        {"\u001f\u008b", "gzip inside"},
        {"\u0028\u00b5\u002f\u00fd", "Zstandard"},
        {"BZh", "bzip2"},
        {"\u00fd7zXZ\0", "xz"},
        {"7z\u00bc\u00af", "a 7-Zip archive"},
        {"\u0004\"M\u0018", "LZ4"},
        {"\u00ff\u0006\0\0sNaPpY", "Snappy"},
        {"Obj\u0001", "an Avro file"},
        {"ORC", "an ORC file"},
        {"SQLite format 3", "an SQLite database"},
        {"%PDF-", "a PDF document"},
        {"\u0089PNG", "a PNG image"},
        {"\u007fELF", "a program (ELF)"},
        {"\u00ca\u00fe\u00ba\u00be", "a Java class"},
        {"\u00d4\u00c3\u00b2\u00a1", "a packet capture (pcap)"},
        {"\n\r\r\n", "a packet capture (pcapng)"},
        {"\u00ff\u00fe\0\0", "UTF-32 text"},
        {"\u00ff\u00fe", "UTF-16 text (little-endian)"},
        {"\u00fe\u00ff", "UTF-16 text (big-endian)"},
    };

    static Beginning of(byte[] stored) {
        return new Beginning(stored, isGzip(stored) ? decompressed(stored) : stored);
    }

    boolean isGzip() {
        return isGzip(stored);
    }

    /** Whether it begins like a Parquet file. */
    boolean isParquet() {
        return startsWith(stored, "PAR1");
    }

    /** Whether the first character is a brace, as in JSON lines. */
    boolean isJson() {
        return firstCharacter() == '{';
    }

    private static boolean isGzip(byte[] bytes) {
        return bytes.length > 1 && bytes[0] == 0x1f && bytes[1] == (byte) 0x8b;
    }

    private static byte[] decompressed(byte[] stored) {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        byte[] one = new byte[1];
        // One at a time: a longer read loses what precedes the place where the beginning is cut off.
        try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(stored))) {
            while (text.size() < BYTES && in.read(one) > 0) {
                text.write(one[0]);
            }
        } catch (IOException e) {
            return text.toByteArray();
        }
        return text.toByteArray();
    }

    private int firstCharacter() {
        for (int i = startsWith(text, "\u00ef\u00bb\u00bf") ? 3 : 0; i < text.length; i++) {
            if (text[i] > ' ' || text[i] < 0) {
                return text[i] & 0xff;
            }
        }
        return -1;
    }

    /** What the bytes are if they are not a flow log, and a hint if there is one. */
    String description() {
        for (String[] magic : MAGIC) {
            if (startsWith(text, magic[0])) {
                return magic[1];
            }
        }
        if (text.length > 262 && startsWith(Arrays.copyOfRange(text, 257, 262), "ustar")) {
            return "a tar archive";
        }
        int zeros = 0;
        int controls = 0;
        for (byte b : text) {
            zeros += b == 0 ? 1 : 0;
            controls += b >= 0 && b < ' ' && b != '\n' && b != '\r' && b != '\t' ? 1 : 0;
        }
        // ASCII in two bytes each: every other byte is 0.
        if (text.length >= 4 && zeros * 5 > text.length * 2 && zeros * 5 < text.length * 3) {
            return "UTF-16 text without a byte order mark";
        }
        if (zeros > 0 || controls * 20 > text.length) {
            return "binary data";
        }
        return ofText();
    }

    private String ofText() {
        List<String> lines = new String(text, StandardCharsets.UTF_8)
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .limit(3)
                .toList();
        if (lines.isEmpty()) {
            return text.length == 0 ? "no text" : "blank text";
        }
        String first = lines.get(0).startsWith("\ufeff") ? lines.get(0).substring(1) : lines.get(0);
        for (String[] separated : new String[][] {{",", "CSV"}, {"\t", "TSV"}, {";", "CSV with semicolons"}}) {
            String[] words = first.replace("\"", "").split(separated[0], -1);
            boolean sameWidth = lines.stream().allMatch(line -> line.split(separated[0], -1).length == words.length);
            if (words.length > 1 && knownNames(words) * 2 > words.length) {
                return separated[1] + " with the names of flow log fields, as 'flowlog cat' writes it";
            }
            if (words.length > 2 && sameWidth && lines.size() > 1) {
                return separated[1] + " of " + words.length + " columns";
            }
        }
        String[] words = first.split(" +");
        if (knownNames(words) > 1 && knownNames(words) * 2 > words.length) {
            return "a flow log with a header that AWS does not write: AWS uses lower case and hyphens";
        }
        if (first.charAt(0) == '[') {
            return "text that begins with [, such as a JSON array";
        }
        if (first.charAt(0) == '<') {
            return "XML or HTML";
        }
        return withoutHeader(first, words);
    }

    private static String withoutHeader(String first, String[] words) {
        try {
            FlowLogFormat.DEFAULT.parseLine(first);
            return "flow log lines of the default format without a header; 'flowlog cat --format default' reads them";
        } catch (FlowLogParseException e) {
            long typical = Arrays.stream(words).filter(Beginning::isTypical).count();
            return typical >= 2 && words.length >= 3
                    ? "flow log lines of " + words.length
                            + " columns without a header; 'flowlog cat --format' reads them with the names of the columns"
                    : "text";
        }
    }

    private static long knownNames(String[] words) {
        return Arrays.stream(words)
                .map(word -> word.strip().toLowerCase(Locale.ROOT).replace('_', '-'))
                .filter(word -> FlowLogField.of(word).isPresent())
                .count();
    }

    /** Values that occur in flow logs and rarely in other text. */
    private static boolean isTypical(String word) {
        return word.matches("\\d{1,3}(\\.\\d{1,3}){3}")
                || word.matches("[0-9a-f]{0,4}(:[0-9a-f]{0,4}){2,7}")
                || word.matches("(eni|vpc|subnet|tgw|tgw-attach|i)-[0-9a-f]{8,17}")
                || word.matches("ACCEPT|REJECT|OK|NODATA|SKIPDATA");
    }

    private static boolean startsWith(byte[] bytes, String latin1) {
        byte[] expected = latin1.getBytes(StandardCharsets.ISO_8859_1);
        return bytes.length >= expected.length
                && Arrays.equals(bytes, 0, expected.length, expected, 0, expected.length);
    }
}
