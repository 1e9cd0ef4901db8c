/**
 * Reads AWS VPC Flow Logs and Transit Gateway Flow Logs of any format and version.
 *
 * <p>Most programs need two classes: {@link io.flowlog.parser.FlowLogReader} reads a file or a stream, gzip or plain,
 * and gives one {@link io.flowlog.parser.FlowLogRecord} a line. Whoever has single lines without a header (CloudWatch
 * Logs, Firehose, a unit test) starts at {@link io.flowlog.parser.FlowLogFormat#parseLine}.
 *
 * <p>The header alone decides what the columns are. {@code -} is absent, never 0. What cannot be read is reported with
 * its source, line and column, never dropped in silence.
 */
@NullMarked
package io.flowlog.parser;

import org.jspecify.annotations.NullMarked;
