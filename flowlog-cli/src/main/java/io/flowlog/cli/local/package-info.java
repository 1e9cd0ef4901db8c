/**
 * The command {@code flowlog local}: the whole system on one machine.
 *
 * <p>{@link io.flowlog.cli.local.LocalRun} joins the parts: {@link io.flowlog.cli.local.EmbeddedS3} holds the objects,
 * {@link io.flowlog.cli.local.LambdaProcess} runs the deployable jar, {@link io.flowlog.cli.local.LocalLake} takes the
 * records. The benchmark of cold starts uses the same parts.
 */
@NullMarked
package io.flowlog.cli.local;

import org.jspecify.annotations.NullMarked;
