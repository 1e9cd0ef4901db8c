package io.flowlog.cli.ship;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowlog.cli.testing.Samples;
import io.flowlog.s3.testing.Fault;
import io.flowlog.s3.testing.StubS3;
import io.flowlog.sample.SampleFormat;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** {@code flowlog ship} from an S3 that is too busy. */
class ShipBusyS3IT extends RunsShip {
    @Test
    void waitsForS3ThatIsTooBusyAndShowsNothingOfIt() throws Exception {
        Fault slowDown = Fault.error(503, "SlowDown");
        try (StubS3 s3 = busyS3()) {
            s3.failing("logs", "a.log", slowDown, slowDown);
            s3.failing("logs", "c.log", slowDown);
            Result result = ship("s3://logs/");

            assertThat(result.status()).as(result.err()).isZero();
            assertThat(result.err()).isEmpty();
            assertThat(result.out()).contains("3 listed = 3 delivered + 0 already there + 0 failed + 0 left");
            assertThat(s3.requests())
                    .filteredOn(request -> request.path().startsWith("logs/"))
                    .hasSizeGreaterThanOrEqualTo(6);
        }
        assertThat(lake.lines()).hasSize(30);
    }

    @Test
    void saysThatTheListingIsNotCompleteWhenS3StaysTooBusyForIt() throws Exception {
        Fault slowDown = Fault.error(503, "SlowDown");
        Path failed = directory.resolve("failed.txt");
        try (StubS3 s3 = busyS3()) {
            environment.put("AWS_MAX_ATTEMPTS", "1");
            // The stub lists two objects at a time.
            s3.listing(number -> number == 1 ? slowDown : null);
            Result half = ship("--failed", failed.toString(), "s3://logs/");

            assertThat(half.status()).isEqualTo(1);
            assertThat(half.err()).isEqualTo("flowlog: s3://logs/: S3 did not list it (HTTP 503 SlowDown)\n");
            assertThat(half.out())
                    .contains("2 listed = 2 delivered + 0 already there + 0 failed + 0 left")
                    .contains("\n           the listing is not complete\n")
                    .endsWith("\nRun the same command again to send the rest.\n");
            assertThat(Files.readAllLines(failed)).isEmpty();

            s3.listing(number -> number == 1 ? slowDown : null);
            Result nothingNew = ship("s3://logs/");
            assertThat(nothingNew.status()).isEqualTo(1);
            assertThat(nothingNew.out()).contains("2 already there").doesNotContain("Nothing to send");

            environment.remove("AWS_MAX_ATTEMPTS");
            s3.listing(number -> number == 0 || number == 2 ? slowDown : null);
            Result rest = ship("s3://logs/");
            assertThat(rest.status()).as(rest.err()).isZero();
            assertThat(rest.err()).isEmpty();
            assertThat(rest.out())
                    .contains("3 listed = 1 delivered + 2 already there")
                    .doesNotContain("complete");
        }
        assertThat(lake.lines()).hasSize(30);
    }

    @Test
    void endsAtTheFirstInterruptThoughS3IsTooBusyToListMore() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        Fault slowDown = (request, object, socket) -> {
            asked.countDown();
            Fault.error(503, "SlowDown").happen(request, object, socket);
        };
        try (StubS3 s3 = busyS3()) {
            // Without an end to the waiting, but for this test's own time limit.
            environment.put("AWS_MAX_ATTEMPTS", "1000");
            s3.listing(number -> number == 0 ? null : slowDown);
            Path out = directory.resolve("out.txt");
            Process process =
                    start(out, "ship", "s3://logs/", "--to", lake.endpoint().toString());
            assertThat(asked.await(60, TimeUnit.SECONDS)).isTrue();
            interrupt(process);

            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isEqualTo(130);
            assertThat(Files.readString(out))
                    .contains("the listing is not complete")
                    .doesNotContain("did not list");
        }
    }

    /** An S3 with three objects, in the environment of the program. */
    private StubS3 busyS3() throws Exception {
        StubS3 s3 = StubS3.start();
        for (String key : List.of("a.log", "b.log", "c.log")) {
            s3.put("logs", key, Samples.text(SampleFormat.V2, 10));
        }
        environment.put("AWS_ENDPOINT_URL_S3", s3.uri().toString());
        environment.put("AWS_ACCESS_KEY_ID", "key");
        environment.put("AWS_SECRET_ACCESS_KEY", "secret");
        return s3;
    }
}
