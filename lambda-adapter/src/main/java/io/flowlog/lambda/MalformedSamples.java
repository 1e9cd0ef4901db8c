package io.flowlog.lambda;

import io.flowlog.parser.MalformedLine;
import io.flowlog.s3.S3ObjectRef;
import java.util.function.Consumer;

/** Logs the first malformed lines of an object; the report counts all of them. For one thread. */
final class MalformedSamples implements Consumer<MalformedLine> {
    private static final int SAMPLES = 5;

    private final Log log;
    private final S3ObjectRef object;
    private int seen;

    MalformedSamples(Log log, S3ObjectRef object) {
        this.log = log;
        this.object = object;
    }

    @Override
    public void accept(MalformedLine line) {
        if (seen++ < SAMPLES) {
            log.warn(line.kind() == MalformedLine.Kind.TOO_LONG ? "oversized_line" : "malformed_line")
                    .with("bucket", object.bucket())
                    .with("key", object.key())
                    .with("line", line.lineNumber())
                    .with("column", line.column().orElse(null))
                    .with("reason", line.reason())
                    .with("sample", line.sample())
                    .write();
        }
    }
}
