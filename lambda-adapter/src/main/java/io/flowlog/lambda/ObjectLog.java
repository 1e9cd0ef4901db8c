package io.flowlog.lambda;

import io.flowlog.lambda.Outcome.Accounts;
import io.flowlog.parser.MalformedLine;
import io.flowlog.s3.S3ObjectRef;
import io.flowlog.sink.http.DeliveryReport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

/** The log lines about objects. Their names and members are documented in {@code docs/operations.md}. */
final class ObjectLog {
    private static final Logger LOG = LoggerFactory.getLogger(ObjectLog.class);

    /** The line that ends every object: {@code object_delivered} or {@code object_failed}. */
    static void ended(Outcome outcome) {
        Accounts accounts = outcome.accounts();
        FailureReason reason = outcome.reason();
        if (reason != null) {
            LoggingEventBuilder line = line(Level.ERROR, outcome.object())
                    .addKeyValue("reason", reason.code())
                    .addKeyValue("permanent", reason.permanent())
                    .addKeyValue("error", outcome.text());
            (accounts == null ? line : with(line, accounts)).log("object_failed");
        } else if (accounts != null) {
            boolean rejected = accounts.report().rejected() > 0;
            with(line(rejected ? Level.WARN : Level.INFO, outcome.object()), accounts)
                    .log("object_delivered");
        }
    }

    /** An object with nothing to deliver: {@code marker}, {@code directory_marker} or {@code empty_object}. */
    static void empty(S3ObjectRef object, String kind) {
        line(kind.equals("empty_object") ? Level.WARN : Level.INFO, object).log(kind);
    }

    static void replaced(S3ObjectRef object) {
        line(Level.WARN, object).log("object_replaced");
    }

    static void malformed(S3ObjectRef object, MalformedLine malformed) {
        line(Level.WARN, object)
                .addKeyValue("line", malformed.lineNumber())
                .addKeyValue("column", malformed.column().orElse(null))
                .addKeyValue("error", malformed.reason())
                .addKeyValue("sample", malformed.sample())
                .log(malformed.kind() == MalformedLine.Kind.TOO_LONG ? "oversized_line" : "malformed_line");
    }

    static void defect(S3ObjectRef object, RuntimeException defect) {
        line(Level.ERROR, object).setCause(defect).log("internal_error");
    }

    private static LoggingEventBuilder line(Level level, S3ObjectRef object) {
        return LOG.atLevel(level)
                .addKeyValue("bucket", object.bucket())
                .addKeyValue("key", object.key())
                .addKeyValue("versionId", object.versionId());
    }

    private static LoggingEventBuilder with(LoggingEventBuilder line, Accounts accounts) {
        DeliveryReport report = accounts.report();
        return line.addKeyValue("etag", accounts.etag())
                .addKeyValue("records", report.records())
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
