/**
 * What flowlog is measured by: JMH benchmarks against the parsers and encoders that people use otherwise. Start at
 * {@link io.flowlog.benchmarks.Main}.
 */
package io.flowlog.benchmarks;
