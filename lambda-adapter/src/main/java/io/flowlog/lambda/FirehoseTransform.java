package io.flowlog.lambda;

import io.flowlog.lambda.FirehoseAnswer.Result;
import io.flowlog.lambda.Metrics.Metric;
import io.flowlog.parser.FlowLogCounts;
import io.flowlog.parser.FlowLogFormat;
import io.flowlog.parser.FlowLogReader;
import io.flowlog.parser.MalformedLine;
import io.flowlog.sink.http.JsonLines;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns the records of one Firehose event into JSON lines. Nothing is sent. A record with a malformed line fails as a whole,
 * so that Firehose keeps it as it came. For one thread.
 */
final class FirehoseTransform {
    private static final Logger LOG = LoggerFactory.getLogger(FirehoseTransform.class);
    /** The first failed records are logged one by one, and the summary counts all. */
    private static final int LOGGED_FAILURES = 20;

    private final InvocationScope scope;
    private final FirehoseEvent event;
    private final JsonLines json;
    private final long started = System.nanoTime();
    private int ok;
    private int dropped;
    private int failed;
    private long written;
    private long filtered;
    private long sampledOut;
    private long malformed;
    private long bytesIn;
    private long bytesOut;

    FirehoseTransform(InvocationScope scope, FirehoseEvent event) {
        this.scope = scope;
        this.event = event;
        this.json = scope.settings().sink().jsonLines();
    }

    /** A record that fails. */
    private static final class FailedRecord extends Exception {
        private static final long serialVersionUID = 1L;

        private final FailureReason reason;

        FailedRecord(FailureReason reason, String text) {
            super(text, null, false, false);
            this.reason = reason;
        }
    }

    /** Throws if no record can be transformed, so that Firehose tries again and then keeps them as they came. */
    FirehoseAnswer run() {
        FlowLogFormat format = scope.settings()
                .format()
                .orElseThrow(() -> refused(FailureReason.FORMAT_MISSING, LogDelivery.NO_FORMAT));
        FirehoseAnswer answer = new FirehoseAnswer(event.records());
        if (!answer.isPossible()) {
            throw refused(
                    FailureReason.ANSWER_TOO_LARGE,
                    "the records do not fit into an answer of " + FirehoseAnswer.MAX_BYTES
                            + " bytes; lower the buffer size of Firehose");
        }
        for (FirehoseEvent.Item record : event.records()) {
            if (scope.deadline().passed()) {
                throw refused(FailureReason.DEADLINE, WorkDelivery.NOT_FINISHED);
            }
            transform(record, format, answer);
        }
        summary();
        return answer;
    }

    private InvocationFailedException refused(FailureReason reason, String text) {
        scope.metrics().add(Metric.FAILURES, 1);
        LOG.atError()
                .addKeyValue("deliveryStream", event.deliveryStream())
                .addKeyValue("reason", reason.code())
                .addKeyValue("permanent", reason.permanent())
                .addKeyValue("error", text)
                .log("firehose_failed");
        return new InvocationFailedException(text);
    }

    private void transform(FirehoseEvent.Item record, FlowLogFormat format, FirehoseAnswer answer) {
        try {
            byte[] lines = convert(record, format, answer.room(record));
            if (lines.length == 0) {
                answer.unchanged(record, Result.DROPPED);
                dropped++;
            } else {
                answer.ok(record, lines);
                ok++;
                bytesOut += lines.length;
            }
        } catch (FailedRecord e) {
            failed(record, e.reason, String.valueOf(e.getMessage()));
            answer.unchanged(record, Result.PROCESSING_FAILED);
        } catch (LogDataException e) {
            failed(record, FailureReason.LOG_DATA_INVALID, String.valueOf(e.getMessage()));
            answer.unchanged(record, Result.PROCESSING_FAILED);
        }
    }

    private void failed(FirehoseEvent.Item record, FailureReason reason, String text) {
        if (failed++ < LOGGED_FAILURES) {
            LOG.atError()
                    .addKeyValue("recordId", record.recordId())
                    .addKeyValue("reason", reason.code())
                    .addKeyValue("permanent", reason.permanent())
                    .addKeyValue("error", text)
                    .log("firehose_record_failed");
        }
    }

