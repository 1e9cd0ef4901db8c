package io.flowlog.s3;

import java.time.Instant;
import java.util.Optional;

/**
 * One object of a listing. A value: immutable, safe to share between threads.
 *
 * @param object which object, with the ETag that it had when it was listed
 * @param size bytes as it is stored, 0 or more
 * @param time the time in its key, or empty where the key has not AWS's layout
 */
public record ListedObject(S3ObjectRef object, long size, Optional<Instant> time) {}
