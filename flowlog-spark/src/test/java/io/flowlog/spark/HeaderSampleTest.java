package io.flowlog.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HeaderSampleTest {
    @TempDir
    private Path folder;

    private static LogFile file(String flowLog, int i) {
        return new LogFile(
                "AWSLogs/x/111111111111_vpcflowlogs_eu-west-1_" + flowLog + "_20260317T%04dZ_a.log.gz".formatted(i), 1);
    }

    @Test
    void takesOneFileOfEachFlowLogFirst() {
        List<LogFile> files = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            files.add(file(i == 777 ? "fl-rare" : "fl-common", i % 60));
        }
        assertThat(HeaderSample.choose(files, 3)).hasSize(3).contains(files.get(0), files.get(777));
        assertThat(HeaderSample.choose(files, 1000)).isEqualTo(files);
    }

    @Test
    void takesFilesAtEvenDistancesIfTheirNamesSayNothing() {
        List<LogFile> files = new ArrayList<>();
        for (int i = 0; i < 101; i++) {
            files.add(new LogFile("f" + i, 1));
        }
        assertThat(HeaderSample.choose(files, 3)).containsExactly(files.get(0), files.get(50), files.get(100));
        assertThat(HeaderSample.choose(files, 1)).containsExactly(files.get(0));
    }

    @Test
    void theOptionSetsTheNumberOfFiles() throws Exception {
        Logs.write(folder.resolve("a.log"), "srcaddr", "10.0.0.1");
        Logs.write(folder.resolve("b.log"), "srcaddr bytes", "10.0.0.2 1");
        assertThat(Sessions.flowlog().load(folder.toString()).columns()).contains("bytes");
        assertThat(Sessions.flowlog()
                        .option("sampleFiles", 1)
                        .option("mode", "FAILFAST")
                        .load(folder + "/a.log", folder + "/b.log")
                        .columns())
                .containsExactly("srcaddr");
    }

    @Test
    void filesWithoutLinesHaveTheColumnsOfTheDefaultFormat() throws Exception {
        Logs.write(folder.resolve("a.log.gz"), "");
        var flows = Sessions.flowlog().load(folder.toString());
        assertThat(flows.columns()).contains("srcaddr", "log_status");
        assertThat(flows.count()).isZero();
    }
}
