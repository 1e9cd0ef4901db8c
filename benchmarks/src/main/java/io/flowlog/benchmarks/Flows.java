package io.flowlog.benchmarks;

import io.flowlog.parser.FlowLogField;
import io.flowlog.parser.FlowLogFilter;
import io.flowlog.parser.FlowLogFormat;
import io.flowlog.parser.FlowLogReader;
import io.flowlog.parser.FlowLogRecord;
import io.flowlog.parser.FlowLogRow;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/** One answer, many ways: what each contender makes of a text. */
final class Flows {
    static final String REJECT = "action = REJECT";
    static final String SSH = "dstport = 22";
    static final String NETWORK = "srcaddr = 52.94.0.0/16";
    static final String NETWORKS = "addr = 192.0.2.0/24";
    static final String ADDRESSES = "addr = public and addr = private and bytes = 0";
    static final String EXTERNAL = "action = REJECT and srcaddr = public and dstport in (22, 3389)";

    private Flows() {}

    /** All rows. */
    static long count(InputStream in) throws IOException {
        return count(FlowLogReader.open(in));
    }

    /** The rows that the filter keeps. */
    static long count(InputStream in, String filter) throws IOException {
        return count(FlowLogReader.builder().filter(FlowLogFilter.parse(filter)).open(in));
    }

    private static long count(FlowLogReader reader) throws IOException {
        long rows = 0;
        try (reader) {
            while (reader.advance()) {
                rows++;
            }
        }
        return rows;
    }

    /** The rows of a peer that a predicate of words by name keeps. */
    static long peerCount(Peers peer, byte[] text, Predicate<Function<String, String>> keep) throws IOException {
        return sum(peer, text, header -> {
            List<String> names = Arrays.asList(header);
            return words -> keep.test(name -> words[names.indexOf(name)]) ? 1 : 0;
        });
    }

    /** flowlog's records, as a user reads them. */
    static long flowlog(InputStream in) throws IOException {
        long sum = 0;
        try (FlowLogReader flows = FlowLogReader.open(in)) {
            for (FlowLogRecord flow : flows) {
                sum += Checksum.of(
                        flow.srcport().orElse(0),
                        flow.dstport().orElse(0),
                        flow.packets().orElse(0),
                        flow.bytes().orElse(0),
                        flow.start().orElse(0),
                        flow.end().orElse(0));
            }
        }
        return sum;
    }

    /** flowlog's low level: no object per record. */
    static long flowlogRows(InputStream in) throws IOException {
        long sum = 0;
        try (FlowLogReader flows = FlowLogReader.open(in)) {
            FlowLogFormat format = flows.format().orElseThrow();
            int srcport = format.indexOf(FlowLogField.SRCPORT);
            int dstport = format.indexOf(FlowLogField.DSTPORT);
            int packets = format.indexOf(FlowLogField.PACKETS);
            int bytes = format.indexOf(FlowLogField.BYTES);
            int start = format.indexOf(FlowLogField.START);
            int end = format.indexOf(FlowLogField.END);
            while (flows.advance()) {
                FlowLogRow row = flows.row();
                sum += Checksum.of(
                        row.longValue(srcport, 0),
                        row.longValue(dstport, 0),
                        row.longValue(packets, 0),
                        row.longValue(bytes, 0),
                        row.longValue(start, 0),
                        row.longValue(end, 0));
            }
        }
        return sum;
    }

    /** flowlog's records, their numbers without an object around each. */
    static long flowlogValues(InputStream in) throws IOException {
        long sum = 0;
        try (FlowLogReader flows = FlowLogReader.open(in)) {
            for (FlowLogRecord flow : flows) {
                sum += Checksum.of(
                        flow.longValue(FlowLogField.SRCPORT, 0),
                        flow.longValue(FlowLogField.DSTPORT, 0),
                        flow.longValue(FlowLogField.PACKETS, 0),
                        flow.longValue(FlowLogField.BYTES, 0),
                        flow.longValue(FlowLogField.START, 0),
                        flow.longValue(FlowLogField.END, 0));
            }
        }
        return sum;
    }

