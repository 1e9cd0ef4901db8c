/**
 * The Lambda function: an event names objects in S3, or holds log events of CloudWatch Logs. Each of them is read, parsed and
 * delivered to the log lake, and the answer lists those that were not delivered.
 *
 * <p>Lambda and users see the handlers only: {@link io.flowlog.lambda.FlowLogHandler} for JSON, and one for each type of
 * {@code aws-lambda-java-events}. All of them share {@code FlowLogFunction}.
 * {@link io.flowlog.lambda.ObjectProblem} tells other programs what the function does with an object. The package has five groups. Within a group,
 * and from group to group, a class refers only to classes further down this list.
 *
 * <ul>
 *   <li>Event: {@code EventReader} (JSON) and {@code TypedEvents} make an {@code Event} of {@code EventItem}s with {@code
 *       Work}: {@code AnnouncedObject}s and {@code LogData}; {@code EventItemReader}, {@code BatchTask}, {@code JsonObject} and {@code KeyText} help.
 *   <li>Answer: {@code AnswerWriter} (JSON) and {@code TypedAnswers} write the results of {@code Answers} and {@code ItemResult}.
 *   <li>Delivery: {@code Invocation} runs an {@code ObjectTask} for all work, which runs an {@code ObjectDelivery} or a {@code
 *       LogDelivery} (with {@code LogBatch} and {@code LogLines}), which returns an {@code Outcome} about a {@code Subject}
 *       with a {@code FailureReason}. {@code LakeSide} says what the lake did. {@code InvocationScope} contains what they share: {@code
 *       Connections} ({@code AwsClients}, {@code SecretToken}, {@code LakeTroubles}), {@code Settings} ({@code
 *       SettingsCheck}, {@code TokenRules}) and the {@code Deadline}.
 *   <li>Firehose: {@code FirehoseTransform} turns the records of a {@code FirehoseEvent} (read by {@code FirehoseData}) into
 *       a {@code FirehoseAnswer}.
 *   <li>Log: {@code ObjectLog} and {@code Metrics}; {@code JsonLogging}, {@code JsonLogger} and {@code ThreadMdc} are the
 *       SLF4J provider of the deployable jar; {@code JsonLine} writes a line.
 * </ul>
 */
@NullMarked
package io.flowlog.lambda;

import org.jspecify.annotations.NullMarked;
