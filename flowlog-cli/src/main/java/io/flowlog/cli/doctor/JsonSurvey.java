package io.flowlog.cli.doctor;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.flowlog.cli.shared.Sizes;
import io.flowlog.parser.FlowLogField;
import io.flowlog.parser.FlowLogFormat;
import io.flowlog.parser.FlowLogParseException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Set;
import java.util.TreeSet;

/** Counts JSON objects one after the other, with or without a line end between them, and says whose they are. */
final class JsonSurvey {
    private static final int MOST_NAMES = 1000;
    private static final int LONGEST_MESSAGE = 64 * 1024;

    /** Without a table of all names, which would grow with the input. The caller closes the input. */
    private static final JsonFactory JSON = JsonFactory.builder()
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .disable(StreamReadFeature.AUTO_CLOSE_SOURCE)
            .build();

    private final Set<String> names = new TreeSet<>();
    private long objects;
    private long withFields;
    private long withMessage;
    private long defaultLines;
    private boolean invalid;

    /** Reads to the end, or to where it is not JSON any more. */
    void read(InputStream in) throws IOException {
        try (JsonParser json = JSON.createParser(in)) {
            while (json.nextToken() == JsonToken.START_OBJECT) {
                readObject(json);
            }
            invalid = json.currentToken() != null;
        } catch (JsonProcessingException e) {
            invalid = true;
        }
    }

    private void readObject(JsonParser json) throws IOException {
        boolean fields = false;
        boolean message = false;
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            JsonToken value = json.nextToken();
            if (names.size() < MOST_NAMES) {
                names.add(name);
            }
            fields |= FlowLogField.of(name).isPresent();
            if (name.equals("message") && value == JsonToken.VALUE_STRING) {
                message = true;
                defaultLines += isDefaultLine(json.getText()) ? 1 : 0;
            }
            json.skipChildren();
        }
        objects++;
        withFields += fields ? 1 : 0;
        withMessage += message ? 1 : 0;
    }

    private static boolean isDefaultLine(String message) {
        try {
            FlowLogFormat.DEFAULT.parseLine(message.substring(0, Math.min(message.length(), LONGEST_MESSAGE)));
            return true;
        } catch (FlowLogParseException | IllegalArgumentException e) {
            // Several lines, or not one of this format.
            return false;
        }
    }

    /** Whose objects they are, and how many. */
    String description() {
        String end = invalid ? ", then something that is not JSON" : "";
        String count = Sizes.count(objects, "object") + end;
        if (objects > 0 && withMessage == objects) {
            return "JSON of Amazon Data Firehose: " + count + " with a flow log line in \"message\""
                    + (defaultLines == objects ? ", default format" : "");
        }
        if (objects > 0 && withFields == objects) {
            return "JSON lines of flow log records, as a lake gets them: " + count;
        }
        if (names.contains("logEvents")) {
            return "JSON of a CloudWatch Logs subscription: " + count;
        }
        return objects == 0 ? "text that begins like JSON and is not" : "JSON of something else: " + count;
    }
}
