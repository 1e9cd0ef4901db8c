package io.flowlog.lambda;

import io.flowlog.lambda.Outcome.Accounts;
import io.flowlog.parser.FlowLogCounts;
import io.flowlog.parser.MalformedLine;
import io.flowlog.s3.S3ObjectRef;
import io.flowlog.sink.http.DeliveryReport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

/** The log lines about objects and log events. Their names and members are documented in {@code docs/operations.md}. */
final class ObjectLog {
    private static final Logger LOG = LoggerFactory.getLogger(ObjectLog.class);

    /** The line that ends every object, {@code object_delivered} or {@code object_failed}, and the same for log events. */
    static void ended(Outcome outcome) {
        Accounts accounts = outcome.accounts();
        FailureReason reason = outcome.reason();
        if (reason != null) {
            LoggingEventBuilder line = line(Level.ERROR, outcome.subject())
                    .addKeyValue("reason", reason.code())
                    .addKeyValue("permanent", reason.permanent())
                    .addKeyValue("error", outcome.text());
            (accounts == null ? line : with(line, accounts))
                    .log(outcome.subject().kind() + "_failed");
        } else if (accounts != null) {
            boolean rejected = accounts.report().rejected() > 0;
            with(line(rejected ? Level.WARN : Level.INFO, outcome.subject()), accounts)
                    .log(outcome.subject().kind() + "_delivered");
        }
    }

    /** An object with nothing to deliver: {@code marker}, {@code directory_marker} or {@code empty_object}. */
    static void empty(S3ObjectRef object, String kind) {
        line(kind.equals("empty_object") ? Level.WARN : Level.INFO, Subject.of(object))
                .log(kind);
    }

    static void replaced(S3ObjectRef object) {
        line(Level.WARN, Subject.of(object)).log("object_replaced");
    }

    static void malformed(Subject subject, MalformedLine malformed) {
        line(Level.WARN, subject)
                .addKeyValue("line", malformed.lineNumber())
                .addKeyValue("column", malformed.column().orElse(null))
                .addKeyValue("error", malformed.reason())
                .addKeyValue("sample", malformed.sample())
                .log(malformed.kind() == MalformedLine.Kind.TOO_LONG ? "oversized_line" : "malformed_line");
    }

    static void defect(Subject subject, RuntimeException defect) {
        line(Level.ERROR, subject).setCause(defect).log("internal_error");
    }

    /** Log events that are blank, or are a header. */
    static void noRecords(Subject subject, FlowLogCounts counts) {
        line(Level.WARN, subject)
                .addKeyValue("blank", counts.blank())
                .addKeyValue("headers", counts.headers())
                .log("lines_without_record");
    }

    /** Log events that only check whether the function is there. */
    static void control(Subject subject) {
        line(Level.INFO, subject).log("control_message");
    }

    private static LoggingEventBuilder line(Level level, Subject subject) {
        LoggingEventBuilder line = LOG.atLevel(level);
        subject.members().forEach(line::addKeyValue);
        return line;
    }

    private static LoggingEventBuilder with(LoggingEventBuilder line, Accounts accounts) {
        DeliveryReport report = accounts.report();
        if (accounts.etag() != null) {
            line.addKeyValue("etag", accounts.etag());
        }
        return line.addKeyValue("records", report.records())
                .addKeyValue("acknowledged", report.acknowledged())
                .addKeyValue("filtered", report.filtered())
                .addKeyValue("sampledOut", report.sampledOut())
                .addKeyValue("malformed", report.malformed())
                .addKeyValue("rejected", report.rejected())
                .addKeyValue("batches", report.batches())
                .addKeyValue("retries", report.retries())
                .addKeyValue("bytesIn", accounts.bytesIn())
                .addKeyValue("bytesOut", report.bodyBytes())
                .addKeyValue("milliseconds", report.elapsed().toMillis());
    }

    private ObjectLog() {}
}
