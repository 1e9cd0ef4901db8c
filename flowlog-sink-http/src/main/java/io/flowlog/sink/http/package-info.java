/**
 * Sends flow log records to a log lake: JSON lines, in compressed batches, by HTTP POST, at least once.
 *
 * <p>Most users need two classes. {@link io.flowlog.sink.http.HttpSink} sends what a
 * {@link io.flowlog.parser.FlowLogReader} reads. {@link io.flowlog.sink.http.SourceId} identifies where the records come
 * from, so that every request and every record has an id that is the same on every attempt. A failed delivery is a
 * {@link io.flowlog.sink.http.DeliveryException}, whose reason says whether another attempt can help.
 * {@link io.flowlog.sink.http.NdjsonWriter} writes the same JSON lines to a stream.
 *
 * <p>The classes in the order in which a record passes through them. No class refers to one above it.
 *
 * <ul>
 *   <li>{@code HttpSink} holds the settings, which {@code Endpoint} and {@code HeaderRules} check.
 *   <li>{@code Deliveries} creates the objects of each call of {@code send}, and holds those that all calls share.
 *   <li>{@code Delivery} is one call: it reads rows, adds them to batches and hands the batches to the
 *       {@code SendingThreads}. {@code BatchBuilder}, {@code JsonRowEncoder} and {@code BodyWriter} turn rows into a
 *       {@code Batch}.
 *   <li>{@code BatchSender} sends a batch, or halves it if it is too large for the lake ({@code LearnedLimit}), and returns a
 *       {@code SendResult}.
 *   <li>{@code RequestSender} makes the attempts for one body. It asks {@code LakeHeaders} for the headers,
 *       {@code Transport} for the exchange, and {@code AnswerRules} or {@code NetworkRules} for the {@code Verdict}.
 *   <li>{@code Ledger} has the accounts of a call, {@code CallClock} its time, {@code Failure} the reason why it cannot
 *       succeed. {@code FailureMessage} composes the text of the exception once, at the end.
 * </ul>
 */
@NullMarked
package io.flowlog.sink.http;

import org.jspecify.annotations.NullMarked;
