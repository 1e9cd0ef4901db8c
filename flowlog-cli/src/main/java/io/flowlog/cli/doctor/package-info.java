/**
 * {@code flowlog doctor}: says what a file is. {@code Examination} reads a source once and makes {@code Findings};
 * {@code Beginning} names what is not a flow log; {@code FileReport} and {@code FolderReport} print.
 */
@NullMarked
package io.flowlog.cli.doctor;

import org.jspecify.annotations.NullMarked;
