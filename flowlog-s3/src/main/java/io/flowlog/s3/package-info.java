/**
 * Opens and lists flow logs in Amazon S3.
 *
 * <p>Most programs need two classes: {@link io.flowlog.s3.S3FlowLogs} opens and lists objects with your own
 * {@code S3Client}, and {@link io.flowlog.s3.S3ObjectStream} is an open object whose end means that it was read completely.
 *
 * <ul>
 *   <li>Naming: {@link io.flowlog.s3.S3ObjectRef} names one object, and if you want, one version of it.
 *       {@link io.flowlog.s3.FlowLogObjectKey} has the parts of a key in AWS's layout.
 *   <li>Listing: {@link io.flowlog.s3.ListedObject}.
 *   <li>Failures: {@link io.flowlog.s3.S3ReadException} has a reason that says whether to try again.
 * </ul>
 */
@NullMarked
package io.flowlog.s3;

import org.jspecify.annotations.NullMarked;
