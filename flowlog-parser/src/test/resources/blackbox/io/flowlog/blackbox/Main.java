package io.flowlog.blackbox;

import io.flowlog.parser.Action;
import io.flowlog.parser.CorruptGzipException;
import io.flowlog.parser.FlowLogCounts;
import io.flowlog.parser.FlowLogField;
import io.flowlog.parser.FlowLogFormat;
import io.flowlog.parser.FlowLogParseException;
import io.flowlog.parser.FlowLogReader;
import io.flowlog.parser.FlowLogRecord;
import io.flowlog.parser.FlowLogRow;
import io.flowlog.parser.IpProtocol;
import io.flowlog.parser.MalformedLine;
import io.flowlog.parser.NotAFlowLogException;
import io.flowlog.parser.TcpFlags;
import io.flowlog.parser.TrafficPath;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;

/** What a program on the module path can do, which sees nothing but the exports. Prints what the test expects. */
public class Main {
    private static final String LOG = """
            srcaddr dstaddr dstport bytes action tcp-flags traffic-path
            10.0.0.1 10.0.0.9 22 100 REJECT 2 -
            10.0.0.1 10.0.0.9 22 11 REJECT 2 8
            10.0.0.2 10.0.0.9 443 500 ACCEPT 19 -
            10.0.0.2 10.0.0.9 22 - REJECT - -
            """;

    public static void main(String[] args) throws IOException {
        Path file = Files.createTempFile("flows", ".log.gz");
        try {
            Files.write(file, gzip(LOG));
            loop(file);
            stream(file);
            rows(file);
        } finally {
            Files.delete(file);
        }
        lenient();
        strict();
        errors();
        singleLine();
        tables();
    }

    private static void loop(Path file) throws IOException {
        Map<String, Long> rejected = new TreeMap<>();
        try (FlowLogReader flows = FlowLogReader.open(file)) {
            for (FlowLogRecord flow : flows) {
                if (flow.action().equals(Optional.of(Action.REJECT)) && flow.dstport().orElse(-1) == 22) {
                    rejected.merge(flow.srcaddr().orElse("-"), flow.bytes().orElse(0), Long::sum);
                }
            }
        }
        System.out.println("loop " + rejected);
    }

    private static void stream(Path file) throws IOException {
        try (FlowLogReader flows = FlowLogReader.open(file)) {
            // references to accessors that live in a type without an export
            System.out.println("stream "
                    + flows.stream()
                            .map(FlowLogRecord::srcaddr)
                            .flatMap(Optional::stream)
                            .distinct()
                            .collect(Collectors.toList()));
        }
        try (FlowLogReader flows = FlowLogReader.open(file)) {
            System.out.println("flags "
                    + flows.stream().map(FlowLogRecord::tcpFlags).flatMap(Optional::stream).filter(TcpFlags::isSyn).count());
        }
    }

    private static void rows(Path file) throws IOException {
        try (FlowLogReader flows = FlowLogReader.open(file)) {
            FlowLogFormat format = flows.format().orElseThrow();
            int bytes = format.indexOf(FlowLogField.BYTES);
            long sum = 0;
            while (flows.advance()) {
                FlowLogRow row = flows.row();
                sum += row.longValue(bytes, 0);
            }
            FlowLogCounts counts = flows.counts();
            System.out.println("rows " + sum + " " + counts.records() + "/" + counts.lines());
        }
    }

    private static void lenient() throws IOException {
        List<MalformedLine> malformed = new ArrayList<>();
        try (FlowLogReader flows = FlowLogReader.builder()
                .name("mine")
                .format(FlowLogFormat.parse("${srcaddr} ${bytes}"))
                .onMalformed(malformed::add)
                .open(stream("10.0.0.1 5\n10.0.0.1 x\n10.0.0.1 6"))) {
            System.out.println("lenient " + flows.stream().count() + " " + malformed);
        }
    }

    private static void strict() throws IOException {
        try (FlowLogReader flows = FlowLogReader.open(stream("srcaddr bytes\n10.0.0.1 x\n10.0.0.2 7\n"))) {
            try {
                flows.read();
            } catch (FlowLogParseException e) {
                System.out.println("strict " + e.lineNumber() + " " + e.column().orElseThrow() + ": " + e.getMessage());
            }
            System.out.println("strict " + flows.read());
        }
    }

    private static void errors() throws IOException {
        try (FlowLogReader flows = FlowLogReader.open(stream("hello"))) {
            flows.read();
        } catch (NotAFlowLogException e) {
            System.out.println("error " + e.kind());
        }
        byte[] gzip = gzip(LOG);
        gzip[gzip.length - 1]++;
        try (FlowLogReader flows = FlowLogReader.open(new ByteArrayInputStream(gzip))) {
            flows.stream().count();
        } catch (java.io.UncheckedIOException e) {
            System.out.println("error " + ((CorruptGzipException) e.getCause()).member());
        }
    }

    private static void singleLine() {
        FlowLogRecord flow = FlowLogFormat.DEFAULT.parseLine(
                "2 123456789012 eni-1 10.0.0.4 10.0.0.5 123 33298 17 1 76 1640995465 1640995493 ACCEPT OK");
        System.out.println("line " + flow.protocolName().orElseThrow() + " " + flow.startTime().orElseThrow() + " "
                + flow.lineNumber() + " " + flow.get("some-future-field").isPresent());
    }

    private static void tables() {
        System.out.println("tables " + IpProtocol.keyword(6).orElseThrow() + " " + TrafficPath.of(2).description());
    }

    private static ByteArrayInputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return out.toByteArray();
    }
}
