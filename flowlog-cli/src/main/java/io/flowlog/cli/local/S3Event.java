package io.flowlog.cli.local;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** The notification that S3 sends for a new object (Amazon S3 User Guide, "Event message structure"), version 2.1. */
public final class S3Event {
    private static final JsonFactory JSON = new JsonFactory();

    private S3Event() {}

    /**
     * The event of one object.
     *
     * @param key the key of the object; the event contains it form-encoded, as those of S3 do
     * @param eTag without quotes
     */
    public static String created(String bucket, String key, long size, String eTag) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            json.writeArrayFieldStart("Records");
            json.writeStartObject();
            json.writeStringField("eventVersion", "2.1");
            json.writeStringField("eventSource", "aws:s3");
            json.writeStringField("awsRegion", "us-east-1");
            json.writeStringField("eventTime", Instant.now().toString());
            json.writeStringField("eventName", "ObjectCreated:Put");
            json.writeObjectFieldStart("s3");
            json.writeStringField("s3SchemaVersion", "1.0");
            json.writeStringField("configurationId", "flowlog-local");
            json.writeObjectFieldStart("bucket");
            json.writeStringField("name", bucket);
            json.writeStringField("arn", "arn:aws:s3:::" + bucket);
            json.writeEndObject();
            json.writeObjectFieldStart("object");
            json.writeStringField(
                    "key", URLEncoder.encode(key, StandardCharsets.UTF_8).replace("%2F", "/"));
            json.writeNumberField("size", size);
            json.writeStringField("eTag", eTag);
            json.writeStringField("sequencer", "0066AB4F6D2B3C4D5E");
            json.writeEndObject();
            json.writeEndObject();
            json.writeEndObject();
            json.writeEndArray();
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }
}
