package io.flowlog.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The SQL of the questions is one text for DuckDB and Athena. Athena itself does not run here, so these tests allow only
 * what both document: the columns of AWS's table, functions that Trino has, and no syntax of DuckDB alone.
 */
class AthenaTest {
    /** "Create and query a table for Amazon VPC flow logs in Apache Parquet and in text", Amazon Athena User Guide. */
    private static final Set<String> COLUMNS =
            Set.of(("version account_id interface_id srcaddr dstaddr srcport dstport protocol packets bytes start end"
                            + " action log_status vpc_id subnet_id instance_id tcp_flags type pkt_srcaddr pkt_dstaddr region"
                            + " az_id sublocation_type sublocation_id pkt_src_aws_service pkt_dst_aws_service flow_direction"
                            + " traffic_path")
                    .split(" "));

    /** Functions with the same meaning in Trino and in DuckDB. */
    private static final Set<String> FUNCTIONS = Set.of("count", "sum", "min", "coalesce", "nullif", "least", "cast");

    /** Keywords that a parenthesis can follow. */
    private static final Set<String> BEFORE_PARENTHESIS =
            Set.of("as", "in", "exists", "filter", "or", "and", "where", "not", "then");

    private static final Set<String> KEYWORDS = Set.of(("with select from where group by order having join on as and or"
                    + " not in exists is null case when then else end distinct filter desc timestamp interval second bigint")
            .split(" "));

    /** Operators and clauses that DuckDB has and Trino does not. */
    private static final Pattern DUCKDB_ONLY =
            Pattern.compile("//|::|\\*\\*|\\bqualify\\b|\\bexclude\\b|\\breplace\\b|\\busing sample\\b|\\bilike\\b"
                    + "|(group|order) by (all|\\d)|\\basof\\b|\\bsemi join\\b|[{}\\[\\]`;]");

    static List<NamedQuery> queries() {
        return NamedQuery.all();
    }

    private static String withoutCommentsAndText(NamedQuery query) {
        return query.sql().replaceAll("--.*", "").replaceAll("'[^']*'", "''");
    }

    private static List<String> all(String pattern, String sql) {
        List<String> found = new ArrayList<>();
        Matcher matcher = Pattern.compile(pattern).matcher(sql);
        while (matcher.find()) {
            found.add(matcher.group(1));
        }
        return found;
    }

    @ParameterizedTest
    @MethodSource("queries")
    void theSqlCallsOnlyFunctionsOfBoth(NamedQuery query) {
        String sql = withoutCommentsAndText(query);
        List<String> called = all("(\\w+)\\s*\\(", sql);
        called.removeAll(BEFORE_PARENTHESIS);
        assertThat(FUNCTIONS).containsAll(called);
        assertThat(sql).doesNotContainPattern(DUCKDB_ONLY).isEqualTo(sql.toLowerCase(java.util.Locale.ROOT));
    }

    @ParameterizedTest
    @MethodSource("queries")
    void theSqlNamesOnlyColumnsOfTheTableOfAws(NamedQuery query) {
        String sql = withoutCommentsAndText(query);
        List<String> words = all("\\b([a-z_]\\w*)", sql);
        words.removeAll(KEYWORDS);
        words.removeAll(FUNCTIONS);
        words.removeAll(all("\\bas (\\w+)", sql));
        words.removeAll(all("\\b(\\w+) as \\(", sql));
        // Another name for a table of the query.
        words.removeAll(all("\\b(?:from|join) \\w+ (?!where\\b|on\\b|group\\b|join\\b)(\\w+)", sql));
        words.removeIf("flows"::equals);
        assertThat(COLUMNS).containsAll(words);
        assertThat(COLUMNS)
                .containsAll(query.needs().stream().map(Column::sqlName).toList());
        assertThat(COLUMNS)
                .containsAll(query.uses().stream().map(Column::sqlName).toList());
    }
}
