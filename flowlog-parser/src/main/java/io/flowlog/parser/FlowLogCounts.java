package io.flowlog.parser;

/**
 * What a reader has met so far; {@code lines} is always the sum of the next four.
 *
 * @param lines physical lines, a last one without a line end included
 * @param records lines that became records
 * @param malformed lines that could not be read
 * @param headers header lines
 * @param blank lines without anything but spaces
 * @param bytes decompressed bytes taken from the input
 */
public record FlowLogCounts(long lines, long records, long malformed, long headers, long blank, long bytes) {}
