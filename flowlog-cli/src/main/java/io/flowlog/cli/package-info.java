/**
 * The program {@code flowlog}: the libraries from a terminal, and the whole system on one machine.
 *
 * <p>Start at {@link io.flowlog.cli.Main}; {@link io.flowlog.cli.SampleGenerator} makes realistic flow logs for tests
 * and benchmarks.
 */
@NullMarked
package io.flowlog.cli;

import org.jspecify.annotations.NullMarked;
