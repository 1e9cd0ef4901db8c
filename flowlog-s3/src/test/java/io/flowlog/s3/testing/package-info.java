/** A stub of S3 on raw sockets, for the tests of this module and of those that depend on it. */
@NullMarked
package io.flowlog.s3.testing;

import org.jspecify.annotations.NullMarked;
