package io.flowlog.sink.http;

import io.flowlog.sink.http.testing.Received;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A transport that is the lake itself: keeps every request, and answers by a function. */
final class FakeLake implements Transport {
    /** What the lake does with one request. */
    interface Behaviour {
        Answer answer(Received request, long timeoutNanos) throws IOException, InterruptedException;
    }

    final List<Received> received = new CopyOnWriteArrayList<>();
    final FakeTime time = new FakeTime();
    private final Behaviour behaviour;

    FakeLake(Behaviour behaviour) {
        this.behaviour = behaviour;
    }

    static Answer status(int status, String... namesAndValues) {
        Map<String, List<String>> headers = new TreeMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            headers.computeIfAbsent(namesAndValues[i], name -> new CopyOnWriteArrayList<>())
                    .add(namesAndValues[i + 1]);
        }
        return new Answer(status, headers, new byte[0], null);
    }

    static Answer ok(Received request) {
        byte[] body = ("{\"docCount\":" + request.lines().size() + "}").getBytes(StandardCharsets.UTF_8);
        return new Answer(200, Map.of(), body, null);
    }

    /** A builder for a sink on this lake; {@link #build} ends it. No jitter: waits are as long as they can be. */
    static HttpSink.Builder sink() {
        return HttpSink.builder(URI.create("https://lake.example/logs"));
    }

    HttpSink build(HttpSink.Builder builder) {
        return builder.build(this, time, () -> limit -> limit);
    }

    @Override
    public Answer post(Post post, long timeoutNanos) throws IOException, InterruptedException {
        Map<String, String> headers = new TreeMap<>();
        for (int i = 0; i < post.headers().size(); i += 2) {
            headers.put(
                    post.headers().get(i).toLowerCase(java.util.Locale.ROOT),
                    post.headers().get(i + 1));
        }
        Received request = new Received("POST", headers, post.body());
        received.add(request);
        return behaviour.answer(request, timeoutNanos);
    }
}
