package io.flowlog.lambda;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/**
 * Writes the answer to an event as JSON, in the form that the source of the event requires. Only Firehose has an answer of
 * its own.
 */
final class AnswerWriter {
    private static final JsonFactory FACTORY = new JsonFactory();

    /**
     * Writes the answer.
     *
     * @throws InvocationFailedException if the only way to report a failure is to fail
     */
    static void write(OutputStream out, Event event, List<ItemResult> results) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = FACTORY.createGenerator(bytes)) {
            switch (event.form()) {
                case DIRECT -> {
                    ItemResult.throwIfAnyFailed(results);
                    json.writeNull();
                }
                case ITEM_FAILURES -> itemFailures(json, results);
                case BATCH_OPERATIONS -> batchOperations(json, event, results);
                case FIREHOSE -> throw new IllegalArgumentException("written by FirehoseAnswer");
            }
        }
        bytes.writeTo(out);
        out.flush();
    }

    private static void itemFailures(JsonGenerator json, List<ItemResult> results) throws IOException {
        json.writeStartObject();
        json.writeArrayFieldStart("batchItemFailures");
        for (String id : Answers.failedItems(results)) {
            json.writeStartObject();
            json.writeStringField("itemIdentifier", id);
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void batchOperations(JsonGenerator json, Event event, List<ItemResult> results) throws IOException {
        json.writeStartObject();
        json.writeStringField("invocationSchemaVersion", event.batchSchema());
        json.writeStringField("treatMissingKeysAs", Answers.TEMPORARY);
        json.writeStringField("invocationId", event.batchInvocation());
        json.writeArrayFieldStart("results");
        for (ItemResult result : results) {
            json.writeStartObject();
            json.writeStringField("taskId", result.item().id());
            json.writeStringField("resultCode", Answers.code(result));
            json.writeStringField("resultString", Answers.text(result));
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private AnswerWriter() {}
}
