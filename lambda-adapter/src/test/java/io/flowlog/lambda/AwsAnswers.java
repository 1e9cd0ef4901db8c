package io.flowlog.lambda;

import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse.BatchItemFailure;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;

/** Reads JSON as the types of aws-lambda-java-events, and writes it from those that its serializers do not know. */
final class AwsAnswers {
    private static final ObjectMapper JSON =
            new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    static <T> T read(Class<T> type, String json) {
        try {
            return JSON.readValue(json, type);
        } catch (IOException e) {
            throw new AssertionError(json, e);
        }
    }

    static String write(Object event) {
        try {
            return JSON.writeValueAsString(event);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    static List<String> failed(SQSBatchResponse answer) {
        return answer.getBatchItemFailures().stream()
                .map(BatchItemFailure::getItemIdentifier)
                .toList();
    }

    /** The ids in an answer to a batch of messages. */
    static List<String> failed(String json) {
        return failed(read(SQSBatchResponse.class, json));
    }

    private AwsAnswers() {}
}
