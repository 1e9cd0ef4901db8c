package io.flowlog.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who talks to whom: the ends, and each byte once. */
class ConversationsTest {
    private static final String NAT_HEADER =
            "instance-id interface-id srcaddr dstaddr pkt-srcaddr pkt-dstaddr bytes flow-direction";

    /** "Traffic through a NAT gateway", Amazon VPC User Guide: the interface of the gateway. */
    private static final List<String> GATEWAY = List.of(
            "- eni-1235b8ca123456789 10.0.1.5 10.0.0.220 10.0.1.5 203.0.113.5 1000 ingress",
            "- eni-1235b8ca123456789 10.0.0.220 203.0.113.5 10.0.0.220 203.0.113.5 1000 egress",
            "- eni-1235b8ca123456789 203.0.113.5 10.0.0.220 203.0.113.5 10.0.0.220 50000 ingress",
            "- eni-1235b8ca123456789 10.0.0.220 10.0.1.5 203.0.113.5 10.0.1.5 50000 egress");

    /** The interface of the instance. */
    private static final List<String> INSTANCE = List.of(
            "i-01234567890123456 eni-1111aaaa2222bbbb3 10.0.1.5 203.0.113.5 10.0.1.5 203.0.113.5 1000 egress",
            "i-01234567890123456 eni-1111aaaa2222bbbb3 203.0.113.5 10.0.1.5 203.0.113.5 10.0.1.5 50000 ingress");

    @TempDir
    private Path folder;

    private List<List<String>> conversations(String header, List<String> lines) throws Exception {
        Path file = Files.writeString(folder.resolve("a.log"), header + "\n" + String.join("\n", lines) + "\n");
        List<FlowInput> inputs = List.of(FlowInput.of(file));
        try (Databases flows = Databases.over(inputs)) {
            return new ReportData(flows.database, inputs, 0, 0)
                    .read().conversations().rows().stream()
                            .map(row -> Arrays.stream(row).map(String::valueOf).toList())
                            .toList();
        }
    }

    @Test
    void countTrafficThroughANatGatewayOnceAtTheInstance() throws Exception {
        List<String> all = new ArrayList<>(GATEWAY);
        all.addAll(INSTANCE);
        assertThat(conversations(NAT_HEADER, all))
                .containsExactly(
                        List.of("internet", "eni-1111aaaa2222bbbb3", "50000"),
                        List.of("eni-1111aaaa2222bbbb3", "internet", "1000"));
    }

    @Test
    void countTrafficThroughANatGatewayWhoseInstanceHasNoRecords() throws Exception {
        assertThat(conversations(NAT_HEADER, GATEWAY))
                .containsExactly(List.of("internet", "10.0.1.5", "50000"), List.of("10.0.1.5", "internet", "1000"));
    }

    @Test
    void goFromSubnetToSubnetServicesAndTheInternet() throws Exception {
        String header = "subnet-id instance-id interface-id srcaddr dstaddr pkt-srcaddr pkt-dstaddr pkt-src-aws-service"
                + " pkt-dst-aws-service flow-direction action bytes";
        assertThat(conversations(
                        header,
                        List.of(
                                "subnet-a i-1 eni-1 10.0.0.1 10.0.1.1 10.0.0.1 10.0.1.1 - - egress ACCEPT 700",
                                "subnet-b i-2 eni-2 10.0.0.1 10.0.1.1 10.0.0.1 10.0.1.1 - - ingress ACCEPT 700",
                                "subnet-a i-1 eni-1 10.0.0.1 52.216.0.1 10.0.0.1 52.216.0.1 - S3 egress ACCEPT 600",
                                "subnet-a i-1 eni-1 52.216.0.1 10.0.0.1 52.216.0.1 10.0.0.1 S3 - ingress ACCEPT 500",
                                "subnet-b i-2 eni-2 10.0.1.1 203.0.113.9 10.0.1.1 203.0.113.9 - - egress ACCEPT 400",
                                "subnet-b i-3 eni-3 10.0.1.2 10.9.0.1 10.0.1.2 10.9.0.1 - - egress ACCEPT 300",
                                // A public address of an own interface is inside.
                                "subnet-b i-4 eni-4 2001:db8::1 10.0.0.1 2001:db8::1 10.0.0.1 - - egress ACCEPT 200",
                                "subnet-b i-2 eni-2 203.0.113.9 10.0.1.1 203.0.113.9 10.0.1.1 - - ingress REJECT 100")))
                .containsExactly(
                        List.of("subnet-a", "subnet-b", "700"),
                        List.of("subnet-a", "AWS S3", "600"),
                        List.of("AWS S3", "subnet-a", "500"),
                        List.of("subnet-b", "internet", "400"),
                        List.of("subnet-b", "10.9.0.1", "300"),
                        List.of("subnet-b", "subnet-a", "200"));
    }

    @Test
    void goFromInstanceToInstanceInOneSubnet() throws Exception {
        String header = "subnet-id instance-id interface-id srcaddr dstaddr flow-direction bytes";
        assertThat(conversations(
                        header,
                        List.of(
                                "subnet-a i-1 eni-1 10.0.0.1 10.0.0.2 egress 7",
                                "subnet-a i-2 eni-2 10.0.0.1 10.0.0.2 ingress 7",
                                "subnet-a - eni-3 10.0.0.3 10.0.0.2 egress 5")))
                .containsExactly(List.of("i-1", "i-2", "7"), List.of("eni-3", "i-2", "5"));
    }

    @Test
    void goFromAddressToAddressWithoutDirectionsAndPutTheSmallestTogether() throws Exception {
        List<String> lines = new ArrayList<>();
        for (int i = 1; i <= 20; i++) {
            lines.add("10.0.0." + i + " 198.51.100.1 " + 100 * i);
        }
        List<List<String>> found = conversations("srcaddr dstaddr bytes", lines);
        assertThat(found)
                .hasSize(Conversations.PARTS + 1)
                .contains(List.of("10.0.0.20", "internet", "2000"), List.of("10.0.0.13", "internet", "1300"))
                .contains(List.of("others inside", "internet", "7800"));
    }
}
