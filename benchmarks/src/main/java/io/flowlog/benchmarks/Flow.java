package io.flowlog.benchmarks;

import java.util.List;

/**
 * What a program makes of a line when it has no parser for flow logs: its words, and the numbers that it needs.
 */
record Flow(String[] columns, long srcport, long dstport, long packets, long bytes, long start, long end) {
    /** The columns of the numbers in a header. */
    record Header(int srcport, int dstport, int packets, int bytes, int start, int end) {
        static Header of(List<String> names) {
            return new Header(
                    names.indexOf("srcport"),
                    names.indexOf("dstport"),
                    names.indexOf("packets"),
                    names.indexOf("bytes"),
                    names.indexOf("start"),
                    names.indexOf("end"));
        }
    }

    static Flow of(Header header, String[] columns) {
        return new Flow(
                columns,
                number(columns[header.srcport]),
                number(columns[header.dstport]),
                number(columns[header.packets]),
                number(columns[header.bytes]),
                number(columns[header.start]),
                number(columns[header.end]));
    }

    static long number(String text) {
        return text.equals("-") ? 0 : Long.parseLong(text);
    }

    long checksum() {
        return Checksum.of(srcport, dstport, packets, bytes, start, end);
    }
}
