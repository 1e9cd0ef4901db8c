package io.flowlog.cli.cat;

import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import io.flowlog.cli.InProcess;
import io.flowlog.cli.local.EmbeddedS3;
import io.flowlog.cli.testing.NaiveConversion;
import io.flowlog.cli.testing.RunsTheCommand;
import io.flowlog.cli.testing.Samples;
import io.flowlog.sample.SampleFormat;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The output formats of {@code flowlog cat}, its columns, and its inputs in S3. */
class CatFormatsIT extends RunsTheCommand {
    private static final String[] LOG = {
        "version srcaddr protocol tcp-flags bytes start instance-tag",
        "2 10.0.0.1 6 18 40 1773740437 a,b",
        "2 10.0.0.2 17 - - 1773740438 say\"hi\"",
        "2 2001:db8::1 255 0 7 1773740439000 -"
    };

    private Path log() throws Exception {
        return file("a.log", ascii(LOG));
    }

    @Test
    void writesCsvThatASpreadsheetReadsBack() throws Exception {
        assertThat(flowlog("cat", "--as", "csv", log().toString()).out())
                .isEqualTo("""
                        version,srcaddr,protocol,tcp-flags,bytes,start,instance-tag
                        2,10.0.0.1,6,18,40,1773740437,"a,b"
                        2,10.0.0.2,17,,,1773740438,"say ""hi""\"
                        2,2001:db8::1,255,0,7,1773740439000,
                        """.replace("say \"\"hi", "say\"\"hi"));
    }

    @Test
    void writesCsvThatALibraryReadsBackExactly() throws Exception {
        String odd = "version srcaddr bytes instance-tag other\n2 10.0.0.1 5 \"a\",b,'c' x\u00fc\u2028y\n2 - - , \"\n"
                + "2 2001:db8::1 0 \"\" ;\n";
        Path file = file("odd.log", odd.getBytes(StandardCharsets.UTF_8));
        Path samples = file("v5.log", Samples.text(SampleFormat.V5, 500));

        assertThat(csv("cat", "--as", "csv", file.toString())).isEqualTo(cells(Files.readString(file)));
        assertThat(csv("cat", "--as", "csv", samples.toString())).isEqualTo(cells(Files.readString(samples)));
        assertThat(csv("cat", "--as", "csv", "--fields", "srcaddr", file.toString()))
                .containsExactly(List.of("srcaddr"), List.of("10.0.0.1"), List.of(""), List.of("2001:db8::1"));
    }

    private List<List<String>> csv(String... arguments) throws Exception {
        List<List<String>> rows = new ArrayList<>();
        try (CsvReader<CsvRecord> reader =
                CsvReader.builder().ofCsvRecord(flowlog(arguments).out())) {
            reader.forEach(row -> rows.add(row.getFields()));
        }
        return rows;
    }

    /** A flow log in the simplest way: every line split at spaces, and nothing in place of a hyphen. */
    private static List<List<String>> cells(String text) {
        return Arrays.stream(text.split("\n"))
                .map(line -> Arrays.stream(line.split(" "))
                        .map(cell -> cell.equals("-") ? "" : cell)
                        .toList())
                .toList();
    }

    @Test
    void writesTsvOfChosenColumns() throws Exception {
        assertThat(flowlog("cat", "--as", "tsv", "--fields", "bytes,instance-tag,dstaddr", log().toString())
                        .out())
                .isEqualTo("bytes\tinstance-tag\tdstaddr\n40\ta,b\t\n\t\"say\"\"hi\"\"\"\t\n7\t\t\n");
    }

    @Test
    void writesATableForPeople() throws Exception {
        assertThat(flowlog(
                                "cat",
                                "--as",
                                "table",
                                "--fields",
                                "start,srcaddr,protocol,tcp-flags,bytes",
                                log().toString())
                        .out())
                .isEqualTo("""
                        start                srcaddr      protocol  tcp-flags  bytes
                        2026-03-17 09:40:37  10.0.0.1     TCP       SYN|ACK       40
                        2026-03-17 09:40:38  10.0.0.2     UDP       -              -
                        2026-03-17 09:40:39  2001:db8::1  Reserved  0              7
                        """.replace("Reserved", "255     "));
    }

    @Test
    void writesAFlowLogAgain() throws Exception {
        byte[] text = Samples.text(SampleFormat.V5, 300);
        Path file = file("v5.log.gz", Samples.gzip(text));

        assertThat(flowlog("cat", "--as", "log", file.toString()).out())
                .isEqualTo(new String(text, StandardCharsets.US_ASCII));
        assertThat(flowlog("cat", "--as", "log", "--fields", "dstport,srcaddr,tgw-id", log().toString())
                        .out())
                .isEqualTo("dstport srcaddr tgw-id\n- 10.0.0.1 -\n- 10.0.0.2 -\n- 2001:db8::1 -\n");
    }

