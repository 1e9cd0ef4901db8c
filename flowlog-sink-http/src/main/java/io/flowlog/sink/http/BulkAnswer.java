package io.flowlog.sink.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The answer of a bulk request, item by item. Elasticsearch and OpenSearch answer the items in the order of the request,
 * each with a status of its own.
 *
 * @param statuses by item; 0 if it has none
 * @param reasons by the number of the item: the error
 */
record BulkAnswer(int[] statuses, Map<Integer, String> reasons) {
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(100).build())
            .build();

    /** Null if the body is not the answer of a bulk request. */
    static @Nullable BulkAnswer read(byte[] body, int records) {
        try (JsonParser json = JSON.createParser(body)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                return null;
            }
            boolean noErrors = false;
            BulkAnswer items = null;
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                JsonToken value = json.nextToken();
                if (name.equals("errors") && value == JsonToken.VALUE_FALSE) {
                    noErrors = true;
                } else if (name.equals("items") && value == JsonToken.START_ARRAY) {
                    items = items(json, records);
                } else {
                    json.skipChildren();
                }
            }
            if (items == null && noErrors) {
                // The answer was shortened with filter_path.
                int[] created = new int[records];
                Arrays.fill(created, 201);
                return new BulkAnswer(created, Map.of());
            }
            return items;
        } catch (IOException e) {
            return null;
        }
    }

    private static BulkAnswer items(JsonParser json, int records) throws IOException {
        int[] statuses = new int[records];
        Map<Integer, String> reasons = new TreeMap<>();
        int count = 0;
        while (json.nextToken() == JsonToken.START_OBJECT) {
            if (count == statuses.length) {
                statuses = Arrays.copyOf(statuses, count * 2 + 1);
            }
            // {"create":{...}}
            json.nextToken();
            json.nextToken();
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                JsonToken value = json.nextToken();
                if (name.equals("status") && value == JsonToken.VALUE_NUMBER_INT) {
                    statuses[count] = json.getIntValue();
                } else if (name.equals("error")) {
                    reasons.put(count, error(json));
                } else {
                    json.skipChildren();
                }
            }
            json.nextToken();
            count++;
        }
        return new BulkAnswer(Arrays.copyOf(statuses, count), reasons);
    }

    /** The reasons of an error and of its causes. */
    private static String error(JsonParser json) throws IOException {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            String text = json.getText();
            json.skipChildren();
            return text;
        }
        StringBuilder text = new StringBuilder();
        int depth = 1;
        while (depth > 0) {
            JsonToken token = json.nextToken();
            if (token == null) {
                throw new IOException("the answer ends within an error");
            }
            depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
            boolean shown = token == JsonToken.VALUE_STRING
                    && ("reason".equals(json.currentName()) || depth == 1 && "type".equals(json.currentName()));
            if (shown) {
                text.append(text.length() == 0 ? "" : ": ").append(json.getText());
            }
        }
        return text.toString();
    }

    /** Whether the lake has the record. */
    static boolean isStored(int status) {
        return status == 200 || status == 201 || status == 409;
    }

    /** Whether the record can be stored later. */
    static boolean isTemporary(int status) {
        return status == 0 || status == 429 || status >= 500;
    }

    /** Whether the status is about the index or the permissions, and not about the record. */
    static boolean isAboutTheIndex(int status) {
        return status == 401 || status == 403 || status == 404;
    }
}
