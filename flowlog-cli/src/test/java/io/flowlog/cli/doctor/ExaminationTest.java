package io.flowlog.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowlog.cli.shared.FileSource;
import io.flowlog.cli.testing.Samples;
import io.flowlog.parser.ParquetSupport;
import io.flowlog.sample.SampleFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What files of many kinds are, and what the function would do with them. */
class ExaminationTest {
    private static final String HEADER =
            "version account-id interface-id srcaddr dstaddr srcport dstport protocol packets bytes start end action"
                    + " log-status\n";
    private static final String LINE = "2 123456789010 eni-1235b8ca123456789 172.31.16.139 172.31.16.21 20641 22 6 20"
            + " 4249 1418530010 1418530070 ACCEPT OK\n";
    private static final String SKIPPED =
            "2 123456789010 eni-0000b8ca123456789 - - - - - - - 1418530010 1418530040 - SKIPDATA\n";

    @TempDir
    private Path folder;

    private Examination.Result examine(String name, byte[] bytes) throws IOException {
        Path file = Files.write(folder.resolve(name), bytes);
        return Examination.of(new FileSource(name, file));
    }

    private void check(String kind, String function, int status, byte[] bytes) throws IOException {
        Examination.Result result = examine("file", bytes);
        assertThat(result.findings().kind).as(kind).startsWith(kind);
        assertThat(FileReport.function(result.findings())).as(kind).startsWith(function);
        assertThat(result.status()).as(kind).isEqualTo(status);
        assertThat(result.findings().storedBytes).as(kind).isEqualTo(bytes.length);
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] joined(byte[] one, byte[] other) {
        byte[] both = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, both, one.length, other.length);
        return both;
    }

    @Test
    void recognisesFlowLogs() throws Exception {
        byte[] log = text(HEADER + LINE + SKIPPED);
        check("VPC flow log", "delivers 2 records", 0, log);
        check("VPC flow log, gzip", "delivers 2 records", 0, Samples.gzip(log));
        check("transit gateway flow log", "delivers 9 records", 0, Samples.text(SampleFormat.TGW, 9));
        check("VPC flow log without records", "delivers no records", 0, text(HEADER));
        check("an empty file", "nothing to deliver (empty_object)", 0, new byte[0]);
        check("no text, gzip", "delivers no records", 0, Samples.gzip(new byte[0]));
        check("blank text", "delivers no records", 0, text("\n \n"));
        check("VPC flow log", "delivers 2 records, skips 1 malformed line", 3, text(HEADER + LINE + LINE + "2 x\n"));
        check("VPC flow log", "fails with too_many_malformed", 3, text(HEADER + LINE + "2 x\n2 y\n"));
    }

    @Test
    void recognisesWhatGzipCanHave() throws Exception {
        byte[] member = Samples.gzip(text(HEADER + LINE));
        check("VPC flow log, gzip of 2 members", "delivers 2 records", 0, joined(member, member));
        check(
                "VPC flow log, gzip, damaged after 1 complete member",
                "fails with corrupt_gzip",
                1,
                joined(member, text("junk")));
        check("VPC flow log, damaged gzip", "fails with corrupt_gzip", 1, Arrays.copyOf(member, member.length - 9));
        check("no readable header, damaged gzip", "fails with corrupt_gzip", 1, Arrays.copyOf(member, 12));
        check("gzip inside, gzip", "fails with nested_gzip", 4, Samples.gzip(member));
    }

    @Test
    void namesWhatIsNotAFlowLog() throws Exception {
        String no = "fails with not_a_flow_log";
        boolean readsParquet =
                ServiceLoader.load(ParquetSupport.class).findFirst().isPresent();
        check(
                "a Parquet file",
                readsParquet ? "fails with corrupt_parquet" : "fails with parquet",
                readsParquet ? 1 : 4,
                text("PAR1 and more PAR1"));
        check("a Parquet file, gzip", "fails with parquet", 4, Samples.gzip(text("PAR1 and more PAR1")));
        check("a zip archive", no, 4, text("PK\u0003\u0004 and more"));
        check("UTF-16 text", no, 4, (HEADER + LINE).getBytes(Charset.forName("UTF-16")));
        check("UTF-16 text", no, 4, (HEADER + LINE).getBytes(StandardCharsets.UTF_16BE));
        check("binary data", no, 4, new byte[] {1, 2, 3, 0, 9, 8, 7});
        check("CSV of 3 columns", no, 4, text("a,b,c\n1,2,3\n"));
        check("CSV with the names of flow log fields", no, 4, text(HEADER.replace(' ', ',') + LINE.replace(' ', ',')));
        check("flow log lines of the default format without a header", no, 4, text(LINE));
        check("flow log lines of 5 columns without", no, 4, text("eni-1235b8ca123456789 10.0.0.1 10.0.0.2 1 OK\n"));
        check("a flow log with a header that AWS does not write", no, 4, text(HEADER.replace('-', '_') + LINE));
        check("text", no, 4, text("Dear reader,\nthis is prose.\n"));
    }

    @Test
    void recognisesJson() throws Exception {
        String no = "fails with not_a_flow_log";
        String record = "{\"version\":2,\"srcaddr\":\"10.0.0.1\"}\n";
        check("JSON lines of flow log records, as a lake gets them: 2 objects", no, 4, text(record + record));
        check("JSON lines of flow log records", no, 4, Samples.gzip(text(record)));
        String firehose = "{\"message\":\"" + LINE.strip() + "\"}";
        check(
                "JSON of Amazon Data Firehose: 3 objects with a flow log line in \"message\", default format",
                no,
                4,
                text(firehose.repeat(3)));
        check("JSON of something else: 1 object", no, 4, text("{\"Records\":[{\"a\":1}]}"));
        check("text that begins like JSON", no, 4, text("{oops"));
    }

    @Test
    void showsAllAboutAFile() throws Exception {
        Findings found =
                examine("a.log", text(HEADER + LINE + SKIPPED + "2 x\n")).findings();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new FileReport(new PrintStream(out, true, StandardCharsets.UTF_8), 80).print("a.log", found);
        assertThat(out.toString(StandardCharsets.UTF_8).replaceAll("\\(gzip .*\\)", "(gzip ...)"))
                .isEqualTo("""
                        a.log
                          Kind        VPC flow log
                          Size        318 B of text (gzip ...)
                          Columns     14, of which AWS documents 14
                          Version     2 (the highest of the columns)
                          Format      as in AWS's settings of a flow log:
                        ${version} ${account-id} ${interface-id} ${srcaddr} ${dstaddr} ${srcport} ${dstport} \
                        ${protocol} ${packets} ${bytes} ${start} ${end} ${action} ${log-status}
                          Records     2: 1 OK, 1 SKIPDATA
                          Malformed   1 of 3 lines: 1 too few columns
                                      line 4: expected 14 columns, found 2
                                      "2 x"
                          Time        2014-12-14 04:06:50 to 2014-12-14 04:07:50 UTC
                          Interval    probably 1 minute (longest record: 60 s; 2 records)
                          Interfaces  2: eni-0000b8ca123456789, eni-1235b8ca123456789
                          Accounts    1: 123456789010
                          Questions   'flowlog query' answers 7 of 12; missing columns:
                                      interfaces: instance-id, subnet-id
                                      nat: pkt-srcaddr, pkt-dstaddr
                                      services: pkt-dst-aws-service, traffic-path, flow-direction
                                      zones: pkt-srcaddr, az-id, flow-direction
                                      unanswered: tcp-flags, flow-direction
                          Function    delivers 2 records, skips 1 malformed line
                        """);
    }

    @Test
    void estimatesTheAggregationInterval() {
        Times minute = new Times();
        Times ten = new Times();
        for (int i = 0; i < 100; i++) {
            minute.add(1418530010, 1418530010 + i % 60);
            ten.add(1418530010, 1418530010 + i % 60 * 10);
        }
        assertThat(minute.interval())
                .hasValueSatisfying(text -> assertThat(text).startsWith("probably 1 minute"));
        assertThat(ten.interval()).hasValueSatisfying(text -> assertThat(text).startsWith("probably 10 minutes"));
        Times one = new Times();
        one.add(1512564058000L, 1512564059000L);
        assertThat(one.interval()).hasValueSatisfying(text -> assertThat(text).startsWith("unknown: too few records"));
        assertThat(one.span()).hasValue("2017-12-06 12:40:58 to 2017-12-06 12:40:59 UTC (written in milliseconds)");
    }
}
