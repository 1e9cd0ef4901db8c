package io.flowlog.sink.http.testing;

import java.io.IOException;

/** What a lake does with requests. Called by one thread per connection. */
@FunctionalInterface
public interface Script {
    /** Answers a request that was read to its end. */
    void answer(Received request, Connection connection) throws IOException, InterruptedException;

    /** Called before the body is read; true when the request has been dealt with, and its body is not wanted. */
    default boolean early(Received withoutBody, Connection connection) throws IOException, InterruptedException {
        return false;
    }

    /** Always the same plain answer, with the lake's usual body. */
    static Script status(int status, String... headers) {
        return (request, connection) -> connection.answer(status, docCount(request), headers);
    }

    /** 200 and the number of records. */
    static Script ok() {
        return status(200);
    }

    /** The first requests get one script each, in order of arrival; all others the last one. */
    static Script inTurn(Script... scripts) {
        java.util.concurrent.atomic.AtomicInteger next = new java.util.concurrent.atomic.AtomicInteger();
        return (request, connection) ->
                scripts[Math.min(next.getAndIncrement(), scripts.length - 1)].answer(request, connection);
    }

    /** {@code {"docCount":n}} for a request. */
    static String docCount(Received request) {
        return "{\"docCount\":" + request.lines().size() + "}";
    }
}
