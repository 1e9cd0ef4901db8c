/**
 * The command {@code flowlog local}: the whole system on one machine.
 *
 * <p>{@link io.flowlog.cli.local.LocalRun} connects the parts: {@link io.flowlog.cli.local.EmbeddedS3} holds the objects,
 * {@link io.flowlog.cli.local.LambdaProcess} runs the deployable jar, and {@link io.flowlog.cli.local.LocalLake} receives
 * the records. The benchmark of cold starts uses the same parts.
 */
@NullMarked
package io.flowlog.cli.local;

import org.jspecify.annotations.NullMarked;
