package io.flowlog.cli.doctor;

import io.flowlog.lambda.ObjectProblem;
import io.flowlog.parser.FlowLogField;
import io.flowlog.parser.FlowLogFormat;
import io.flowlog.parser.FlowLogRow;
import io.flowlog.parser.MalformedLine;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What was found out about one input, or about all of them. Its memory does not depend on the size of the input. */
final class Findings {
    private static final int SAMPLES = 3;
    private static final int MOST_STATUSES = 20;
    static final int MOST_FORMATS = 100;

    String kind = "";
    long storedBytes;
    long textBytes;
    /** What made the text smaller, such as gzip; empty if it is stored as it is. */
    String compression = "";

    long records;
    long malformed;
    /** 0 if there is no version column. */
    long writtenVersion;

    /** Why the function does not deliver it; null if it does. */
    @Nullable
    ObjectProblem problem;

    /** The log's word if there is nothing to deliver, such as {@code empty_object}. */
    @Nullable
    String nothing;

    /** How much smaller gzip makes it, if it is not compressed. */
    double compressibility;

    final Set<FlowLogFormat> formats = new LinkedHashSet<>();
    final Map<String, Long> statuses = new TreeMap<>();
    final Map<MalformedLine.Kind, Long> malformedKinds = new EnumMap<>(MalformedLine.Kind.class);
    final List<MalformedLine> samples = new ArrayList<>();
    final Distinct interfaces = new Distinct();
    final Distinct attachments = new Distinct();
    final Distinct accounts = new Distinct();
    final Times times = new Times();

    private byte[] value = new byte[1 << 16];
    private @Nullable FlowLogFormat current;
    private int statusColumn;
    private int interfaceColumn;
    private int attachmentColumn;
    private int accountColumn;
    private int versionColumn;
    private int startColumn;
    private int endColumn;

    void format(FlowLogFormat format) {
        if (formats.size() < MOST_FORMATS) {
            formats.add(format);
        }
        current = format;
        statusColumn = format.indexOf(FlowLogField.LOG_STATUS);
        interfaceColumn = format.indexOf(FlowLogField.INTERFACE_ID);
        attachmentColumn = format.indexOf(FlowLogField.TGW_ATTACHMENT_ID);
        accountColumn = format.indexOf(FlowLogField.ACCOUNT_ID);
        versionColumn = format.indexOf(FlowLogField.VERSION);
        startColumn = format.indexOf(FlowLogField.START);
        endColumn = format.indexOf(FlowLogField.END);
    }

    void record(FlowLogRow row) {
        records++;
        if (row.format() != current) {
            format(row.format());
        }
        if (versionColumn >= 0) {
            writtenVersion = Math.max(writtenVersion, row.longValue(versionColumn, 0));
        }
        long start = startColumn < 0 ? -1 : row.longValue(startColumn, -1);
        times.add(start, endColumn < 0 ? -1 : row.longValue(endColumn, -1));
        add(row, interfaceColumn, interfaces);
        add(row, attachmentColumn, attachments);
        add(row, accountColumn, accounts);
        if (statusColumn >= 0) {
            int length = copy(row, statusColumn);
            String status = length == 0 ? "-" : new String(value, 0, length, StandardCharsets.UTF_8);
            add(status, 1);
        }
    }

    private void add(FlowLogRow row, int column, Distinct values) {
        if (column >= 0 && !row.isAbsent(column)) {
            values.add(value, copy(row, column));
        }
    }

    private int copy(FlowLogRow row, int column) {
        if (row.length(column) > value.length) {
            value = new byte[row.length(column)];
        }
        return row.copyTo(column, value, 0);
    }

    private void add(String status, long count) {
        String known = statuses.size() < MOST_STATUSES || statuses.containsKey(status) ? status : "others";
        statuses.merge(known, count, Long::sum);
    }

    void malformed(MalformedLine line) {
        malformedKinds.merge(line.kind(), 1L, Long::sum);
        if (samples.size() < SAMPLES) {
            samples.add(line);
        }
    }

    /** Adds what was found in another input, for the sum. */
    void addAll(Findings other) {
        storedBytes += other.storedBytes;
        textBytes += other.textBytes;
        records += other.records;
        malformed += other.malformed;
        writtenVersion = Math.max(writtenVersion, other.writtenVersion);
        other.formats.stream().limit(MOST_FORMATS - (long) formats.size()).forEach(formats::add);
        other.statuses.forEach(this::add);
        other.malformedKinds.forEach((reason, count) -> malformedKinds.merge(reason, count, Long::sum));
        interfaces.addAll(other.interfaces);
        attachments.addAll(other.attachments);
        accounts.addAll(other.accounts);
        times.addAll(other.times);
    }

    boolean isFlowLog() {
        return !formats.isEmpty();
    }

    /** All columns of all formats. */
    Set<String> columns() {
        Set<String> columns = new LinkedHashSet<>();
        formats.forEach(format -> columns.addAll(format.columns()));
        return columns;
    }

    static List<String> unknown(Collection<String> columns) {
        return columns.stream().filter(name -> FlowLogField.of(name).isEmpty()).toList();
    }

    /** The highest version among the fields; 0 if AWS documents none of them. */
    static int version(Collection<String> columns) {
        return columns.stream()
                .flatMap(name -> FlowLogField.of(name).stream())
                .mapToInt(FlowLogField::since)
                .max()
                .orElse(0);
    }

    /** VPC or transit gateway, if a column tells. */
    static String log(Collection<String> columns) {
        List<FlowLogField> fields =
                columns.stream().flatMap(name -> FlowLogField.of(name).stream()).toList();
        if (fields.stream().anyMatch(field -> !field.isInVpcLogs())) {
            return "transit gateway flow log";
        }
        return fields.stream().anyMatch(field -> !field.isInTransitGatewayLogs()) ? "VPC flow log" : "flow log";
    }

    /** As AWS's settings of a flow log have it. */
    static String forAws(FlowLogFormat format) {
        return "${" + String.join("} ${", format.columns()) + "}";
    }

    String statusText() {
        Map<String, String> texts = new LinkedHashMap<>();
        statuses.forEach((status, count) -> texts.put(status, String.format(Locale.ROOT, "%,d %s", count, status)));
        return String.join(", ", texts.values());
    }
}
