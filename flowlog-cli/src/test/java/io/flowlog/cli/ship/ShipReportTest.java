package io.flowlog.cli.ship;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ShipReportTest {
    @Test
    void continuesTheAccountsOfTheObjectsOnASecondLineInANarrowTerminal() {
        Tally tally = new Tally();
        for (int i = 0; i < 1000; i++) {
            tally.listed(1);
            tally.left();
        }

        String whole = "Objects    1,000 listed = 0 delivered + 0 already there + 0 failed + 1,000 left";
        assertThat(ShipReport.objects(tally.snapshot(), Integer.MAX_VALUE)).isEqualTo(whole);
        assertThat(ShipReport.objects(tally.snapshot(), whole.length())).isEqualTo(whole);
        assertThat(ShipReport.objects(tally.snapshot(), whole.length() - 1).lines())
                .containsExactly(
                        "Objects    1,000 listed = 0 delivered + 0 already there",
                        "           + 0 failed + 1,000 left");
    }

    @Test
    void keepsTheReasonAndTheEndOfTheNameInANarrowTerminal() {
        String name = "s3://logs/AWSLogs/123456789012/vpcflowlogs/us-east-1/2026/03/17/20260317T0940Z_00000060.log.gz";
        Tally.Failure failure = new Tally.Failure(name, "localhost:36219 answered 401: token expired", 1);

        assertThat(ShipReport.line(failure, Integer.MAX_VALUE)).isEqualTo(name + ": " + failure.reason());
        assertThat(ShipReport.line(failure, 78))
                .hasSize(78)
                .startsWith("s3://")
                .endsWith("00000060.log.gz: " + failure.reason());
        assertThat(ShipReport.line(failure, 20)).endsWith("60.log.gz: " + failure.reason());
    }
}
