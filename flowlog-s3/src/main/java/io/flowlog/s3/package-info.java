/**
 * Exactly one S3 object, counted and resumed, as a stream.
 *
 * <p>{@link io.flowlog.s3.S3FlowLogs} opens and lists objects with a caller's own {@code S3Client};
 * {@link io.flowlog.s3.S3ObjectStream} is the open object. The other public types are the name of an object
 * ({@link io.flowlog.s3.S3ObjectRef}), one line of a listing ({@link io.flowlog.s3.ListedObject}) and what can go wrong ({@link io.flowlog.s3.S3ReadException}).
 */
@NullMarked
package io.flowlog.s3;

import org.jspecify.annotations.NullMarked;
