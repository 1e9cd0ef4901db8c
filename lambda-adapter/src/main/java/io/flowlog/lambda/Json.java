package io.flowlog.lambda;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteConstraints;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * JSON documents as maps, lists, strings and so on, with limits. An event is at most 6 MiB, so a tree of it is small; the
 * limits are ours because the library's defaults have none for a whole document.
 */
final class Json {
    /** Lambda takes at most 6 MB in one synchronous event and 1 MB in an asynchronous one. */
    static final int MAX_DOCUMENT_BYTES = 8 * 1024 * 1024;

    private static final int MAX_DEPTH = 64;
    private static final int MAX_NAME_CHARS = 4096;
    private static final int MAX_NUMBER_CHARS = 100;
    private static final int MAX_TOKENS = 2_000_000;

    static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxDocumentLength(MAX_DOCUMENT_BYTES)
                    .maxStringLength(MAX_DOCUMENT_BYTES)
                    .maxNestingDepth(MAX_DEPTH)
                    .maxNameLength(MAX_NAME_CHARS)
                    .maxNumberLength(MAX_NUMBER_CHARS)
                    .maxTokenCount(MAX_TOKENS)
                    .build())
            .streamWriteConstraints(
                    StreamWriteConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .build();

    /** One whole document; anything after it is an error. */
    static @Nullable Object read(InputStream in) throws IOException {
        try (JsonParser parser = FACTORY.createParser(in)) {
            return readWhole(parser);
        }
    }

    static @Nullable Object read(String text) throws IOException {
        try (JsonParser parser = FACTORY.createParser(text)) {
            return readWhole(parser);
        }
    }

    private static @Nullable Object readWhole(JsonParser parser) throws IOException {
        if (parser.nextToken() == null) {
            throw new IOException("the document is empty");
        }
        Object value = value(parser);
        if (parser.nextToken() != null) {
            throw new IOException("something follows the document");
        }
        return value;
    }

    private static @Nullable Object value(JsonParser parser) throws IOException {
        JsonToken token = parser.currentToken();
        return switch (token) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> array(parser);
            case VALUE_TRUE -> Boolean.TRUE;
            case VALUE_FALSE -> Boolean.FALSE;
            case VALUE_NULL -> null;
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new Num(parser.getText());
            default -> parser.getText();
        };
    }

    private static Map<String, @Nullable Object> object(JsonParser parser) throws IOException {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            members.put(name, value(parser));
        }
        return members;
    }

    private static List<@Nullable Object> array(JsonParser parser) throws IOException {
        List<@Nullable Object> elements = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            elements.add(value(parser));
        }
        return elements;
    }

    /** A number as it was written. */
    record Num(String text) {}

    /** The member as an object, or null if it is missing or something else. */
    @SuppressWarnings("unchecked")
    static @Nullable Map<String, @Nullable Object> object(@Nullable Object value) {
        return value instanceof Map ? (Map<String, @Nullable Object>) value : null;
    }

    @SuppressWarnings("unchecked")
    static @Nullable List<@Nullable Object> list(@Nullable Object value) {
        return value instanceof List ? (List<@Nullable Object>) value : null;
    }

    /** The member as text, or null if it is missing, empty or something else. */
    static @Nullable String text(@Nullable Map<String, @Nullable Object> object, String name) {
        return object != null && object.get(name) instanceof String text && !text.isEmpty() ? text : null;
    }

    /** The member as a count, or -1 if it is missing or something else. */
    static long count(@Nullable Map<String, @Nullable Object> object, String name) {
        if (object != null && object.get(name) instanceof Num number) {
            try {
                return Math.max(-1, Long.parseLong(number.text()));
            } catch (NumberFormatException e) {
                return -1;
            }
        }
        return -1;
    }

    private Json() {}
}
