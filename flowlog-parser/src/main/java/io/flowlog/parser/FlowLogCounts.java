package io.flowlog.parser;

/**
 * What a reader has read so far. {@code lines} is always the sum of {@code records}, {@code filtered}, {@code malformed},
 * {@code headers} and {@code blank}.
 *
 * @param lines physical lines, including a last line without a line end
 * @param records records that the reader returned
 * @param filtered valid records that the filter of the reader did not keep; 0 without a filter
 * @param malformed lines that could not be read
 * @param headers header lines
 * @param blank lines that are empty or contain only spaces
 * @param bytes decompressed bytes read from the input
 */
public record FlowLogCounts(
        long lines, long records, long filtered, long malformed, long headers, long blank, long bytes) {}
