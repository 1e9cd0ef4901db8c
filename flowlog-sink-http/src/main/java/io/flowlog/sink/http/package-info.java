/**
 * Flow log records to a log lake: JSON lines, in compressed batches, by HTTP POST, at least once.
 *
 * <p>Most users need two classes: {@link io.flowlog.sink.http.HttpSink} sends what a
 * {@link io.flowlog.parser.FlowLogReader} reads, and {@link io.flowlog.sink.http.SourceId} says where it came from, so
 * that every request and every record has an id that is the same on every attempt.
 * {@link io.flowlog.sink.http.NdjsonWriter} writes the same JSON lines to a stream.
 *
 * <p>The way of a byte: row, {@code JsonRowEncoder}, {@code BatchBuilder}, {@code BodyWriter}, {@code Batch},
 * {@code BatchSender} (retries, the 413 tree), {@code Transport}; {@code Delivery} is one call of {@code send} and
 * {@code Ledger} its accounts.
 */
@NullMarked
package io.flowlog.sink.http;

import org.jspecify.annotations.NullMarked;