    @Test
    void writesAHeaderWhereTheColumnsOfALogChange() throws Exception {
        Path tgw = file("tgw.log", Samples.text(SampleFormat.TGW, 2));
        Path merged = directory.resolve("merged.log");
        Files.writeString(
                merged,
                flowlog("cat", "--as", "log", log().toString(), log().toString(), tgw.toString())
                        .out());

        List<String> expected = new ArrayList<>();
        expected.addAll(NaiveConversion.toJson(ascii(LOG)));
        expected.addAll(NaiveConversion.toJson(ascii(LOG)));
        expected.addAll(NaiveConversion.toJson(Files.readAllBytes(tgw)));
        assertThat(flowlog("cat", merged.toString()).outLines())
                .isEqualTo(expected.stream()
                        .map(line -> line.replace("y\"hi\"", "y\\\"hi\\\""))
                        .toList());
        assertThat(Files.readString(merged).lines().filter(line -> line.startsWith("version ")))
                .hasSize(2);
    }

    @Test
    void writesNoMoreThanTheLimitOverAllInputs() throws Exception {
        String file = log().toString();
        Result result = flowlog("cat", "--limit", "4", "--fields", "srcaddr", file, file, "nothing.log");

        assertThat(result.outLines())
                .containsExactly(
                        "{\"srcaddr\":\"10.0.0.1\"}",
                        "{\"srcaddr\":\"10.0.0.2\"}",
                        "{\"srcaddr\":\"2001:db8::1\"}",
                        "{\"srcaddr\":\"10.0.0.1\"}");
        assertThat(result.status()).isZero();
        assertThat(result.err()).isEmpty();
    }

    @Test
    void reportsColumnsThatOnlyALaterInputHas() throws Exception {
        Path other = file("other.log", ascii("srcaddr bytes flow-direction", "10.0.0.9 1 ingress"));
        Result result = flowlog(
                "cat",
                "--as",
                "csv",
                file("b.log", ascii("bytes srcaddr", "2 10.0.0.3")).toString(),
                other.toString());

        assertThat(result.outLines()).containsExactly("bytes,srcaddr", "2,10.0.0.3", "1,10.0.0.9");
        assertThat(result.err())
                .contains("other.log: columns that the first input does not have")
                .contains("flow-direction");
    }

    @Test
    void keepsRecordsThatAFilterNamesAlsoThroughALog() throws Exception {
        Path file = file("v5.log.gz", Samples.gzip(Samples.text(SampleFormat.V5, 2000)));
        String filter = "action = REJECT and not port in (443, 80)";
        Path smaller = directory.resolve("smaller.log");
        Files.writeString(
                smaller,
                flowlog("cat", "--as", "log", "--where", filter, file.toString())
                        .out());
        List<String> direct = flowlog("cat", "--where", filter, file.toString()).outLines();

        assertThat(direct).hasSizeBetween(5, 1000).allMatch(line -> line.contains("\"action\":\"REJECT\""));
        assertThat(run(System.getProperty("java.home"), smaller, "./flowlog", "cat", "-")
                        .outLines())
                .isEqualTo(direct);
        assertThat(flowlog("cat", "--where", filter, "--limit", "3", file.toString())
                        .outLines())
                .isEqualTo(direct.subList(0, 3));
    }

    @Test
    void hasOneLineForAFilterThatIsInvalid() throws Exception {
        for (String filter : List.of("port =", "srcadr = 10.0.0.1")) {
            Result result = InProcess.flowlog("cat", "--where", filter, log().toString());

            assertThat(result.err().lines()).hasSize(1).allMatch(line -> line.startsWith("flowlog: --where: "));
            assertThat(result.out()).isEmpty();
            assertThat(result.status()).isEqualTo(2);
        }
    }

    @Test
    void readsFoldersAndObjectsInS3() throws Exception {
        byte[] first = Samples.text(SampleFormat.V2, 20);
        byte[] second = Samples.text(SampleFormat.V5, 20);
        List<String> expected = new ArrayList<>(NaiveConversion.toJson(first));
        expected.addAll(NaiveConversion.toJson(second));
        Path folder = Files.createDirectories(directory.resolve("logs/2026"));
        Files.write(folder.resolve("a.log"), first);
        Files.write(folder.resolve("b.log.gz"), Samples.gzip(second));
        assertThat(flowlog("cat", directory.resolve("logs").toString()).outLines())
                .isEqualTo(expected);
        try (EmbeddedS3 s3 = EmbeddedS3.start()) {
            environment.putAll(s3.functionSettings());
            s3.createBucket("logs");
            s3.put("logs", "p/a.log", first);
            s3.put("logs", "p/b.log.gz", Samples.gzip(second));

            List<String> all = new ArrayList<>(expected);
            all.addAll(expected.subList(0, 20));
            all.addAll(expected.subList(20, 40));
            assertThat(flowlog("cat", "s3://logs/p/", "s3://logs/p/a.log", "s3://logs/*/b.*")
                            .outLines())
                    .isEqualTo(all);
            Result missing = flowlog("cat", "s3://logs/nothing", "s3://no-such-bucket/", "s3://");
            assertThat(missing.status()).isEqualTo(4);
            assertThat(missing.err().lines())
                    .hasSize(3)
                    .allMatch(line -> line.startsWith("flowlog: s3://"))
                    .anyMatch(line -> line.equals("flowlog: s3://logs/nothing: no objects found"));
        }
    }
}
