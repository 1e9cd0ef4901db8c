package io.flowlog.lambda;

import io.flowlog.parser.MalformedLine;
import io.flowlog.s3.S3ObjectRef;
import java.util.function.Consumer;

/** Logs the first malformed lines of an object. The report of the sink counts all of them. For one thread. */
final class MalformedSamples implements Consumer<MalformedLine> {
    private static final int SAMPLES = 5;

    private final S3ObjectRef object;
    private int seen;

    MalformedSamples(S3ObjectRef object) {
        this.object = object;
    }

    @Override
    public void accept(MalformedLine line) {
        if (seen++ < SAMPLES) {
            ObjectLog.malformed(object, line);
        }
    }
}
