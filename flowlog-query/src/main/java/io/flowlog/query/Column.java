package io.flowlog.query;

import io.flowlog.parser.FlowLogField;
import java.util.Locale;

/**
 * A column of {@code flows}.
 *
 * @param name the name in the header of a flow log, such as {@code pkt-srcaddr}
 * @param sqlName the name in Athena and in AWS's Parquet files, such as {@code pkt_srcaddr}
 * @param integer whether its values are integers; text otherwise
 */
record Column(String name, String sqlName, boolean integer) {
    /**
     * The column of that name, with hyphens or with underscores. A name that AWS does not document is a text column.
     */
    static Column of(String name) {
        String sqlName = name.replace('-', '_');
        return FlowLogField.of(sqlName.replace('_', '-').toLowerCase(Locale.ROOT))
                .map(field -> new Column(field.awsName(), field.awsName().replace('-', '_'), field.isInteger()))
                .orElse(new Column(name, sqlName, false));
    }

    /** Whether AWS documents the column. */
    boolean isDocumented() {
        return FlowLogField.of(name).isPresent();
    }

    /** What tells columns apart: SQL's names do not differ by case. */
    String key() {
        return sqlName.toLowerCase(Locale.ROOT);
    }

    /** The type in DuckDB. */
    String sqlType() {
        return integer ? "BIGINT" : "VARCHAR";
    }

    /** The name in SQL, quoted if necessary: some names, such as {@code end}, are keywords. */
    String quoted() {
        return Sql.name(sqlName);
    }
}
