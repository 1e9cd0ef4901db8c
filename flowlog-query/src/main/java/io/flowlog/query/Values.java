package io.flowlog.query;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** Values of a result as plain Java. */
final class Values {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ISO_OFFSET_DATE_TIME;

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

    /** A value as text; times as ISO 8601 in UTC. */
    static String text(Object value) {
        return value instanceof OffsetDateTime time ? TIME.format(time) : value.toString();
    }
}
