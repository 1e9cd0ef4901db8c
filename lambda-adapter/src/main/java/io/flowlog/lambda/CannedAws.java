package io.flowlog.lambda;

import java.io.ByteArrayInputStream;
import java.util.Map;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpResponse;

/** Answers every request of an SDK client with the same 200, without a network; for {@link Priming}. */
final class CannedAws implements SdkHttpClient {
    private final byte[] body;
    private final Map<String, String> headers;

    CannedAws(byte[] body, Map<String, String> headers) {
        this.body = body;
        this.headers = headers;
    }

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
        return new ExecutableHttpRequest() {
            @Override
            public HttpExecuteResponse call() {
                SdkHttpResponse.Builder head = SdkHttpResponse.builder().statusCode(200);
                head.putHeader("Content-Length", String.valueOf(body.length));
                headers.forEach(head::putHeader);
                return HttpExecuteResponse.builder()
                        .response(head.build())
                        .responseBody(AbortableInputStream.create(new ByteArrayInputStream(body)))
                        .build();
            }

            @Override
            public void abort() {
                // nothing is under way
            }
        };
    }

    @Override
    public void close() {
        // nothing is open
    }
}
