package io.flowlog.lambda;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Records that Amazon Data Firehose wants to be transformed (Amazon Data Firehose Developer Guide, "Transform source data").
 *
 * @param deliveryStream the ARN of the stream; empty if the event does not contain it
 * @param records in the order of the answer
 */
record FirehoseEvent(String deliveryStream, List<Item> records) {
    /**
     * One of them.
     *
     * @param recordId identifies it in the answer
     * @param base64 its data
     */
    record Item(String recordId, String base64) {}

    /** Whether a document is of Firehose. */
    static boolean isOne(JsonObject root) {
        return root.has("records") && (root.has("deliveryStreamArn") || root.has("invocationId"));
    }

    /** Reads a document, which {@link #isOne}; it is refused as a whole if an answer could not name each record. */
    static Event read(JsonObject root) {
        List<@Nullable JsonObject> list = root.objects("records");
        if (list == null) {
            return Event.refused("the Firehose event's records are not a list");
        }
        List<Item> records = new ArrayList<>(list.size());
        for (JsonObject record : list) {
            String id = record == null ? null : record.text("recordId");
            if (record == null || id == null) {
                return Event.refused("a Firehose record has no recordId");
            }
            String data = record.text("data");
            if (data == null && !record.has("data")) {
                return Event.refused("a Firehose record has no data; streams from Amazon MSK are not supported");
            }
            if (!record.isText("data")) {
                return Event.refused("the data of a Firehose record is not text");
            }
            records.add(new Item(id, data == null ? "" : data));
        }
        String stream = root.text("deliveryStreamArn");
        return Event.firehose(new FirehoseEvent(stream == null ? "" : stream, records));
    }
}
