package io.flowlog.parser;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class FlowLogFieldTest {
    @Test
    void knowsEveryDocumentedField() {
        assertThat(Arrays.stream(FlowLogField.values()).filter(FlowLogField::isInVpcLogs))
                .hasSize(54);
        assertThat(Arrays.stream(FlowLogField.values()).filter(FlowLogField::isInTransitGatewayLogs))
                .hasSize(36);
    }

    @Test
    void integersAreTheseAndNoOthers() {
        assertThat(Arrays.stream(FlowLogField.values())
                        .filter(FlowLogField::isInteger)
                        .map(FlowLogField::awsName))
                .containsExactly(
                        "version",
                        "srcport",
                        "dstport",
                        "protocol",
                        "packets",
                        "bytes",
                        "start",
                        "end",
                        "tcp-flags",
                        "traffic-path",
                        "encryption-status",
                        "packets-lost-no-route",
                        "packets-lost-blackhole",
                        "packets-lost-mtu-exceeded",
                        "packets-lost-ttl-expired");
    }

    @Test
    void findsEveryFieldByItsName() {
        for (FlowLogField field : FlowLogField.values()) {
            assertThat(FlowLogField.of(field.awsName())).contains(field);
        }
        assertThat(FlowLogField.of("pkt-src-aws-service")).contains(FlowLogField.PKT_SRC_AWS_SERVICE);
        assertThat(FlowLogField.of("instance-tag-2")).contains(FlowLogField.INSTANCE_TAG_2);
    }

    @Test
    void aNameThatIsNotInTheTableIsEmpty() {
        assertThat(FlowLogField.of("some-future-field")).isEmpty();
        assertThat(FlowLogField.of("Account-Id")).isEmpty();
        assertThat(FlowLogField.of("account_id")).isEmpty();
        assertThat(FlowLogField.of("")).isEmpty();
    }

    @Test
    void saysTheVersionThatIntroducedAField() {
        assertThat(FlowLogField.BYTES.since()).isEqualTo(2);
        assertThat(FlowLogField.VPC_ID.since()).isEqualTo(3);
        assertThat(FlowLogField.TGW_ID.since()).isEqualTo(6);
        assertThat(FlowLogField.ASG_TAG_2.since()).isEqualTo(11);
    }

    @Test
    void saysInWhichLogsAFieldIs() {
        assertThat(FlowLogField.SRCADDR.isInVpcLogs()).isTrue();
        assertThat(FlowLogField.SRCADDR.isInTransitGatewayLogs()).isTrue();
        assertThat(FlowLogField.ACTION.isInTransitGatewayLogs()).isFalse();
        assertThat(FlowLogField.TGW_SRC_ENI.isInVpcLogs()).isFalse();
    }
}
