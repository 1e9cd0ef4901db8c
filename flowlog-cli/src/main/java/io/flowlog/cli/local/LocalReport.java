package io.flowlog.cli.local;

import io.flowlog.cli.local.LocalRun.Delivered;
import io.flowlog.cli.local.LocalRun.Lake;
import io.flowlog.cli.local.LocalRun.StoredObject;
import io.flowlog.cli.shared.Sizes;
import io.flowlog.cli.shared.Table;
import java.io.PrintStream;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** The output of {@code flowlog local}, step by step. */
final class LocalReport {
    /** The columns between the name of a file and its result. A narrow terminal shows only some of them. */
    private static final List<Column> COLUMNS = List.of(
            new Column(11, true), // records
            new Column(9, false), // malformed
            new Column(7, false), // batches
            new Column(9, true), // object
            new Column(9, false), // text
            new Column(9, true), // sent
            new Column(7, true)); // time

    /** The width of a line without the name, with all columns and with few. */
    private static final int WIDE_REST = 89;

    private static final int LONGEST_REST = 57;

    private record Column(int width, boolean alwaysShown) {}

    private final PrintStream out;
    private final int width;
    private boolean isNarrow;
    private int nameWidth;
    private int delivered;
    private int objects;
    private long records;
    private long filtered;
    private long sampledOut;
    private long malformed;
    private long batches;
    private long bytesIn;
    private long textBytes;
    private long bytesOut;
    private long expected;
    private boolean damaged;
    private Duration time = Duration.ZERO;

    /**
     * A report.
     *
     * @param width the longest line, if possible
     */
    LocalReport(PrintStream out, int width) {
        this.out = out;
        this.width = width;
    }

    void begin(URI s3, String bucket, RuntimeClient client, Lake lake) {
        out.println("Flow logs from S3 through the Lambda function to a log lake, on this machine");
        out.println();
        out.println("  S3        " + s3 + ", bucket " + bucket + " (s3proxy in this program)");
        out.println("  function  flowlog-lambda.jar in a separate JVM, under " + client.description());
        out.println("  lake      " + lake.shown() + (lake.own() == null ? "" : " (in this program)"));
        out.println();
    }

    void objects(List<StoredObject> stored) {
        objects = stored.size();
        out.println("Uploaded to the bucket");
        for (StoredObject object : stored) {
            nameWidth = Math.max(nameWidth, name(object).length());
            expected += object.file().records();
            damaged |= object.file().damage() != null;
        }
        nameWidth = Math.min(nameWidth, width - LONGEST_REST);
        isNarrow = nameWidth + WIDE_REST > width;
        for (StoredObject object : stored) {
            int room = width - nameWidth - 4;
            out.println("  " + padded(name(object)) + "  " + Table.shortened(object.key(), room));
        }
        out.println();
        out.println("Delivered by the function, one event at a time");
        line("file", List.of("records", "malformed", "batches", "object", "text", "sent", "time", ""));
    }

    void delivery(Delivered one) {
        var file = one.object().file();
        line(
                name(one.object()),
                List.of(
                        String.format(Locale.ROOT, "%,d", one.records()),
                        String.format(Locale.ROOT, "%,d", file.malformed()),
                        Long.toString(one.batches()),
                        Sizes.bytes(file.size()),
                        Sizes.bytes(file.textBytes()),
                        Sizes.bytes(one.bytesOut()),
                        Sizes.seconds(one.time()),
                        one.failure() != null ? "FAILED" : file.records() == 0 ? "no records" : "delivered"));
        out.flush();
        if (one.failure() == null) {
            delivered++;
        }
        records += one.records();
        filtered += one.filtered();
        sampledOut += one.sampledOut();
        malformed += file.malformed();
        batches += one.batches();
        bytesIn += file.size();
        textBytes += file.textBytes();
        bytesOut += one.bytesOut();
        time = time.plus(one.time());
    }

    void end(Lake lake) {
        out.println();
        out.printf(
                Locale.ROOT,
                "%s  %,d of %s, %s, in %s%n",
                delivered == objects ? "Delivered" : "NOT all delivered:",
                delivered,
                Sizes.count(objects, "object"),
                // The number of records in a damaged file is not known.
                damaged ? Sizes.count(records, "record") : recordsOfExpected(),
                Sizes.count(batches, "batch"));
        if (filtered + sampledOut > 0) {
            out.printf(
                    Locale.ROOT,
                    "Read       %,d = %,d delivered + %,d filtered out + %,d sampled out + %,d malformed%n",
                    records + filtered + sampledOut + malformed,
                    records,
                    filtered,
                    sampledOut,
                    malformed);
        }
        if (malformed > 0) {
            out.printf(Locale.ROOT, "Skipped    %s%n", Sizes.count(malformed, "malformed line"));
        }
        out.printf(
                Locale.ROOT,
                "In         %s in S3, %s of text (%s)%n",
                Sizes.bytes(bytesIn),
                Sizes.bytes(textBytes),
                Sizes.ratio(textBytes, bytesIn));
        LocalLake own = lake.own();
        if (own == null) {
            out.printf(Locale.ROOT, "Out        %s of request bodies%n", Sizes.bytes(bytesOut));
        } else {
            LocalLake.Received got = own.received();
            out.printf(
                    Locale.ROOT,
                    "Out        %s in request bodies, %s of JSON (%s)%n",
                    Sizes.bytes(got.bodyBytes()),
                    Sizes.bytes(got.jsonBytes()),
                    Sizes.ratio(got.jsonBytes(), got.bodyBytes()));
        }
        out.printf(Locale.ROOT, "Time       %s in the function, including its start%n", Sizes.seconds(time));
        if (own != null && !own.lines().isEmpty()) {
            out.println();
            out.println("The first records as the lake received them");
            own.lines().forEach(out::println);
        }
        out.flush();
    }

    private void line(String name, List<String> values) {
        StringBuilder line = new StringBuilder("  ").append(padded(name));
        for (int i = 0; i < COLUMNS.size(); i++) {
            Column column = COLUMNS.get(i);
            if (!isNarrow || column.alwaysShown) {
                line.append(String.format(Locale.ROOT, "  %" + column.width + "s", values.get(i)));
            }
        }
        out.println(
                line.append("  ").append(values.get(COLUMNS.size())).toString().stripTrailing());
    }

    private String recordsOfExpected() {
        return String.format(Locale.ROOT, "%,d of %s", records, Sizes.count(expected, "record"));
    }

    private String padded(String text) {
        String cut = Table.shortened(text, Math.max(1, nameWidth));
        return cut + " ".repeat(Math.max(0, nameWidth - cut.codePointCount(0, cut.length())));
    }

    private static String name(StoredObject object) {
        return object.file().label();
    }
}
