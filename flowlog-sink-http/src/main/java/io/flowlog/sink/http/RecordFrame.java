package io.flowlog.sink.http;

import io.flowlog.parser.FlowLogFormat;
import io.flowlog.parser.FlowLogRow;
import java.nio.charset.StandardCharsets;

/**
 * What a lake wants around the members of a record: a text before it, with the record's id or not; an object that holds
 * the record's time; and perhaps the record as an object within that one.
 */
final class RecordFrame {
    /** The forms. Objects are written with a comma before every member; the first one becomes the opening brace. */
    enum Kind {
        LINES,
        BULK,
        SPLUNK,
        DATADOG
    }

    private static final byte[] NOTHING = {};

    /** Before the id; empty if there is none. */
    final byte[] beforeId;
    /** After the id, or before the object. */
    final byte[] lead;
    /** Members before the time. */
    final byte[] first;
    /** Before and after the seconds of the time; both empty if the record carries no time. */
    final byte[] timeHead;

    final byte[] timeTail;
    /** After the time: the name of the member that is the record, or nothing. */
    final byte[] nested;
    /** After the record's closing brace. */
    final byte[] close;

    private RecordFrame(
            String beforeId, String lead, String first, String timeHead, String timeTail, String nested, String close) {
        this.beforeId = ascii(beforeId);
        this.lead = ascii(lead);
        this.first = ascii(first);
        this.timeHead = ascii(timeHead);
        this.timeTail = ascii(timeTail);
        this.nested = ascii(nested);
        this.close = ascii(close);
    }

    static RecordFrame of(Kind kind, String sourceHex) {
        String milliseconds = "000";
        return switch (kind) {
            case LINES -> new RecordFrame("", "", "", "", "", "", "");
            case BULK -> {
                boolean ids = !sourceHex.isEmpty();
                yield new RecordFrame(
                        ids ? "{\"create\":{\"_id\":\"" + sourceHex + "-" : "",
                        ids ? "\"}}\n" : "{\"create\":{}}\n",
                        "",
                        ",\"@timestamp\":",
                        milliseconds,
                        "",
                        "");
            }
            case SPLUNK ->
                new RecordFrame(
                        "", "", "", ",\"time\":", "", ",\"sourcetype\":\"aws:cloudwatchlogs:vpcflow\",\"event\":", "}");
            case DATADOG ->
                new RecordFrame(
                        "",
                        ",",
                        ",\"ddsource\":\"vpc\",\"ddtags\":\"forwarder:flowlog\"",
                        ",\"timestamp\":",
                        milliseconds,
                        "",
                        "");
        };
    }

    private static byte[] ascii(String text) {
        return text.isEmpty() ? NOTHING : text.getBytes(StandardCharsets.US_ASCII);
    }

    boolean isEmpty() {
        return beforeId.length + lead.length + timeHead.length == 0;
    }

    /** Upper bound of what surrounds a record. */
    int maxBytes() {
        return beforeId.length
                + lead.length
                + first.length
                + timeHead.length
                + timeTail.length
                + nested.length
                + close.length
                + 64;
    }

    /** The seconds since 1970 at which the record ends, or else begins; -1 if it has neither. */
    static long seconds(FlowLogRow row, int endColumn, int startColumn) {
        long end = endColumn < 0 ? -1 : row.longValue(endColumn, -1);
        return end >= 0 || startColumn < 0 ? end : row.longValue(startColumn, -1);
    }

    static int timeColumn(FlowLogFormat format, String name) {
        int column = format.indexOf(name);
        return column >= 0 && format.isInteger(column) ? column : -1;
    }
}
