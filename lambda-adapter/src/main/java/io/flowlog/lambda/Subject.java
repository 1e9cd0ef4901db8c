package io.flowlog.lambda;

import io.flowlog.s3.S3ObjectRef;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an outcome or a log line is about.
 *
 * @param kind the first word of the log lines that end it, such as {@code object_delivered}
 * @param name the name in answers
 * @param members the members that log lines have for it
 */
record Subject(String kind, String name, Map<String, @Nullable String> members) {
    private static final String LOG_EVENTS = "log_events";

    static Subject of(S3ObjectRef object) {
        Map<String, @Nullable String> members = new LinkedHashMap<>();
        members.put("bucket", object.bucket());
        members.put("key", object.key());
        members.put("versionId", object.versionId());
        return new Subject("object", object.uri(), members);
    }

    /** Log events whose data is not decoded yet. */
    static Subject of(LogData data) {
        Map<String, @Nullable String> members = new LinkedHashMap<>();
        String number = data.sequenceNumber();
        if (number != null) {
            members.put("sequenceNumber", number);
        }
        return new Subject(
                LOG_EVENTS, number == null ? "the CloudWatch Logs event" : "Kinesis record " + number, members);
    }

    /** Log events with the log stream that their data names. */
    static Subject of(LogData data, LogBatch batch) {
        Subject unread = of(data);
        Map<String, @Nullable String> members = new LinkedHashMap<>(unread.members);
        members.put("logGroup", batch.logGroup());
        members.put("logStream", batch.logStream());
        String number = data.sequenceNumber();
        return new Subject(LOG_EVENTS, batch.name() + (number == null ? "" : " in " + unread.name), members);
    }
}
