package io.flowlog.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowlog.cli.local.LocalLake;
import io.flowlog.cli.testing.RunsTheCommand;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

/** The commands with Parquet files. With a JDK older than 21 the library for them is not built. */
class ParquetIT extends RunsTheCommand {
    private static final Path TWINS = SCRIPT.resolveSibling("flowlog-parquet/src/test/resources/twins");
    private static final String FILE = TWINS.resolve("v5-spark-gzip.parquet").toString();

    @Test
    @EnabledForJreRange(min = JRE.JAVA_21)
    void catGivesTheSameJsonForParquetAndItsText() throws Exception {
        List<String> parquet = new ArrayList<>(List.of("cat"));
        List<String> text = new ArrayList<>(List.of("cat"));
        try (Stream<Path> files = Files.list(TWINS)) {
            files.filter(file -> file.toString().endsWith(".parquet")).sorted().forEach(file -> {
                String name = file.getFileName().toString();
                parquet.add(file.toString());
                text.add(TWINS.resolve(name.substring(0, name.indexOf('-')) + ".log")
                        .toString());
            });
        }
        Result fromParquet = flowlog(parquet.toArray(String[]::new));
        assertThat(fromParquet.err()).isEmpty();
        assertThat(fromParquet.status()).isZero();
        Result fromText = flowlog(text.toArray(String[]::new));
        assertThat(fromParquet.outLines()).isEqualTo(fromText.outLines()).hasSizeGreaterThan(700);
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_21)
    void catReadsParquetFromAPipe() throws Exception {
        Result piped = run(System.getProperty("java.home"), Path.of(FILE), "./flowlog", "cat", "-", "--limit", "3");
        assertThat(piped.err()).isEmpty();
        assertThat(piped.outLines())
                .hasSize(3)
                .isEqualTo(flowlog("cat", FILE, "--limit", "3").outLines());
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_21)
    void doctorExaminesParquet() throws Exception {
        Result result = flowlog("doctor", FILE);
        assertThat(result.status()).isZero();
        assertThat(result.out())
                .contains("Kind        VPC flow log, Parquet\n", "(Parquet ")
                .contains("Columns     29, of which AWS documents 29\n", "Function    delivers 150 records\n");
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_21)
    void shipSendsParquet() throws Exception {
        try (LocalLake lake = LocalLake.start("secret", Integer.MAX_VALUE)) {
            environment.put("FLOWLOG_TOKEN", "secret");
            environment.put("XDG_STATE_HOME", directory.resolve("state").toString());
            Result result = flowlog("ship", "--to", lake.endpoint().toString(), FILE);
            assertThat(result.status()).as(result.err()).isZero();
            assertThat(result.out() + result.err()).contains("150 records");
        }
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_21)
    void localSendsParquetThroughTheFunction() throws Exception {
        Result result = flowlog("local", FILE);
        assertThat(result.status()).as(result.out() + result.err()).isZero();
        assertThat(result.out()).contains("150");
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_21)
    void p1ADamagedFileIsAnErrorThatNamesIt() throws Exception {
        byte[] damaged = Files.readAllBytes(Path.of(FILE));
        damaged[3000] ^= 1;
        Path file = Files.write(directory.resolve("damaged.parquet"), damaged);
        Result result = flowlog("cat", file.toString());
        assertThat(result.status()).isEqualTo(1);
        assertThat(result.err()).startsWith("flowlog: " + file + ", Parquet row group 1, column ");
    }

    @Test
    @EnabledForJreRange(max = JRE.JAVA_20)
    void p8WithoutTheLibraryEveryCommandSaysHowToBuildIt() throws Exception {
        String says = "this build of flowlog cannot read; build flowlog with JDK 21 or newer";
        Result cat = flowlog("cat", FILE);
        assertThat(cat.status()).isEqualTo(4);
        assertThat(cat.err()).contains(FILE, says);
        assertThat(flowlog("local", FILE).err()).contains(says);
        assertThat(flowlog("doctor", FILE).out().replaceAll("\\s+", " ")).contains(says);
    }
}
