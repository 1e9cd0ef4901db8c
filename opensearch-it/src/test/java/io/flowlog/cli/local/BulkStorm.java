package io.flowlog.cli.local;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.flowlog.sink.http.testing.Connection;
import io.flowlog.sink.http.testing.Received;
import io.flowlog.sink.http.testing.Script;
import java.io.IOException;
import java.io.StringWriter;
import java.util.BitSet;
import java.util.List;
import java.util.Random;

/**
 * A proxy before OpenSearch. It answers 429 for some items, which it does not pass on, and loses one in three answers after
 * OpenSearch has stored the records. The seed decides which ones.
 */
final class BulkStorm implements Script {
    private static final JsonFactory JSON = new JsonFactory();
    private static final int BUSY_ONE_IN = 40;

    private final SearchNode node;
    private final String path;
    private final Random random;
    private int requests;
    private int lost;
    private int busyItems;

    BulkStorm(SearchNode node, String path, long seed) {
        this.node = node;
        this.path = path;
        this.random = new Random(seed);
    }

    synchronized int lost() {
        return lost;
    }

    synchronized int busyItems() {
        return busyItems;
    }

    @Override
    public void answer(Received request, Connection connection) throws IOException, InterruptedException {
        List<String> lines = request.lines();
        BitSet busy = new BitSet();
        boolean loses;
        synchronized (this) {
            for (int item = 0; item < lines.size() / 2; item++) {
                busy.set(item, random.nextInt(BUSY_ONE_IN) == 0);
            }
            busyItems += busy.cardinality();
            // Not left to chance, so that a short run loses a third too.
            loses = requests++ % 3 == 1;
            lost += loses ? 1 : 0;
        }
        StringBuilder passedOn = new StringBuilder();
        for (int line = 0; line < lines.size(); line++) {
            if (!busy.get(line / 2)) {
                passedOn.append(lines.get(line)).append('\n');
            }
        }
        String stored = passedOn.isEmpty() ? "{\"items\":[]}" : node.send("POST", path, passedOn.toString());
        if (loses) {
            connection.reset();
        } else {
            connection.answer(200, merged(stored, busy, lines.size() / 2));
        }
    }

    private static String merged(String stored, BitSet busy, int items) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonParser in = JSON.createParser(stored);
                JsonGenerator out = JSON.createGenerator(text)) {
            while (in.nextToken() != JsonToken.START_ARRAY) {
                if (in.currentToken() == null) {
                    throw new IOException("OpenSearch answered without items: " + stored);
                }
            }
            out.writeStartObject();
            out.writeBooleanField("errors", true);
            out.writeArrayFieldStart("items");
            for (int item = 0; item < items; item++) {
                if (busy.get(item)) {
                    out.writeRawValue("{\"create\":{\"status\":429,\"error\":{\"type\":"
                            + "\"opensearch_rejected_execution_exception\",\"reason\":\"the queue is full\"}}}");
                } else {
                    in.nextToken();
                    out.copyCurrentStructure(in);
                }
            }
            out.writeEndArray();
            out.writeEndObject();
        }
        return text.toString();
    }
}