    private byte[] convert(FirehoseEvent.Item record, FlowLogFormat format, long room)
            throws FailedRecord, LogDataException {
        FirehoseData.Lines data = new FirehoseData(record, event.deliveryStream()).decode();
        bytesIn += data.bytesIn();
        MalformedSamples samples = new MalformedSamples(subject(record));
        Bounded out = new Bounded(room);
        try (FlowLogReader reader = FlowLogReader.builder()
                .name("the record")
                .format(format)
                .onMalformed(samples)
                .open(data.lines().open())) {
            JsonLines.Counts counts = json.convert(data.source(), reader, out);
            check(reader.counts(), samples.first());
            if (out.exceeded) {
                throw new FailedRecord(
                        FailureReason.ANSWER_TOO_LARGE,
                        "the answer would exceed " + FirehoseAnswer.MAX_BYTES
                                + " bytes; lower the buffer size of Firehose");
            }
            written += counts.written();
            filtered += counts.filtered();
            sampledOut += counts.sampledOut();
            return out.toByteArray();
        } catch (IllegalArgumentException e) {
            throw refused(FailureReason.RECORD_ID_FIELD, String.valueOf(e.getMessage()));
        } catch (IOException e) {
            ObjectProblem problem = ObjectProblem.of(e);
            throw new FailedRecord(
                    FailureReason.LOG_DATA_INVALID,
                    problem == null ? "the data cannot be read" : "the data is not flow logs: " + problem.text());
        }
    }

    private void check(FlowLogCounts counts, @Nullable MalformedLine first) throws FailedRecord {
        malformed += counts.malformed();
        if (first == null) {
            return;
        }
        if (LogDelivery.differsFromFormat(first)) {
            throw new FailedRecord(
                    FailureReason.FORMAT_MISMATCH,
                    LogDelivery.mismatch(first, counts.malformed() + " lines of the record are malformed"));
        }
        throw new FailedRecord(FailureReason.TOO_MANY_MALFORMED, first.toString());
    }

    private Subject subject(FirehoseEvent.Item record) {
        Map<String, @Nullable String> members = new LinkedHashMap<>();
        members.put("recordId", record.recordId());
        return new Subject("firehose_record", "Firehose record " + record.recordId(), members);
    }

    private void summary() {
        Metrics metrics = scope.metrics();
        metrics.add(Metric.OBJECTS, event.records().size());
        metrics.add(Metric.RECORDS, written);
        metrics.add(Metric.FILTERED, filtered);
        metrics.add(Metric.SAMPLED_OUT, sampledOut);
        metrics.add(Metric.MALFORMED, malformed);
        metrics.add(Metric.FAILURES, failed);
        metrics.add(Metric.BYTES_IN, bytesIn);
        metrics.add(Metric.BYTES_OUT, bytesOut);
        (failed > 0 ? LOG.atWarn() : LOG.atInfo())
                .addKeyValue("deliveryStream", event.deliveryStream())
                .addKeyValue("ok", ok)
                .addKeyValue("dropped", dropped)
                .addKeyValue("failed", failed)
                .addKeyValue("records", written + filtered + sampledOut)
                .addKeyValue("written", written)
                .addKeyValue("filtered", filtered)
                .addKeyValue("sampledOut", sampledOut)
                .addKeyValue("malformed", malformed)
                .addKeyValue("bytesIn", bytesIn)
                .addKeyValue("bytesOut", bytesOut)
                .addKeyValue("milliseconds", (System.nanoTime() - started) / 1_000_000)
                .log("firehose_transformed");
    }

    /** Keeps no more bytes than there is room for. */
    private static final class Bounded extends ByteArrayOutputStream {
        private final long room;
        private boolean exceeded;

        Bounded(long room) {
            this.room = room;
        }

        @Override
        public synchronized void write(byte[] bytes, int from, int length) {
            exceeded |= (long) size() + length > room;
            if (!exceeded) {
                super.write(bytes, from, length);
            }
        }
    }
}
