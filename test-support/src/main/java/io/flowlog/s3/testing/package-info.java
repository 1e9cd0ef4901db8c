/** A stub of S3 on raw sockets: {@link StubS3}. For tests only. */
@NullMarked
package io.flowlog.s3.testing;

import org.jspecify.annotations.NullMarked;
