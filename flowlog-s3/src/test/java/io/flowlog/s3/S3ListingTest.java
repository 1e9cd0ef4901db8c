package io.flowlog.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flowlog.s3.S3ReadException.Reason;
import io.flowlog.s3.testing.StubS3;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;

class S3ListingTest {
    private static final String BUCKET = "logs";
    private static final byte[] CONTENT = new byte[7];

    private StubS3 stub;
    private S3Client client;
    private S3FlowLogs logs;

    @BeforeEach
    void start() throws IOException {
        stub = StubS3.start();
        client = Clients.of(stub);
        logs = S3FlowLogs.of(client);
    }

    @AfterEach
    void stop() throws IOException {
        client.close();
        stub.close();
    }

    @Test
    void listsAllPagesInTheOrderOfTheKeys() {
        for (String key : List.of("a/5", "a/1", "b/1", "a/3", "a/2", "a/4")) {
            stub.put(BUCKET, key, CONTENT);
        }
        List<ListedObject> listed = logs.list(BUCKET, "a/").toList();
        assertThat(listed).extracting(o -> o.object().key()).containsExactly("a/1", "a/2", "a/3", "a/4", "a/5");
        assertThat(listed).allSatisfy(o -> {
            assertThat(o.size()).isEqualTo(7);
            assertThat(o.object().etag()).hasSize(32);
            assertThat(o.time()).isEmpty();
        });
        assertThat(stub.requests()).hasSize(3);
    }

    @Test
    void listsTheFilesOfATime() {
        String name =
                "AWSLogs/123456789012/vpcflowlogs/us-east-1/2026/03/17/123456789012_vpcflowlogs_us-east-1_fl-0123456789abcdef0_";
        stub.put(BUCKET, name + "20260317T0935Z_1a2b3c4d.log.gz", CONTENT);
        stub.put(BUCKET, name + "20260317T0940Z_1a2b3c4d.log.gz", CONTENT);
        stub.put(BUCKET, name + "20260317T0945Z_1a2b3c4d.log.gz", CONTENT);
        stub.put(BUCKET, "AWSLogs/readme.txt", CONTENT);
        Instant time = Instant.parse("2026-03-17T09:40:00Z");
        assertThat(logs.list(BUCKET, "AWSLogs/", time, time.plusSeconds(300)))
                .singleElement()
                .satisfies(o -> assertThat(o.time()).contains(time));
    }

    @Test
    void listingSaysWhyItIsRefused() {
        assertThatThrownBy(() -> logs.list("not-listable", "").toList())
                .isInstanceOf(UncheckedIOException.class)
                .hasRootCauseInstanceOf(S3Exception.class)
                .cause()
                .isInstanceOfSatisfying(
                        S3ReadException.class, e -> assertThat(e.reason()).isEqualTo(Reason.ACCESS_DENIED))
                .hasMessageContaining("s3:ListBucket");
    }
}
