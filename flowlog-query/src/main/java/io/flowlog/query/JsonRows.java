package io.flowlog.query;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The records of a file of JSON lines, one flat object a line, as the sink sends them and as a lake keeps them. */
final class JsonRows implements Rows {
    private static final JsonFactory JSON = new JsonFactory();

    private final FlowInput input;
    private final MalformedLines.OfInput malformed;
    private final LineReader lines;
    /** The places of the columns, by the names found so far. */
    private final Map<String, Integer> indexes = new HashMap<>();

    JsonRows(FlowInput input, MalformedLines.OfInput malformed) throws IOException {
        this.input = input;
        this.malformed = malformed;
        this.lines = new LineReader(input.name(), input.open());
    }

    @Override
    public List<String> firstColumns() throws IOException {
        Set<String> names = new LinkedHashSet<>();
        while (names.isEmpty() && lines.next()) {
            addNames(names);
        }
        return List.copyOf(names);
    }

    @Override
    public Collection<String> allColumns() throws IOException {
        Set<String> names = new LinkedHashSet<>();
        while (lines.next()) {
            addNames(names);
        }
        return names;
    }

    private void addNames(Set<String> names) throws IOException {
        Set<String> ofLine = new LinkedHashSet<>();
        try (JsonParser json = parser()) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                return;
            }
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                ofLine.add(json.currentName());
                json.nextToken();
                json.skipChildren();
            }
        } catch (JsonProcessingException e) {
            return; // Whoever reads the records reports the line.
        }
        names.addAll(ofLine);
    }

    private JsonParser parser() throws IOException {
        return JSON.createParser(lines.bytes(), 0, lines.length());
    }

    @Override
    public boolean read(RowBuffer target, int row) throws IOException {
        while (lines.next()) {
            if (lines.isBlank()) {
                continue;
            }
            target.clear(row);
            @Nullable String problem;
            try {
                problem = lines.isTooLong()
                        ? "expected a line of at most " + LineReader.MAX_LENGTH + " bytes"
                        : parse(target, row);
            } catch (JsonProcessingException e) {
                problem = "expected a JSON object, found an error: " + e.getOriginalMessage();
            }
            if (problem == null) {
                return true;
            }
            malformed.add(lines.number(), input.name() + ", line " + lines.number() + ": " + problem);
        }
        return false;
    }

    /** What is wrong with the line, or null when it became the row. */
    private @Nullable String parse(RowBuffer target, int row) throws IOException {
        try (JsonParser json = parser()) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                return "expected a JSON object";
            }
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                JsonToken value = json.nextToken();
                Integer column = indexes.get(name);
                if (column == null) {
                    column = target.indexOf(name);
                    indexes.put(name, column);
                }
                if (column < 0) {
                    json.skipChildren();
                } else if (value.isStructStart()) {
                    return "column " + name + ": expected a value, found " + value.asString();
                } else if (value != JsonToken.VALUE_NULL && !put(target, column, row, json)) {
                    return "column " + name + ": expected an integer from 0 to " + Long.MAX_VALUE + ", found "
                            + json.getText();
                }
            }
            return json.nextToken() == null ? null : "expected one JSON object, found more";
        }
    }

    private static boolean put(RowBuffer target, int column, int row, JsonParser json) throws IOException {
        if (!target.isInteger(column)) {
            target.putText(column, row, json.getText());
            return true;
        }
        long number = Integers.parse(json.getText());
        if (number >= 0) {
            target.putNumber(column, row, number);
        }
        return number >= 0;
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
