package io.flowlog.cli.local;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.flowlog.cli.shared.Errors;
import io.flowlog.cli.shared.ExitCode;
import io.flowlog.cli.shared.LakeAddress;
import io.flowlog.cli.shared.Terminal;
import java.io.Closeable;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One run of the whole system: it uploads files to S3, sends their events to the function, and compares what the lake received. */
final class LocalRun {
    private static final String BUCKET = "flowlog-local";
    private static final int SHOWN_RECORDS = 3;
    private static final long LOG_MILLIS = 2000;
    private static final JsonFactory JSON = new JsonFactory();
    /** The function's reason code for a token that the lake rejects (docs/operations.md). */
    private static final String LAKE_AUTH = "lake_auth";
    /** The reason code for a setting that does not suit a file, such as a filter with a field that does not exist. */
    private static final String SETTING = "record_id_field";

    /** Settings of the function that are taken from the environment. */
    private static final List<String> PASSED_ON = List.of(
            "DASSANA_BATCH_SIZE",
            "FLOWLOG_MAX_IN_FLIGHT",
            "FLOWLOG_MAX_MALFORMED_RATIO",
            "FLOWLOG_MAX_OBJECT_BYTES",
            "FLOWLOG_COMPRESSION",
            "FLOWLOG_RECORD_ID_FIELD",
            "FLOWLOG_FILTER",
            "FLOWLOG_SAMPLE_RATE",
            "FLOWLOG_SAMPLE_WHERE",
            "FLOWLOG_OMIT_ABSENT");

    /** Settings that are taken from the environment only for the user's own lake. */
    private static final List<String> PASSED_ON_FOR_A_LAKE = List.of(
            "DASSANA_APP_ID", "FLOWLOG_TOKEN_HEADER", "FLOWLOG_APP_ID_HEADER", "FLOWLOG_LAKE", "FLOWLOG_TOKEN_SCHEME");

    private final PrintStream err;
    private final Duration timeout;
    private final boolean showLog;
    private final LocalReport report;

    LocalRun(PrintStream out, PrintStream err, Duration timeout, boolean showLog) {
        this.err = err;
        this.timeout = timeout;
        this.showLog = showLog;
        this.report = new LocalReport(out, Terminal.current().outColumns());
    }

    /** The lake that receives the records: the one in the program, or the user's. */
    record Lake(URI endpoint, String token, @Nullable LocalLake own) implements Closeable {
        /** The program's own, which keeps the bodies in a folder unless that is null. */
        static Lake ownOne(@Nullable Path folder) throws IOException {
            String token = "local-" + UUID.randomUUID();
            LocalLake lake = LocalLake.start(token, SHOWN_RECORDS, folder);
            return new Lake(lake.endpoint(), token, lake);
        }

        static Lake ofUser(LakeAddress address, String token) {
            return new Lake(address.uri(), token, null);
        }

        String shown() {
            return LakeAddress.shown(endpoint);
        }

        /** The number of lines that it has, or -1 for the user's own lake. */
        long lines() {
            return own == null ? -1 : own.received().lines();
        }

        @Override
        public void close() {
            if (own != null) {
                own.close();
            }
        }
    }

    /** A file as an object in S3. */
    record StoredObject(CheckedFile file, String key, String eTag) {}

    /**
     * The result of an object.
     *
     * @param records the records that the lake acknowledged
     * @param filtered the records that the filter did not keep
     * @param sampledOut the records that the sample did not keep
     * @param failure why it was not delivered, or null
     * @param reason the function's reason code for the failure, or empty
     */
    record Delivered(
            StoredObject object,
            long records,
            long filtered,
            long sampledOut,
            long batches,
            long bytesOut,
            Duration time,
            @Nullable String failure,
            String reason) {}

