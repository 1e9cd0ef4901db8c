package io.flowlog.lambda;

import io.flowlog.lambda.Metrics.Metric;
import io.flowlog.lambda.Outcome.Accounts;
import io.flowlog.parser.FlowLogReader;
import io.flowlog.s3.S3ObjectRef;
import io.flowlog.s3.S3ObjectStream;
import io.flowlog.s3.S3ReadException;
import io.flowlog.sink.http.DeliveryException;
import io.flowlog.sink.http.DeliveryReport;
import io.flowlog.sink.http.SourceId;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Delivers one object, or finds out why that is not possible. */
final class ObjectDelivery implements WorkDelivery {
    private static final String NO_ANSWER_OF_S3 = "S3 has not answered the request for the object";

    private final InvocationScope scope;
    private final LakeSide lake;
    private final S3ObjectRef ref;

    private volatile boolean started;
    private volatile boolean aborted;
    private volatile @Nullable S3ObjectStream open;
    private volatile @Nullable WatchedObject bytes;

    ObjectDelivery(InvocationScope scope, S3ObjectRef ref) {
        this.scope = scope;
        this.lake = new LakeSide(scope);
        this.ref = ref;
    }

    @Override
    public void abort() {
        aborted = true;
        S3ObjectStream stream = open;
        if (stream != null) {
            stream.abort();
        }
    }

    @Override
    public Outcome unfinished() {
        return failed(FailureReason.DEADLINE, started ? NOT_FINISHED + "; " + waitingFor() : NOT_STARTED, null);
    }

    private String waitingFor() {
        S3ObjectStream object = open;
        WatchedObject read = bytes;
        if (object == null) {
            return NO_ANSWER_OF_S3;
        }
        if (read != null && read.isReading()) {
            return "waiting for S3, " + read.position() + " of " + object.contentLength() + " bytes read";
        }
        return lake.waitingFor();
    }

    @Override
    public Outcome run() {
        started = true;
        if (ObjectProblem.isMarker(ref.key())) {
            return empty(ObjectProblem.MARKER);
        }
        Outcome failureOfAll = scope.failureOfAll().get();
        if (aborted || scope.deadline().passed()) {
            return failed(FailureReason.DEADLINE, NOT_STARTED, null);
        }
        if (failureOfAll != null && failureOfAll.reason() != null) {
            return failed(failureOfAll.reason(), "not tried: " + failureOfAll.text(), null);
        }
        try (S3ObjectStream object = scope.connections().flowLogs().open(ref)) {
            open = object;
            if (aborted) {
                object.abort();
            }
            if (object.replaced()) {
                scope.metrics().add(Metric.REPLACED, 1);
                ObjectLog.replaced(ref);
            }
            if (object.contentLength() == 0) {
                return empty(ref.key().endsWith("/") ? "directory_marker" : ObjectProblem.EMPTY_OBJECT);
            }
            return send(object);
        } catch (S3ReadException e) {
            return failed(e, null);
        } catch (IOException e) {
            return failed(FailureReason.OBJECT_UNREADABLE, e.getClass().getSimpleName(), null);
        } catch (RuntimeException e) {
            ObjectLog.defect(Subject.of(ref), e);
            String text = "internal error (" + e.getClass().getSimpleName() + "); please report it";
            return failed(FailureReason.INTERNAL_ERROR, text, null);
        }
    }

    private Outcome empty(String kind) {
        scope.metrics().add(Metric.EMPTY, 1);
        ObjectLog.empty(ref, kind);
        return Outcome.done(ref, "nothing to deliver (" + kind + ")", null);
    }

    private Outcome send(S3ObjectStream object) throws IOException {
        Duration left = scope.deadline().left();
        if (left.isZero()) {
            return failed(FailureReason.DEADLINE, NOT_FINISHED, null);
        }
        SourceId id = SourceId.ofObject(ref.bucket(), ref.key(), object.etag());
        WatchedObject watched = new WatchedObject(object);
        lake.sending(id);
        bytes = watched;
        try (FlowLogReader reader = FlowLogReader.builder()
                .name("the object")
                .maxBytes(scope.settings().maxObjectBytes())
                .onMalformed(new MalformedSamples(Subject.of(ref)))
                .open(watched)) {
            DeliveryReport report = scope.connections().sink().send(id, reader, left);
            Accounts accounts = new Accounts(object.etag(), object.position(), report);
            return Outcome.done(ref, report.records() + " records delivered", accounts);
        } catch (DeliveryException e) {
            return failed(e, new Accounts(object.etag(), object.position(), e.report()));
        } finally {
            lake.sent();
        }
    }

    private Outcome failed(DeliveryException e, Accounts accounts) {
        if (!aborted && e.reason() == DeliveryException.Reason.SOURCE) {
            for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
                Outcome outcome = unreadable(cause, accounts);
                if (outcome != null) {
                    return outcome;
                }
            }
        }
        LakeSide.Failure failure = lake.failure(e, aborted, accounts.bytesIn());
        return failed(failure.reason(), failure.text(), accounts);
    }

    private @Nullable Outcome unreadable(Throwable cause, Accounts accounts) {
        if (cause instanceof S3ReadException s3) {
            return failed(s3, accounts);
        }
        ObjectProblem problem = ObjectProblem.of(cause);
        return problem == null ? null : failed(problem.reason(), problem.text(), accounts);
    }

    private Outcome failed(S3ReadException e, @Nullable Accounts accounts) {
        FailureReason reason = aborted ? FailureReason.DEADLINE : FailureReason.of(e.reason());
        if (reason != FailureReason.DEADLINE) {
            return failed(reason, e.detail(), accounts);
        }
        String last = accounts == null
                ? NO_ANSWER_OF_S3
                : accounts.bytesIn() + " bytes read, " + accounts.report().acknowledged() + " records delivered";
        return failed(reason, NOT_FINISHED + "; " + last, accounts);
    }

    private Outcome failed(FailureReason reason, String text, @Nullable Accounts accounts) {
        return Outcome.failed(ref, reason, text, accounts);
    }
}
