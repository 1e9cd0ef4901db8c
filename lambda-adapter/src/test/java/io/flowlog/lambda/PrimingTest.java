package io.flowlog.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowlog.sink.http.testing.RawLake;
import io.flowlog.sink.http.testing.Script;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PrimingTest {
    @Test
    void runsTheWholePathWithoutTheNetwork() throws Exception {
        try (LambdaUnderTest lambda = new LambdaUnderTest();
                RawLake secrets = RawLake.start(Script.status(500))) {
            lambda.environment.remove("DASSANA_TOKEN");
            lambda.environment.put(
                    "DASSANA_TOKEN_SECRET_ARN", "arn:aws:secretsmanager:eu-west-1:123456789012:secret:lake-AbCdEf");
            lambda.environment.put(
                    "AWS_ENDPOINT_URL_SECRETS_MANAGER", secrets.uri().toString());
            lambda.environment.put("AWS_LAMBDA_INITIALIZATION_TYPE", "snap-start");
            lambda.handler();
            assertThat(lambda.logged()).isEmpty();
            assertThat(lambda.s3.requests()).isEmpty();
            assertThat(lambda.lake.connections()).isZero();
            assertThat(secrets.connections()).isZero();
        }
    }

    @Test
    void deliversItsSample() {
        Map<String, String> environment = Map.of("DASSANA_TOKEN", "token-1", "AWS_REGION", "eu-west-1");
        assertThat(Priming.run(Settings.from(environment), environment)).isTrue();
    }

    @Test
    void isOnlyForSnapStart() {
        assertThat(Priming.isWanted(Map.of())).isFalse();
        assertThat(Priming.isWanted(Map.of("AWS_LAMBDA_INITIALIZATION_TYPE", "on-demand")))
                .isFalse();
        assertThat(Priming.isWanted(Map.of("AWS_LAMBDA_INITIALIZATION_TYPE", "snap-start")))
                .isTrue();
    }

    @Test
    void isSetAsideWhenItFails() throws Exception {
        Map<String, String> environment =
                Map.of("DASSANA_TOKEN", "token-1", "AWS_REGION", "us-east-1", "FLOWLOG_MAX_OBJECT_BYTES", "1");
        assertThat(Priming.run(Settings.from(environment), environment)).isFalse();
    }
}
