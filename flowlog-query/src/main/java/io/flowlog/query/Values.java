package io.flowlog.query;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** Values of a result as plain Java. */
final class Values {
    private Values() {}

    /** A number, a boolean, an {@link OffsetDateTime} in UTC, a text, or null. */
    static @Nullable Object read(ResultSet result, int column) throws SQLException {
        Object value = result.getObject(column);
        if (value instanceof Timestamp) {
            return result.getObject(column, java.time.LocalDateTime.class).atOffset(ZoneOffset.UTC);
        }
        if (value instanceof OffsetDateTime time) {
            return time.withOffsetSameInstant(ZoneOffset.UTC);
        }
        return value == null || value instanceof Number || value instanceof Boolean ? value : value.toString();
    }
}
