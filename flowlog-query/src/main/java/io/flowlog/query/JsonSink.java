package io.flowlog.query;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.Writer;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes a result as JSON lines: an object for each row. */
final class JsonSink implements ResultSink {
    private final Writer out;
    private final JsonGenerator json;
    private final long limit;
    private List<String> columns = List.of();
    private long rows;

    /**
     * A sink.
     *
     * @param limit rows at most; 0 is all
     */
    JsonSink(Writer out, long limit) throws IOException {
        this.out = out;
        this.limit = limit;
        json = new JsonFactory().createGenerator(out);
        json.setRootValueSeparator(null);
        json.disable(JsonGenerator.Feature.FLUSH_PASSED_TO_STREAM);
    }

    @Override
    public void begin(List<String> names) {
        columns = names;
    }

    @Override
    public boolean row(@Nullable Object[] values) throws IOException {
        if (limit > 0 && rows == limit) {
            return false;
        }
        rows++;
        json.writeStartObject();
        for (int i = 0; i < values.length; i++) {
            json.writeFieldName(columns.get(i));
            write(json, values[i]);
        }
        json.writeEndObject();
        json.flush();
        out.write('\n');
        return true;
    }

    static void write(JsonGenerator json, @Nullable Object value) throws IOException {
        if (value == null) {
            json.writeNull();
        } else if (value instanceof Boolean flag) {
            json.writeBoolean(flag);
        } else if (value instanceof BigInteger number) {
            json.writeNumber(number);
        } else if (value instanceof BigDecimal number) {
            json.writeNumber(number);
        } else if (value instanceof Double || value instanceof Float) {
            json.writeNumber(((Number) value).doubleValue());
        } else if (value instanceof Number number) {
            json.writeNumber(number.longValue());
        } else {
            json.writeString(Values.text(value));
        }
    }

    @Override
    public void end() throws IOException {
        out.flush();
    }
}
