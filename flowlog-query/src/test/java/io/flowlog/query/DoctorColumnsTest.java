package io.flowlog.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowlog.cli.doctor.QueryColumns;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** {@code flowlog doctor} lists the columns of the questions; it cannot read them here, because this module uses its jar. */
class DoctorColumnsTest {
    @Test
    void theListOfDoctorIsThatOfTheQuestions() {
        Map<String, List<String>> needs = NamedQuery.all().stream()
                .collect(Collectors.toMap(
                        NamedQuery::name,
                        query -> query.needs().stream().map(Column::name).toList()));
        assertThat(QueryColumns.needs()).isEqualTo(needs);
    }
}
