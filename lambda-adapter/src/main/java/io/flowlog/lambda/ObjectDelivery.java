package io.flowlog.lambda;

import io.flowlog.lambda.Delivery.Target;
import io.flowlog.lambda.Metrics.Metric;
import io.flowlog.parser.CorruptGzipException;
import io.flowlog.parser.FlowLogReader;
import io.flowlog.parser.LimitExceededException;
import io.flowlog.parser.NotAFlowLogException;
import io.flowlog.s3.S3ObjectRef;
import io.flowlog.s3.S3ObjectStream;
import io.flowlog.s3.S3ReadException;
import io.flowlog.sink.http.DeliveryException;
import io.flowlog.sink.http.DeliveryReport;
import io.flowlog.sink.http.SourceId;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Delivers one object, or finds out why it cannot be. Used by one thread; {@link #abort()} comes from another. */
final class ObjectDelivery {
    static final String NOT_FINISHED = ": not finished when the invocation's time was over";

    private final Work work;
    private final Target target;

    private volatile @Nullable S3ObjectStream open;
    private volatile boolean aborted;

    /**
     * What all deliveries of one invocation share.
     *
     * @param connections the process's clients
     * @param settings the settings
     * @param deadline when to stop
     * @param log where lines go
     * @param metrics the invocation's numbers
     * @param refusal set once the lake refused the token, so that the others do not hammer it
     */
    record Work(
            Connections connections,
            Settings settings,
            Deadline deadline,
            Log log,
            Metrics metrics,
            AtomicReference<@Nullable String> refusal) {}

    ObjectDelivery(Work work, Target target) {
        this.work = work;
        this.target = target;
    }

    Target target() {
        return target;
    }

    /** Makes the delivery end with a failure soon. */
    void abort() {
        aborted = true;
        S3ObjectStream stream = open;
        if (stream != null) {
            stream.abort();
        }
    }

    Outcome run() {
        String uri = target.object().uri();
        if (isMarkerName(target.object().key())) {
            return nothing("marker", uri);
        }
        if (aborted || work.deadline().passed()) {
            return failed(uri + ": not started, the invocation's time was over", false);
        }
        if (work.refusal().get() != null) {
            return failed(uri + ": not tried, because the lake refuses the token", false);
        }
        try (S3ObjectStream object = work.connections().flowLogs().open(target.object())) {
            open = object;
            if (aborted) {
                object.abort();
            }
            if (object.replaced()) {
                work.metrics().add(Metric.REPLACED, 1);
                describe(work.log().warn("object_replaced")).write();
            }
            if (object.contentLength() == 0) {
                return nothing(target.object().key().endsWith("/") ? "directory_marker" : "empty_object", uri);
            }
            return send(object, uri);
        } catch (S3ReadException e) {
            return aborted
                    ? failed(uri + NOT_FINISHED, false)
                    : failed(named(uri, e.getMessage()), e.reason().permanent());
        } catch (IOException e) {
            return failed(uri + ": " + e.getClass().getSimpleName(), false);
        } catch (RuntimeException e) {
            describe(work.log().error("internal_error")).with("stack", stack(e)).write();
            return Outcome.failed(uri + ": internal error (" + e.getClass().getSimpleName() + ")", false);
        }
    }

    private Outcome failed(String message, boolean forGood) {
        describe(work.log().error("object_failed")).with("error", message).write();
        return Outcome.failed(message, forGood);
    }

    /** Classes and lines only: an exception's message may show what must not be logged. */
    private static String stack(Throwable e) {
        return e.getClass().getName()
                + Arrays.stream(e.getStackTrace())
                        .limit(12)
                        .map(f -> " at " + f)
                        .collect(Collectors.joining());
    }

    private static boolean isMarkerName(String key) {
        return key.equals("_SUCCESS") || key.endsWith("/_SUCCESS");
    }

    private Outcome nothing(String what, String uri) {
        work.metrics().add(Metric.EMPTY, 1);
        Log.Line line =
                what.equals("empty_object") ? work.log().warn(what) : work.log().info(what);
        describe(line).write();
        return Outcome.done(uri + ": nothing to deliver (" + what + ")");
    }

    private Outcome send(S3ObjectStream object, String uri) throws IOException {
        Duration left = work.deadline().left();
        if (left.isZero()) {
            return failed(uri + NOT_FINISHED, false);
        }
        S3ObjectRef ref = target.object();
        MalformedSamples samples = new MalformedSamples(work.log(), ref);
        try (FlowLogReader reader = FlowLogReader.builder()
                .name(uri)
                .maxBytes(work.settings().maxObjectBytes())
                .onMalformed(samples)
                .open(object)) {
            DeliveryReport report = work.connections()
                    .sink()
                    .send(SourceId.ofObject(ref.bucket(), ref.key(), object.etag()), reader, left);
            count(report, object);
            Log.Level level = report.rejected() > 0 ? Log.Level.WARN : Log.Level.INFO;
            summary(work.log().line(level, "object_delivered"), report, object).write();
            return Outcome.done(uri + ": " + report.records() + " records delivered");
        } catch (DeliveryException e) {
            count(e.report(), object);
            if (e.reason() == DeliveryException.Reason.AUTH
                    || e.reason() == DeliveryException.Reason.HEADER_UNAVAILABLE) {
                work.refusal().set(uri);
            }
            Outcome outcome = failure(e, uri);
            summary(work.log().error("object_failed"), e.report(), object)
                    .with("error", outcome.message())
                    .write();
            return outcome;
        }
    }

    private Outcome failure(DeliveryException e, String uri) {
        if (aborted) {
            return Outcome.failed(uri + NOT_FINISHED, false);
        }
        if (e.reason() == DeliveryException.Reason.SOURCE) {
            return sourceFailure(e, uri);
        }
        for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof TokenException) {
                return Outcome.failed(uri + ": " + cause.getMessage(), false);
            }
        }
        if (e.reason() == DeliveryException.Reason.INTERRUPTED) {
            return Outcome.failed(uri + NOT_FINISHED, false);
        }
        if (e.reason() == DeliveryException.Reason.TIMEOUT) {
            // What was met until then, such as a lake that answers 503, is why the time was not enough.
            String met = String.valueOf(e.getMessage()).replace(uri + ": ", "");
            return Outcome.failed(uri + NOT_FINISHED + "; " + met, false);
        }
        boolean forGood = switch (e.reason()) {
            case MALFORMED, REFUSED, TLS, AUTH, TOO_LARGE, SETTINGS -> true;
            default -> false;
        };
        return Outcome.failed(named(uri, e.getMessage()), forGood);
    }

    private Outcome sourceFailure(DeliveryException e, String uri) {
        for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof S3ReadException s3) {
                return Outcome.failed(named(uri, s3.getMessage()), s3.reason().permanent());
            }
            if (cause instanceof NotAFlowLogException not) {
                return Outcome.failed(uri + ": " + advice(not), true);
            }
            if (cause instanceof CorruptGzipException) {
                work.metrics().add(Metric.CORRUPT, 1);
                return Outcome.failed(named(uri, "corrupt_object: " + cause.getMessage()), true);
            }
            if (cause instanceof LimitExceededException) {
                return Outcome.failed(named(uri, cause.getMessage() + " (" + Settings.MAX_OBJECT_BYTES + ")"), true);
            }
        }
        return Outcome.failed(named(uri, e.getMessage()), false);
    }

    private static String advice(NotAFlowLogException e) {
        return switch (e.kind()) {
            case PARQUET -> "a Parquet file; set the flow log's format to text";
            case NESTED_GZIP -> "unexpected_nested_gzip: gzip inside gzip";
            case NO_HEADER -> "not a flow log; set a prefix, so that only flow logs come here";
        };
    }

    private static String named(String uri, @Nullable String message) {
        String text = message == null ? "failed" : message;
        return text.contains(uri) ? text : uri + ": " + text;
    }

    private void count(DeliveryReport report, S3ObjectStream object) {
        work.metrics().add(Metric.RECORDS, report.acknowledged());
        work.metrics().add(Metric.MALFORMED, report.malformed());
        work.metrics().add(Metric.REJECTED, report.rejected());
        work.metrics().add(Metric.BATCHES, report.batches());
        work.metrics().add(Metric.RETRIES, report.retries());
        work.metrics().add(Metric.BYTES_IN, object.position());
        work.metrics().add(Metric.BYTES_OUT, report.bodyBytes());
    }

    private Log.Line summary(Log.Line line, DeliveryReport report, S3ObjectStream object) {
        return describe(line)
                .with("etag", object.etag())
                .with("records", report.records())
                .with("acknowledged", report.acknowledged())
                .with("malformed", report.malformed())
                .with("rejected", report.rejected())
                .with("batches", report.batches())
                .with("retries", report.retries())
                .with("bytesIn", object.position())
                .with("bytesOut", report.bodyBytes())
                .with("milliseconds", report.elapsed().toMillis());
    }

    private Log.Line describe(Log.Line line) {
        return line.with("bucket", target.object().bucket())
                .with("key", target.object().key())
                .with("versionId", target.object().versionId());
    }
}