    /** Two columns of flowlog's records. */
    static long flowlogTwoColumns(InputStream in) throws IOException {
        long sum = 0;
        try (FlowLogReader flows = FlowLogReader.open(in)) {
            for (FlowLogRecord flow : flows) {
                sum += flow.packets().orElse(0) + 3 * flow.bytes().orElse(0);
            }
        }
        return sum;
    }

    /** Two columns of flowlog's records, without an object around each number. */
    static long flowlogTwoValues(InputStream in) throws IOException {
        long sum = 0;
        try (FlowLogReader flows = FlowLogReader.open(in)) {
            for (FlowLogRecord flow : flows) {
                sum += flow.longValue(FlowLogField.PACKETS, 0) + 3 * flow.longValue(FlowLogField.BYTES, 0);
            }
        }
        return sum;
    }

    /** Two columns of flowlog's rows. */
    static long flowlogTwoColumnsOfRows(InputStream in) throws IOException {
        long sum = 0;
        try (FlowLogReader flows = FlowLogReader.open(in)) {
            FlowLogFormat format = flows.format().orElseThrow();
            int packets = format.indexOf(FlowLogField.PACKETS);
            int bytes = format.indexOf(FlowLogField.BYTES);
            while (flows.advance()) {
                FlowLogRow row = flows.row();
                sum += row.longValue(packets, 0) + 3 * row.longValue(bytes, 0);
            }
        }
        return sum;
    }

    /** All columns of flowlog's records as Strings; the answer is their length, {@code -} counted as 1. */
    static long flowlogText(InputStream in) throws IOException {
        long sum = 0;
        try (FlowLogReader flows = FlowLogReader.open(in)) {
            for (FlowLogRecord flow : flows) {
                for (String name : flow.format().columns()) {
                    sum += flow.get(name).orElse("-").length();
                }
            }
        }
        return sum;
    }

    /** A peer's rows, each made a record with the numbers in it. */
    static long peer(Peers peer, byte[] text) throws IOException {
        return sum(peer, text, header -> {
            Flow.Header columns = Flow.Header.of(Arrays.asList(header));
            return words -> Flow.of(columns, words).checksum();
        });
    }

    /** A positional parser of the default format. */
    static long positional(byte[] text) throws IOException {
        return sum(
                Peers.SPLIT, text, header -> words -> PositionalFlow.of(words).checksum());
    }

    /** Two columns of a peer's rows. */
    static long peerTwoColumns(Peers peer, byte[] text) throws IOException {
        return sum(peer, text, header -> {
            int packets = Arrays.asList(header).indexOf("packets");
            int bytes = Arrays.asList(header).indexOf("bytes");
            return words -> Flow.number(words[packets]) + 3 * Flow.number(words[bytes]);
        });
    }

    /** Two columns of the records that are made of a peer's rows. */
    static long peerTwoColumnsOfRecords(Peers peer, byte[] text) throws IOException {
        return sum(peer, text, header -> {
            Flow.Header columns = Flow.Header.of(Arrays.asList(header));
            return words -> {
                Flow flow = Flow.of(columns, words);
                return flow.packets() + 3 * flow.bytes();
            };
        });
    }

    /** All columns of a peer's rows; the answer is their length. */
    static long peerText(Peers peer, byte[] text) throws IOException {
        return sum(peer, text, header -> words -> {
            long length = 0;
            for (String word : words) {
                length += word.length();
            }
            return length;
        });
    }

    private interface Row {
        long value(String[] words);
    }

    private static long sum(Peers peer, byte[] text, Function<String[], Row> of) throws IOException {
        long[] sum = new long[1];
        Row[] row = new Row[1];
        peer.read(new ByteArrayInputStream(text), words -> {
            if (row[0] == null) {
                row[0] = of.apply(words);
            } else {
                sum[0] += row[0].value(words);
            }
        });
        return sum[0];
    }
}
