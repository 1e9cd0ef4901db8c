/** A log lake on raw sockets that can answer, stall, drip, cut and reset: {@link RawLake}. For tests only. */
@NullMarked
package io.flowlog.sink.http.testing;

import org.jspecify.annotations.NullMarked;
