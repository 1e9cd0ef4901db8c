package io.flowlog.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowlog.s3.S3ReadException;
import io.flowlog.sink.http.DeliveryException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FailureReasonTest {
    private static final Pattern ROW =
            Pattern.compile("(?m)^\\| `([a-z0-9_]+)` \\| [^|]+ \\| (stop|again) \\| [^|]+ \\|$");

    @ParameterizedTest
    @EnumSource(S3ReadException.Reason.class)
    void everyReasonOfS3HasACodeOfItsOwnThatSaysTheSameAboutAnotherAttempt(S3ReadException.Reason reason) {
        FailureReason ours = FailureReason.of(reason);
        assertThat(ours.permanent()).isEqualTo(reason.permanent());
        assertThat(ours.code())
                .isEqualTo(
                        reason == S3ReadException.Reason.ABORTED
                                ? "deadline"
                                : "s3_" + reason.name().toLowerCase(Locale.ROOT));
    }

    @ParameterizedTest
    @EnumSource(DeliveryException.Reason.class)
    void everyReasonOfTheSinkHasACodeThatSaysTheSameAboutAnotherAttempt(DeliveryException.Reason reason) {
        FailureReason ours = FailureReason.of(reason);
        assertThat(ours.permanent()).isEqualTo(reason.permanent());
        if (reason != DeliveryException.Reason.DEFECT) {
            assertThat(ours).isNotEqualTo(FailureReason.INTERNAL_ERROR);
        }
    }

    @Test
    void theCodeOfARejectedTokenIsTheOneThatProgramsLookFor() {
        assertThat(FailureReason.of(DeliveryException.Reason.AUTH).code()).isEqualTo("lake_auth");
    }

    @Test
    void theTableInTheDocsHasEveryCodeInTheSameOrderAndSaysWhetherToTryAgain() throws IOException {
        Matcher row = ROW.matcher(Files.readString(Path.of("..", "docs", "operations.md")));
        List<String> documented = new ArrayList<>();
        while (row.find()) {
            documented.add(row.group(1) + " " + row.group(2));
        }
        List<String> expected = new ArrayList<>();
        for (FailureReason reason : FailureReason.values()) {
            expected.add(reason.code() + (reason.permanent() ? " stop" : " again"));
        }
        assertThat(documented).isEqualTo(expected);
    }
}
