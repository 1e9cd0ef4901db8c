package io.flowlog.s3;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FlowLogObjectKeyTest {
    private static final String NAME =
            "012345678901_vpcflowlogs_eu-west-1_fl-0123456789abcdef0_20261123T0105Z_1a2b3c4d.log";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "AWSLogs/012345678901/vpcflowlogs/eu-west-1/2026/11/23/" + NAME + ".gz",
                "AWSLogs/012345678901/vpcflowlogs/eu-west-1/2026/11/23/01/" + NAME + ".gz",
                "network/team a/AWSLogs/012345678901/vpcflowlogs/eu-west-1/2026/11/23/" + NAME + ".gz",
                "AWSLogs/AWSLogs/012345678901/vpcflowlogs/eu-west-1/2026/11/23/" + NAME + ".gz",
                "AWSLogs/012345678901/vpcflowlogs/eu-west-1/2026/11/23/" + NAME + ".parquet",
                "AWSLogs/aws-account-id=012345678901/aws-service=vpcflowlogs/aws-region=eu-west-1"
                        + "/year=2026/month=11/day=23/" + NAME + ".gz",
                "a/b/AWSLogs/aws-account-id=012345678901/aws-service=vpcflowlogs/aws-region=eu-west-1"
                        + "/year=2026/month=11/day=23/hour=01/" + NAME + ".parquet"
            })
    void readsBothLayouts(String key) {
        assertThat(FlowLogObjectKey.parse(key))
                .contains(new FlowLogObjectKey(
                        "012345678901", "eu-west-1", "fl-0123456789abcdef0", Instant.parse("2026-11-23T01:05:00Z")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "flows.log.gz",
                NAME + ".gz",
                "AWSLogs/012345678901/vpcflowlogs/eu-west-1/2026/11/23/",
                "AWSLogs/012345678901/CloudTrail/eu-west-1/2026/11/23/" + NAME + ".gz",
                "xAWSLogs/012345678901/vpcflowlogs/eu-west-1/2026/11/23/" + NAME + ".gz",
                "AWSLogs/999999999999/vpcflowlogs/eu-west-1/2026/11/23/" + NAME + ".gz",
                "AWSLogs/012345678901/vpcflowlogs/eu-west-2/2026/11/23/" + NAME + ".gz",
                "AWSLogs/012345678901/vpcflowlogs/eu-west-1/2026/11/23/" + NAME + ".gz.tmp",
                "AWSLogs/012345678901/vpcflowlogs/eu-west-1/2026/11/23/a/b/" + NAME + ".gz",
                "AWSLogs%2F012345678901/vpcflowlogs/eu-west-1/2026/11/23/" + NAME + ".gz",
                "AWSLogs/aws-account-id%3D012345678901/aws-service=vpcflowlogs/aws-region=eu-west-1"
                        + "/year=2026/month=11/day=23/" + NAME + ".gz",
                "AWSLogs/012345678901/vpcflowlogs/eu-west-1/2026/02/31/"
                        + "012345678901_vpcflowlogs_eu-west-1_fl-01_20260231T0105Z_1a2b3c4d.log.gz",
                "AWSLogs/012345678901/vpcflowlogs/eu-west-1/2026/02/21/"
                        + "012345678901_vpcflowlogs_eu-west-1_fl-01_20260221T2505Z_1a2b3c4d.log.gz"
            })
    void anyOtherKeyIsEmpty(String key) {
        assertThat(FlowLogObjectKey.parse(key)).isEmpty();
    }
}
