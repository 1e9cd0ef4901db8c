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
}
