/**
 * Reads AWS VPC Flow Logs and Transit Gateway Flow Logs of any format and version.
 *
 * <p>Most programs need two classes: {@link io.flowlog.parser.FlowLogReader} reads a file or a stream, gzip or plain, and
 * returns one {@link io.flowlog.parser.FlowLogRecord} for each line. If you have single lines without a header, from
 * CloudWatch Logs, from Amazon Data Firehose or in a unit test, start with
 * {@link io.flowlog.parser.FlowLogFormat#parseLine}.
 *
 * <p>The header line defines the columns. {@code -} means absent, never 0. A line that cannot be read is reported
 * with its source, line and column; nothing is dropped silently.
 *
 * <ul>
 *   <li>Reading: {@link io.flowlog.parser.FlowLogReader}, {@link io.flowlog.parser.FlowLogCounts}.
 *   <li>Filtering: {@link io.flowlog.parser.FlowLogFilter}, an expression over the fields.
 *   <li>One line: {@link io.flowlog.parser.FlowLogRecord}; {@link io.flowlog.parser.FlowLogRow} is a low-level view, which
 *       allocates nothing, and {@link io.flowlog.parser.LineView} the bytes of a whole row, for encoders.
 *   <li>Columns: {@link io.flowlog.parser.FlowLogFormat} is a header, {@link io.flowlog.parser.FlowLogField} a documented
 *       field.
 *   <li>Words and numbers of AWS, each with a constant for values that this version does not know:
 *       {@link io.flowlog.parser.Action}, {@link io.flowlog.parser.LogStatus}, {@link io.flowlog.parser.FlowDirection},
 *       {@link io.flowlog.parser.TrafficType}, {@link io.flowlog.parser.TrafficPath},
 *       {@link io.flowlog.parser.RejectReason}, {@link io.flowlog.parser.InterfaceType},
 *       {@link io.flowlog.parser.SublocationType}, {@link io.flowlog.parser.EncryptionStatus}.
 *   <li>Network protocols: {@link io.flowlog.parser.TcpFlags}, {@link io.flowlog.parser.IpProtocol}.
 *   <li>Failures: {@link io.flowlog.parser.MalformedLine} and {@link io.flowlog.parser.FlowLogParseException} for a line;
 *       {@link io.flowlog.parser.NotAFlowLogException}, {@link io.flowlog.parser.CorruptGzipException} and
 *       {@link io.flowlog.parser.LimitExceededException} for an input.
 * </ul>
 */
@NullMarked
package io.flowlog.parser;

import org.jspecify.annotations.NullMarked;