    /**
     * Delivers files and reports the results.
     *
     * @return the exit status
     */
    int deliver(List<CheckedFile> files, Lake lake) throws IOException, InterruptedException {
        RuntimeClient client = RuntimeClient.forThisSystem();
        FunctionLog log = new FunctionLog(line -> {
            if (showLog) {
                err.println(line);
            }
        });
        try (EmbeddedS3 s3 = EmbeddedS3.start();
                LambdaProcess function = LambdaProcess.start(
                        client, LambdaProcess.Function.flowlog(List.of()), settings(s3, lake), log)) {
            report.begin(s3.endpoint(), BUCKET, client, lake);
            s3.createBucket(BUCKET);
            List<StoredObject> objects = new ArrayList<>();
            Set<String> keys = new HashSet<>();
            Instant now = Instant.now();
            for (CheckedFile file : files) {
                String key = ObjectKeys.of(file.path(), now, keys);
                keys.add(key);
                objects.add(new StoredObject(file, key, s3.put(BUCKET, key, file.path())));
            }
            report.objects(objects);
            boolean allDelivered = true;
            boolean anyDelivered = false;
            for (StoredObject object : objects) {
                Delivered one = invoke(function, object, log, lake);
                report.delivery(one);
                String failure = one.failure();
                anyDelivered |= failure == null;
                if (failure != null) {
                    allDelivered = false;
                    reportFailure(one, failure, lake);
                    if (one.reason().equals(LAKE_AUTH) || one.reason().equals(SETTING) && !anyDelivered) {
                        break;
                    }
                }
            }
            long rejected = log.sum("RejectedRecords");
            if (rejected > 0) {
                Errors.print(err, String.format("the lake counted %,d records fewer than it received", rejected));
            }
            report.end(lake);
            if (!allDelivered) {
                return ExitCode.NOT_DELIVERED;
            }
            return files.stream().anyMatch(file -> file.malformed() > 0) ? ExitCode.MALFORMED : ExitCode.OK;
        }
    }

    private Map<String, String> settings(EmbeddedS3 s3, Lake lake) {
        Map<String, String> settings = new HashMap<>();
        PASSED_ON.forEach(name -> settings.computeIfAbsent(name, System::getenv));
        if (lake.own() == null) {
            PASSED_ON_FOR_A_LAKE.forEach(name -> settings.computeIfAbsent(name, System::getenv));
        }
        settings.putAll(s3.functionSettings());
        settings.put("DASSANA_ENDPOINT", lake.endpoint().toString());
        settings.put("DASSANA_TOKEN", lake.token());
        if (lake.endpoint().getScheme().equalsIgnoreCase("http")) {
            settings.put("FLOWLOG_ALLOW_HTTP_LOOPBACK", "true");
        }
        return settings;
    }

    private Delivered invoke(LambdaProcess function, StoredObject object, FunctionLog log, Lake lake)
            throws IOException, InterruptedException {
        long recordsBefore = log.sum("Records");
        long filteredBefore = log.sum("FilteredRecords");
        long sampledOutBefore = log.sum("SampledOutRecords");
        long batchesBefore = log.sum("Batches");
        long bytesBefore = log.sum("BytesOut");
        long linesBefore = lake.lines();
        int told = log.invocations();
        String event = S3Event.created(BUCKET, object.key(), object.file().size(), object.eTag());
        long begin = System.nanoTime();
        RuntimeApiServer.InvocationResult outcome = function.invoke(event.getBytes(StandardCharsets.UTF_8), timeout);
        Duration time = Duration.ofNanos(System.nanoTime() - begin);
        log.await(told + 1, LOG_MILLIS);
        long records = log.sum("Records") - recordsBefore;
        long filtered = log.sum("FilteredRecords") - filteredBefore;
        long sampledOut = log.sum("SampledOutRecords") - sampledOutBefore;
        FunctionLog.Failure failed = log.takeFailure();
        String failure = outcome.succeeded() ? null : failed != null ? failed.error() : message(outcome.body());
        String reason = failure != null && failed != null ? failed.reason() : "";
        if (failure == null) {
            long expected = object.file().records();
            long read = records + filtered + sampledOut;
            long lines = lake.own() == null ? records : lake.lines() - linesBefore;
            if (read != expected || lines != records) {
                String notSent = read == records ? "" : " and " + (read - records) + " not to be sent";
                failure = "the file has " + expected + " records, the function reported " + records + notSent
                        + ", the lake received " + lines;
            }
        }
        long bytesOut = log.sum("BytesOut") - bytesBefore;
        long batches = log.sum("Batches") - batchesBefore;
        return new Delivered(object, records, filtered, sampledOut, batches, bytesOut, time, failure, reason);
    }

    private void reportFailure(Delivered one, String failure, Lake lake) {
        String label = one.object().file().label();
        Errors.print(
                err,
                one.reason().equals(LAKE_AUTH)
                        ? "the lake at " + lake.shown() + " rejects the token: " + failure
                        : "not delivered: " + label + ": " + failure);
    }

    /** The message of the error that a runtime posted. */
    private static String message(String errorBody) {
        try (JsonParser json = JSON.createParser(errorBody)) {
            while (json.nextToken() != null) {
                if (json.currentToken() == JsonToken.FIELD_NAME && "errorMessage".equals(json.currentName())) {
                    return String.valueOf(json.nextTextValue()).replaceAll("\\R+", " ");
                }
            }
        } catch (IOException e) {
            return errorBody;
        }
        return errorBody;
    }
}
