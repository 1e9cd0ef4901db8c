package io.flowlog.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code flowlog local --keep} got through S3, the function and the lake answers all questions as the flow log does. */
class LakeSideIT {
    @TempDir
    private Path folder;

    @Test
    void answersAllQuestionsAsTheFlowLogDoes() throws Exception {
        List<Map<String, String>> records = new MadeUpFlows(41, false).records(1500);
        Path first = MadeUpFlows.write(folder.resolve("1.log.gz"), MadeUpFlows.ALL, records.subList(0, 700));
        Path second = MadeUpFlows.write(folder.resolve("2.log.gz"), MadeUpFlows.ALL, records.subList(700, 1500));
        Path kept = folder.resolve("kept");
        Path log = folder.resolve("log.txt");
        int status = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-jar",
                        "../flowlog-cli/target/flowlog-cli.jar",
                        "local",
                        "--keep",
                        kept.toString(),
                        first.toString(),
                        second.toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start()
                .waitFor();
        assertThat(status).as(Files.readString(log)).isZero();
        List<Path> bodies = new ArrayList<>();
        try (Stream<Path> all = Files.walk(kept)) {
            all.filter(Files::isRegularFile).sorted().forEach(bodies::add);
        }
        assertThat(bodies).isNotEmpty();
        try (Databases flowLog = Databases.over(first, second);
                Databases lake = Databases.over(bodies.toArray(Path[]::new))) {
            for (String name : NamedQuery.NAMES) {
                assertThat(lake.answer(name).rows())
                        .as(name)
                        .isNotEmpty()
                        .isEqualTo(flowLog.answer(name).rows());
            }
        }
    }
}
