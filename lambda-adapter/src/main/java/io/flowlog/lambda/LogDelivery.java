package io.flowlog.lambda;

import io.flowlog.lambda.Metrics.Metric;
import io.flowlog.lambda.Outcome.Accounts;
import io.flowlog.parser.FlowLogCounts;
import io.flowlog.parser.FlowLogFormat;
import io.flowlog.parser.FlowLogReader;
import io.flowlog.parser.MalformedLine;
import io.flowlog.sink.http.DeliveryException;
import io.flowlog.sink.http.DeliveryReport;
import io.flowlog.sink.http.SourceId;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Delivers log events of CloudWatch Logs, or finds out why that is not possible. */
final class LogDelivery implements WorkDelivery {
    static final String NO_FORMAT =
            Settings.FORMAT + " is not set, and lines of flow logs have no header here; set it to"
                    + " the format of the flow log, or to default";

    private final InvocationScope scope;
    private final LogData data;
    private final LakeSide lake;

    private volatile Subject subject;
    private volatile boolean started;
    private volatile boolean aborted;

    LogDelivery(InvocationScope scope, LogData data) {
        this.scope = scope;
        this.data = data;
        this.lake = new LakeSide(scope);
        this.subject = Subject.of(data);
    }

    @Override
    public void abort() {
        aborted = true;
    }

    @Override
    public Outcome unfinished() {
        return failed(FailureReason.DEADLINE, started ? NOT_FINISHED + "; " + lake.waitingFor() : NOT_STARTED, null);
    }

    @Override
    public Outcome run() {
        started = true;
        try {
            if (aborted || scope.deadline().passed()) {
                return failed(FailureReason.DEADLINE, NOT_STARTED, null);
            }
            LogBatch batch = LogBatch.decode(data.base64());
            if (batch.isControl()) {
                scope.metrics().add(Metric.IGNORED, 1);
                ObjectLog.control(subject);
                return Outcome.done(subject, "a control message, nothing to deliver", null);
            }
            subject = Subject.of(data, batch);
            return deliver(batch);
        } catch (LogDataException e) {
            return failed(FailureReason.LOG_DATA_INVALID, String.valueOf(e.getMessage()), null);
        } catch (IOException | RuntimeException e) {
            RuntimeException defect =
                    e instanceof RuntimeException unchecked ? unchecked : new IllegalStateException(e);
            ObjectLog.defect(subject, defect);
            String text = "internal error (" + e.getClass().getSimpleName() + "); please report it";
            return failed(FailureReason.INTERNAL_ERROR, text, null);
        }
    }

    private Outcome deliver(LogBatch batch) throws IOException {
        FlowLogFormat format = scope.settings().format().orElse(null);
        if (format == null) {
            return failed(FailureReason.FORMAT_MISSING, NO_FORMAT, null);
        }
        Outcome failureOfAll = scope.failureOfAll().get();
        if (failureOfAll != null && failureOfAll.reason() != null) {
            return failed(failureOfAll.reason(), "not tried: " + failureOfAll.text(), null);
        }
        Duration left = scope.deadline().left();
        return left.isZero() ? failed(FailureReason.DEADLINE, NOT_FINISHED, null) : send(batch, format, left);
    }

    private Outcome send(LogBatch batch, FlowLogFormat format, Duration left) throws IOException {
        MalformedSamples malformed = new MalformedSamples(subject);
        SourceId id = batch.sourceId();
        lake.sending(id);
        try (FlowLogReader reader = FlowLogReader.builder()
                .name("the log events")
                .format(format)
                .onMalformed(malformed)
                .open(batch.lines().open())) {
            DeliveryReport report = scope.connections().sink().send(id, reader, left);
            FlowLogCounts counts = reader.counts();
            if (counts.blank() + counts.headers() > 0) {
                ObjectLog.noRecords(subject, counts);
            }
            return sent(accounts(report), malformed.first());
        } catch (DeliveryException e) {
            return failed(e, accounts(e.report()), malformed.first());
        } finally {
            lake.sent();
        }
    }

    private Accounts accounts(DeliveryReport report) {
        return new Accounts(null, data.size(), report);
    }

    /** If no line at all has the columns of the format, a tolerant ratio of malformed lines must not hide it. */
    private Outcome sent(Accounts accounts, @Nullable MalformedLine malformed) {
        DeliveryReport report = accounts.report();
        if (report.records() == 0 && malformed != null && differsFromFormat(malformed)) {
            return failed(
                    FailureReason.FORMAT_MISMATCH,
                    mismatch(malformed, report.malformed() + " of " + report.malformed() + " lines are malformed"),
                    accounts);
        }
        return Outcome.done(subject, report.records() + " records delivered", accounts);
    }

    private Outcome failed(DeliveryException e, Accounts accounts, @Nullable MalformedLine malformed) {
        if (!aborted
                && e.reason() == DeliveryException.Reason.MALFORMED
                && malformed != null
                && differsFromFormat(malformed)) {
            return failed(FailureReason.FORMAT_MISMATCH, mismatch(malformed, e.detail()), accounts);
        }
        if (!aborted && e.reason() == DeliveryException.Reason.SOURCE) {
            // What the parser recognises by the first bytes, such as Parquet.
            ObjectProblem problem = e.getCause() == null ? null : ObjectProblem.of(e.getCause());
            if (problem != null) {
                return failed(
                        FailureReason.LOG_DATA_INVALID, "the messages are not flow logs: " + problem.text(), accounts);
            }
        }
        LakeSide.Failure failure = lake.failure(e, aborted, accounts.bytesIn());
        return failed(failure.reason(), failure.text(), accounts);
    }

    static boolean differsFromFormat(MalformedLine line) {
        return line.kind() == MalformedLine.Kind.TOO_FEW_COLUMNS || line.kind() == MalformedLine.Kind.TOO_MANY_COLUMNS;
    }

    static String mismatch(MalformedLine first, String detail) {
        return "line " + first.lineNumber() + " differs from " + Settings.FORMAT + ": " + first.reason() + "; "
                + detail;
    }

    private Outcome failed(FailureReason reason, String text, @Nullable Accounts accounts) {
        return Outcome.failed(subject, reason, text, accounts);
    }
}
