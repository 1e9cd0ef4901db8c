package io.flowlog.lambda;

import io.flowlog.parser.CorruptGzipException;
import io.flowlog.parser.CorruptParquetException;
import io.flowlog.parser.FlowLogCounts;
import io.flowlog.parser.LimitExceededException;
import io.flowlog.parser.NotAFlowLogException;
import io.flowlog.sink.http.HttpSink;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Why the function does not deliver an object that it can download. The function decides by this class, and a program can
 * predict with it what the function does. Immutable.
 */
public final class ObjectProblem {
    /** The word in the log for a marker, an object with the name {@code _SUCCESS}. */
    public static final String MARKER = "marker";

    /** The word in the log for an object of 0 bytes. */
    public static final String EMPTY_OBJECT = "empty_object";

    private final FailureReason reason;
    private final String text;

    private ObjectProblem(FailureReason reason, String text) {
        this.reason = reason;
        this.text = text;
    }

    /**
     * Whether the function ignores an object because of its name.
     *
     * @param key the key of the object, or a path
     * @return true for {@code _SUCCESS}
     */
    public static boolean isMarker(String key) {
        return key.equals("_SUCCESS") || key.endsWith("/_SUCCESS");
    }

    /**
     * The problem that a reader's exception means.
     *
     * @param cause what reading the object threw
     * @return null if the exception does not say what the object is, such as an I/O error
     */
    public static @Nullable ObjectProblem of(Throwable cause) {
        if (cause instanceof NotAFlowLogException other) {
            return switch (other.kind()) {
                case PARQUET -> new ObjectProblem(FailureReason.PARQUET, other.detail());
                case NESTED_GZIP -> new ObjectProblem(FailureReason.NESTED_GZIP, "gzip inside gzip is not supported");
                case NO_HEADER ->
                    new ObjectProblem(
                            FailureReason.NOT_A_FLOW_LOG,
                            "not a flow log; set a prefix so that the function gets flow logs only");
            };
        }
        if (cause instanceof CorruptGzipException) {
            return new ObjectProblem(FailureReason.CORRUPT_GZIP, String.valueOf(cause.getMessage()));
        }
        if (cause instanceof CorruptParquetException) {
            return new ObjectProblem(FailureReason.CORRUPT_PARQUET, String.valueOf(cause.getMessage()));
        }
        if (cause instanceof LimitExceededException large) {
            String setting =
                    large.limit() == LimitExceededException.Limit.TEXT ? Settings.MAX_OBJECT_BYTES : "MemorySize";
            return new ObjectProblem(FailureReason.OBJECT_TOO_LARGE, cause.getMessage() + " (" + setting + ")");
        }
        return null;
    }

    /**
     * The problem of an object that was read to its end, with the default settings of the function.
     *
     * @param counts the counts of the whole object
     * @return empty if the function delivers its records
     */
    public static Optional<ObjectProblem> of(FlowLogCounts counts) {
        if (counts.bytes() > Settings.DEFAULT_MAX_OBJECT_BYTES) {
            return Optional.of(new ObjectProblem(
                    FailureReason.OBJECT_TOO_LARGE,
                    "more than " + Settings.DEFAULT_MAX_OBJECT_BYTES + " bytes (" + Settings.MAX_OBJECT_BYTES + ")"));
        }
        long lines = counts.records() + counts.malformed();
        if (lines > 0 && (double) counts.malformed() / lines > HttpSink.DEFAULT_MAX_MALFORMED_RATIO) {
            return Optional.of(new ObjectProblem(
                    FailureReason.TOO_MANY_MALFORMED,
                    counts.malformed() + " of " + lines + " lines are malformed (" + Settings.MAX_MALFORMED_RATIO
                            + ")"));
        }
        return Optional.empty();
    }

    FailureReason reason() {
        return reason;
    }

    /**
     * The stable code of the problem, as the function writes it into its log. {@code docs/operations.md} lists the codes.
     *
     * @return such as {@code corrupt_gzip}
     */
    public String code() {
        return reason.code();
    }

    /**
     * A sentence for people.
     *
     * @return one line
     */
    public String text() {
        return text;
    }
}
