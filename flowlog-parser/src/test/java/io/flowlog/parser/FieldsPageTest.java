package io.flowlog.parser;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Holds the table in docs/fields.md against the code. */
class FieldsPageTest {
    private static List<List<String>> table() throws IOException {
        return Files.readAllLines(Path.of("..", "docs", "fields.md")).stream()
                .filter(line -> line.startsWith("| `"))
                .map(line -> Arrays.stream(line.substring(1).split("\\|"))
                        .map(cell -> cell.strip().replaceAll("^`(.*)`$", "$1"))
                        .toList())
                .toList();
    }

    @Test
    void theTableHasEveryFieldInOrder() throws IOException {
        assertThat(table())
                .extracting(row -> row.get(0))
                .containsExactlyElementsOf(Arrays.stream(FlowLogField.values())
                        .map(FlowLogField::awsName)
                        .toList());
        assertThat(table()).allSatisfy(row -> assertThat(row).hasSize(7).noneMatch(String::isEmpty));
    }

    @Test
    void theTableSaysWhatTheFieldsSay() throws IOException {
        for (List<String> row : table()) {
            FlowLogField field = FlowLogField.of(row.get(0)).orElseThrow();
            boolean both = field.isInVpcLogs() && field.isInTransitGatewayLogs();
            assertThat(row.get(1)).isEqualTo(both ? "both" : field.isInVpcLogs() ? "VPC" : "Transit Gateway");
            assertThat(row.get(2)).isEqualTo(Integer.toString(field.since()));
            assertThat(row.get(3)).isEqualTo(field.isInteger() ? "integer" : "text");
        }
    }

    @Test
    void theTableNamesTheAccessors() throws IOException {
        Map<String, Method> accessors = Arrays.stream(FlowLogRecord.class.getMethods())
                .filter(method -> method.getParameterCount() == 0)
                .collect(toMap(Method::getName, method -> method, (first, second) -> first));
        for (List<String> row : table()) {
            FlowLogField field = FlowLogField.of(row.get(0)).orElseThrow();
            Method accessor = accessors.get(AccessorsTest.accessorName(field));
            assertThat(accessor).as(row.get(0)).isNotNull();
            String type = accessor.getGenericReturnType().getTypeName().replaceAll("[a-z.]+\\.", "");
            assertThat(row.get(6)).isEqualTo(type + " " + accessor.getName() + "()");
        }
    }

    @Test
    void theOpenSetsOfTheTableAreThoseOfTheCode() throws IOException {
        Map<String, List<String>> sets = Map.of(
                "action", texts(Action.values(), Action::text),
                "log-status", texts(LogStatus.values(), LogStatus::text),
                "type", texts(TrafficType.values(), TrafficType::text),
                "sublocation-type", texts(SublocationType.values(), SublocationType::text),
                "flow-direction", texts(FlowDirection.values(), FlowDirection::text),
                "reject-reason", texts(RejectReason.values(), RejectReason::text),
                "interface-type", texts(InterfaceType.values(), InterfaceType::text));
        for (List<String> row : table()) {
            List<String> words = sets.get(row.get(0));
            if (words != null) {
                String cell = row.get(4).replace("`", "");
                assertThat(List.of(cell.split(", "))).isEqualTo(words);
            }
        }
    }

    private static <E> List<String> texts(E[] constants, Function<E, String> text) {
        return Arrays.stream(constants)
                .map(text)
                .filter(word -> !word.equals("UNKNOWN"))
                .toList();
    }
}
