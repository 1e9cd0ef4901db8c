package io.flowlog.s3;

import java.time.Instant;
import java.util.Optional;

/**
 * One object of a listing. Immutable and safe to share between threads.
 *
 * @param object the object, with its ETag at the time of the listing
 * @param size the stored size in bytes, 0 or more
 * @param time the time in the key; empty if the key does not have AWS's layout
 * @param lastModified when S3 received it
 */
public record ListedObject(S3ObjectRef object, long size, Optional<Instant> time, Instant lastModified) {}
