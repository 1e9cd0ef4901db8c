package io.flowlog.lambda;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object from outside, read within limits. A member of another type is treated as missing. The limits are set here,
 * because the library has no default limit for a whole document.
 */
final class JsonObject {
    /** Lambda accepts at most 6 MB in a synchronous event and 1 MB in an asynchronous one. */
    private static final int MAX_DOCUMENT_BYTES = 8 * 1024 * 1024;

    private static final int MAX_DEPTH = 64;
    private static final int MAX_NAME_CHARS = 4096;
    private static final int MAX_NUMBER_CHARS = 100;
    private static final int MAX_TOKENS = 2_000_000;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxDocumentLength(MAX_DOCUMENT_BYTES)
                    .maxStringLength(MAX_DOCUMENT_BYTES)
                    .maxNestingDepth(MAX_DEPTH)
                    .maxNameLength(MAX_NAME_CHARS)
                    .maxNumberLength(MAX_NUMBER_CHARS)
                    .maxTokenCount(MAX_TOKENS)
                    .build())
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .build();

    private final Map<String, @Nullable Object> members;

    private JsonObject(Map<String, @Nullable Object> members) {
        this.members = members;
    }

    /** Reads a document that is one object and nothing else; everything else is an exception. */
    static JsonObject read(InputStream in) throws IOException {
        try (JsonParser parser = FACTORY.createParser(in)) {
            return whole(parser);
        }
    }

    /** Reads a document that is one object and nothing else; everything else is an exception. */
    static JsonObject read(String text) throws IOException {
        try (JsonParser parser = FACTORY.createParser(text)) {
            return whole(parser);
        }
    }

    private static JsonObject whole(JsonParser parser) throws IOException {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            throw new IOException("not a JSON object");
        }
        JsonObject object = object(parser);
        if (parser.nextToken() != null) {
            throw new IOException("more than one JSON document");
        }
        return object;
    }

    private static JsonObject object(JsonParser parser) throws IOException {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            members.put(name, value(parser));
        }
        return new JsonObject(members);
    }

    private static @Nullable Object value(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> array(parser);
            case VALUE_TRUE -> Boolean.TRUE;
            case VALUE_FALSE -> Boolean.FALSE;
            case VALUE_NULL -> null;
            case VALUE_NUMBER_INT -> parser.getNumberValue();
            // As written: fractions are not used, and converting them can be expensive.
            case VALUE_NUMBER_FLOAT -> new StringBuilder(parser.getText());
            default -> parser.getText();
        };
    }

    private static List<@Nullable Object> array(JsonParser parser) throws IOException {
        List<@Nullable Object> elements = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            elements.add(value(parser));
        }
        return elements;
    }

    /** Whether the object has this member, even if it is null. */
    boolean has(String name) {
        return members.containsKey(name);
    }

    /** Whether a member is a text, even an empty one. */
    boolean isText(String name) {
        return members.get(name) instanceof String;
    }

    /** The names of the members, in the order of the document. */
    Set<String> names() {
        return members.keySet();
    }

    /** A member that is a text and not empty, or null. */
    @Nullable
    String text(String name) {
        return members.get(name) instanceof String text && !text.isEmpty() ? text : null;
    }

    /** A member that is an object, or null. */
    @Nullable
    JsonObject object(String name) {
        return members.get(name) instanceof JsonObject object ? object : null;
    }

    /** A text inside a member that is an object, or null. */
    @Nullable
    String text(String objectName, String name) {
        JsonObject object = object(objectName);
        return object == null ? null : object.text(name);
    }

    /** A member that is a list, or null. An element that is not an object is null. */
    @Nullable
    List<@Nullable JsonObject> objects(String name) {
        if (!(members.get(name) instanceof List<?> list)) {
            return null;
        }
        List<@Nullable JsonObject> objects = new ArrayList<>(list.size());
        for (Object element : list) {
            objects.add(element instanceof JsonObject object ? object : null);
        }
        return objects;
    }

    /** A member that is an integer from 0 to the largest long, or -1. */
    long count(String name) {
        Object value = members.get(name);
        return value instanceof Integer || value instanceof Long ? Math.max(-1, ((Number) value).longValue()) : -1;
    }
}
