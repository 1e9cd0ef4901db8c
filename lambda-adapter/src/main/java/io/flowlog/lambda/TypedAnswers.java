package io.flowlog.lambda;

import com.amazonaws.services.lambda.runtime.events.S3BatchResponse;
import com.amazonaws.services.lambda.runtime.events.S3BatchResponse.Result;
import com.amazonaws.services.lambda.runtime.events.S3BatchResponse.ResultCode;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse.BatchItemFailure;
import java.util.List;

/** Answers as types of aws-lambda-java-events. */
final class TypedAnswers {
    static SQSBatchResponse sqs(List<ItemResult> results) {
        List<BatchItemFailure> failures =
                Answers.failedItems(results).stream().map(BatchItemFailure::new).toList();
        return new SQSBatchResponse(failures);
    }

    static S3BatchResponse batch(Event event, List<ItemResult> results) {
        if (event.form() != Event.Form.BATCH_OPERATIONS) {
            ItemResult.throwIfAnyFailed(results);
        }
        List<Result> answers = results.stream()
                .map(r -> new Result(r.item().id(), ResultCode.valueOf(Answers.code(r)), Answers.text(r)))
                .toList();
        return new S3BatchResponse(
                event.batchSchema(), ResultCode.valueOf(Answers.TEMPORARY), event.batchInvocation(), answers);
    }

    private TypedAnswers() {}
}
