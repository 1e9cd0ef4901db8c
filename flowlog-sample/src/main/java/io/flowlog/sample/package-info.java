/**
 * Generates realistic flow logs from a seed: {@link io.flowlog.sample.SampleGenerator} writes one of the formats of
 * {@link io.flowlog.sample.SampleFormat}. The other classes are its parts. The package imports nothing from the project.
 */
@NullMarked
package io.flowlog.sample;

import org.jspecify.annotations.NullMarked;
