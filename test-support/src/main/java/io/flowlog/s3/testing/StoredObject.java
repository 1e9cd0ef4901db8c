package io.flowlog.s3.testing;

import java.util.List;

/** An object in the stub: its bytes, its ETag without quotes, its version id (empty for none) and extra headers. */
public record StoredObject(byte[] content, String etag, String versionId, List<String> headers) {}
