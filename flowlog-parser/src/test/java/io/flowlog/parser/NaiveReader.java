package io.flowlog.parser;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/** The rules of the format once more, in the plainest way, over text in memory: the oracle. */
final class NaiveReader {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]*");
    private static final Pattern INTEGER = Pattern.compile("[0-9]+");
    private static final BigInteger MAX = BigInteger.valueOf(Long.MAX_VALUE);

    private final List<String> said = new ArrayList<>();
    private List<String> header = List.of();
    private int lines;
    private int records;
    private int malformed;
    private int headers;
    private int blank;

    private NaiveReader() {}

    /** What {@link Transcript} says of the same input; the input begins with a header or has no lines. */
    static List<String> transcript(byte[] data, int maxLineLength) {
        NaiveReader reader = new NaiveReader();
        String text = new String(data, StandardCharsets.UTF_8);
        String complete = text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
        for (String line : text.isEmpty() ? new String[0] : complete.split("\n", -1)) {
            reader.line(line.endsWith("\r") ? line.substring(0, line.length() - 1) : line, maxLineLength);
        }
        reader.said.add("counts lines=" + reader.lines + " records=" + reader.records + " malformed=" + reader.malformed
                + " headers=" + reader.headers + " blank=" + reader.blank);
        return reader.said;
    }

    private void line(String line, int maxLineLength) {
        lines++;
        int length = line.getBytes(StandardCharsets.UTF_8).length;
        if (length > maxLineLength) {
            refuse("", "expected a line of at most " + maxLineLength + " bytes, found one of " + length);
            return;
        }
        List<String> words =
                Arrays.stream(line.split(" ")).filter(word -> !word.isEmpty()).toList();
        String first = words.isEmpty() ? "" : words.get(0);
        List<String> names = new ArrayList<>(words);
        if (first.startsWith("\uFEFF")) {
            names.set(0, first.substring(1));
        }
        long known =
                names.stream().filter(name -> FlowLogField.of(name).isPresent()).count();
        if (words.isEmpty()) {
            blank++;
        } else if (names.stream().allMatch(name -> NAME.matcher(name).matches())
                && (known >= (header.isEmpty() ? 1 : 2) || names.equals(header))) {
            headers++;
            header = names;
        } else if (words.size() != header.size()) {
            refuse("", "expected " + header.size() + " columns, found " + words.size());
        } else {
            record(words);
        }
    }

    private void record(List<String> words) {
        StringBuilder text = new StringBuilder("line " + lines + ":");
        for (int i = 0; i < words.size(); i++) {
            String name = header.get(i);
            String word = words.get(i);
            if (header.indexOf(name) != i) {
                continue;
            }
            boolean integer = FlowLogField.of(name).map(FlowLogField::isInteger).orElse(false);
            if (integer && !word.equals("-") && !isInteger(word)) {
                refuse(
                        ", column " + name,
                        "expected - or an integer from 0 to 9223372036854775807, found " + Text.quoted(word));
                return;
            }
            text.append(' ').append(name).append('=').append(word);
        }
        records++;
        said.add(text.toString());
    }

    private static boolean isInteger(String word) {
        return INTEGER.matcher(word).matches() && new BigInteger(word).compareTo(MAX) <= 0;
    }

    private void refuse(String column, String reason) {
        malformed++;
        said.add("malformed flows.log, line " + lines + column + ": " + reason);
    }
}
