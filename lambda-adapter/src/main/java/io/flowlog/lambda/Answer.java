package io.flowlog.lambda;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** Says to the source of the event which parts of it were not delivered, in the words of that source. */
final class Answer {
    private static final int MAX_MESSAGE_CHARS = 2048;
    private static final int MAX_RESULT_CHARS = 1024;

    /** A delivery and what became of it. */
    record Part(Delivery delivery, Outcome outcome) {}

    /**
     * Writes the answer.
     *
     * @throws InvocationFailedException if the only way to report a failure is to fail
     */
    static void write(OutputStream out, Event event, List<Part> parts) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = Json.FACTORY.createGenerator(bytes)) {
            switch (event.form()) {
                case DIRECT -> direct(json, parts);
                case SQS -> sqs(json, parts);
                case BATCH_OPERATIONS -> batchOperations(json, event, parts);
            }
        }
        bytes.writeTo(out);
        out.flush();
    }

    private static void direct(JsonGenerator json, List<Part> parts) throws IOException {
        throwIfAnyFailed(parts);
        json.writeNull();
    }

    /** An id that SQS does not know, or an empty one, fails the whole batch: so does throwing, and that says why. */
    private static void sqs(JsonGenerator json, List<Part> parts) throws IOException {
        throwIfAnyFailed(parts.stream().filter(p -> p.delivery().id() == null).toList());
        Set<String> failed = parts.stream()
                .filter(p -> !p.outcome().isDone())
                .map(p -> Objects.requireNonNull(p.delivery().id()))
                .collect(Collectors.toCollection(LinkedHashSet::new));
        json.writeStartObject();
        json.writeArrayFieldStart("batchItemFailures");
        for (String id : failed) {
            json.writeStartObject();
            json.writeStringField("itemIdentifier", id);
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void batchOperations(JsonGenerator json, Event event, List<Part> parts) throws IOException {
        json.writeStartObject();
        json.writeStringField("invocationSchemaVersion", event.batchSchema());
        json.writeStringField("treatMissingKeysAs", "TemporaryFailure");
        json.writeStringField("invocationId", event.batchInvocation());
        json.writeArrayFieldStart("results");
        for (Part part : parts) {
            json.writeStartObject();
            json.writeStringField("taskId", part.delivery().id());
            json.writeStringField(
                    "resultCode",
                    switch (part.outcome().kind()) {
                        case DONE -> "Succeeded";
                        case FAILED -> "TemporaryFailure";
                        case FAILED_FOR_GOOD -> "PermanentFailure";
                    });
            json.writeStringField("resultString", Log.capped(part.outcome().message(), MAX_RESULT_CHARS));
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void throwIfAnyFailed(List<Part> parts) {
        String failures = parts.stream()
                .filter(p -> !p.outcome().isDone())
                .map(p -> p.outcome().message())
                .collect(Collectors.joining("; "));
        if (!failures.isEmpty()) {
            throw new InvocationFailedException(Log.capped(failures, MAX_MESSAGE_CHARS));
        }
    }

    private Answer() {}
}
