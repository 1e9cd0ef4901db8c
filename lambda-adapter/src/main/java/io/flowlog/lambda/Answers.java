package io.flowlog.lambda;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** What an answer says, for the JSON that {@link AnswerWriter} writes and for the types of aws-lambda-java-events. */
final class Answers {
    static final String TEMPORARY = "TemporaryFailure";

    private static final int MAX_RESULT_CHARS = 1024;

    /**
     * The ids of the SQS messages or Kinesis records that failed. Lambda treats the whole batch as failed if it gets an
     * empty or unknown id. If a failed item has no id, this method throws instead, so that the log says why.
     */
    static Set<String> failedItems(List<ItemResult> results) {
        ItemResult.throwIfAnyFailed(
                results.stream().filter(r -> r.item().id() == null).toList());
        return results.stream()
                .filter(result -> !result.isDone())
                .map(result -> Objects.requireNonNull(result.item().id()))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** The result code of a Batch Operations task. */
    static String code(ItemResult result) {
        return result.isDone() ? "Succeeded" : result.permanent() ? "PermanentFailure" : TEMPORARY;
    }

    /** The result string of a Batch Operations task. */
    static String text(ItemResult result) {
        return JsonLine.capped(result.message(), MAX_RESULT_CHARS);
    }

    private Answers() {}
}
