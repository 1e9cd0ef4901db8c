package io.flowlog.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowlog.benchmarks.ColdStart.Contender;
import io.flowlog.benchmarks.ColdStart.Start;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is measured is the whole work; how long it takes is for {@code benchmarks/cold-start}. */
class ColdStartIT {
    private static ColdStart measured;

    @BeforeAll
    static void startServers() throws Exception {
        measured = new ColdStart();
    }

    @AfterAll
    static void stopServers() throws Exception {
        measured.close();
    }

    @ParameterizedTest
    @EnumSource
    void everyContenderDoesItsWorkAfterItsStart(Contender contender) throws Exception {
        Start start = measured.start(contender, List.of("-XX:TieredStopAtLevel=1"));

        assertThat(start.toNext()).isPositive().isLessThan(start.toAnswer());
    }
}
