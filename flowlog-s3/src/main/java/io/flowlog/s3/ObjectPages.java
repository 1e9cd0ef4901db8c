package io.flowlog.s3;

import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Walks a listing, requesting a page when the previous one has been consumed. */
final class ObjectPages implements Iterator<ListedObject> {
    private final S3Client client;
    private final ListObjectsV2Request first;

    private Iterator<S3Object> page = List.<S3Object>of().iterator();
    private @Nullable String continuation;
    private boolean started;

    ObjectPages(S3Client client, ListObjectsV2Request first) {
        this.client = client;
        this.first = first;
    }

    @Override
    public boolean hasNext() {
        while (!page.hasNext() && (!started || continuation != null)) {
            nextPage();
        }
        return page.hasNext();
    }

    private void nextPage() {
        ListObjectsV2Response response;
        try {
            response = client.listObjectsV2(
                    first.toBuilder().continuationToken(continuation).build());
        } catch (SdkException e) {
            throw new UncheckedIOException(S3Failures.ofListing(first.bucket(), first.prefix(), e));
        }
        started = true;
        continuation = Boolean.TRUE.equals(response.isTruncated()) ? response.nextContinuationToken() : null;
        page = response.contents().iterator();
    }

    @Override
    public ListedObject next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        S3Object object = page.next();
        return new ListedObject(
                new S3ObjectRef(first.bucket(), object.key(), null, object.eTag()),
                object.size(),
                FlowLogObjectKey.parse(object.key()).map(FlowLogObjectKey::time),
                object.lastModified());
    }
}
