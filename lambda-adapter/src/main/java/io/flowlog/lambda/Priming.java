package io.flowlog.lambda;

import io.flowlog.lambda.Answer.Part;
import io.flowlog.lambda.ObjectDelivery.Work;
import io.flowlog.sink.http.HttpSink;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.zip.GZIPOutputStream;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/**
 * Runs the whole path once on a built-in sample, with canned answers in the place of the network, before Lambda takes its
 * snapshot: classes are loaded and the parser is compiled in every copy that is made of it. Whatever it opens it closes;
 * no token, connection or random state of it is in the snapshot.
 */
final class Priming {
    private static final int RECORDS = 20_000;
    private static final long MILLIS = 10_000;
    private static final String SECRET_ARN = "arn:aws:secretsmanager:us-east-1:000000000000:secret:priming";
    private static final String EVENT = """
            {"Records":[{"messageId":"priming","eventSource":"aws:sqs","body":"{\\"Records\\":[{\\"eventVersion\\":\\"2.1\\",\
            \\"eventSource\\":\\"aws:s3\\",\\"eventName\\":\\"ObjectCreated:Put\\",\\"s3\\":{\\"bucket\\":{\\"name\\":\\"priming\\"},\
            \\"object\\":{\\"key\\":\\"a%3Db/priming.log.gz\\"}}}]}"}]}""";

    static boolean isWanted(Map<String, String> environment) {
        return "snap-start".equals(environment.get("AWS_LAMBDA_INITIALIZATION_TYPE"));
    }

    /** Returns whether the sample was delivered; a failure costs speed and nothing else. */
    static boolean run(Settings settings, Map<String, String> environment) {
        Map<String, String> own = new HashMap<>(environment);
        own.put("AWS_ACCESS_KEY_ID", "priming");
        own.put("AWS_SECRET_ACCESS_KEY", "priming");
        Log silent = new Log(new PrintStream(OutputStream.nullOutputStream()), Clock.systemUTC());
        SdkHttpClient object = new CannedAws(sample(), Map.of("ETag", "\"priming\""));
        SdkHttpClient secret = new CannedAws(
                "{\"SecretString\":\"{\\\"token\\\":\\\"priming\\\"}\"}".getBytes(StandardCharsets.UTF_8), Map.of());
        try (SecretsManagerClient secrets = AwsClients.secretsManager(settings, SECRET_ARN, own, secret);
                S3Client s3 = AwsClients.s3(settings, own, object);
                HttpSink sink = Connections.sink(settings)
                        .header(settings.tokenHeader(), new SecretToken(secrets, SECRET_ARN))
                        .httpClient(new CannedLake())
                        .build()) {
            Work work = new Work(
                    Connections.of(settings, s3, sink),
                    settings,
                    Deadline.in(MILLIS, System::nanoTime),
                    silent,
                    new Metrics(),
                    new AtomicReference<>());
            Event event = EventReader.read(new ByteArrayInputStream(EVENT.getBytes(StandardCharsets.UTF_8)));
            List<Part> parts = new Invocation(work, "priming").run(event);
            Answer.write(new ByteArrayOutputStream(), event, parts);
            work.metrics().write(silent, "priming", "priming");
            return parts.stream().allMatch(part -> part.outcome().isDone());
        } catch (IOException | RuntimeException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static byte[] sample() {
        StringBuilder text = new StringBuilder(RECORDS * 110);
        text.append("version account-id interface-id srcaddr dstaddr srcport dstport protocol packets bytes start end");
        text.append(" action log-status\n");
        for (int i = 0; i < RECORDS; i++) {
            text.append("2 000000000000 eni-01ab234c5de6f78g9 192.0.2.").append(i % 256);
            text.append(" 2001:db8::")
                    .append(Integer.toHexString(i))
                    .append(' ')
                    .append(i % 65_536);
            text.append(" 443 6 ").append(i).append(' ').append(i * 76L);
            text.append(" 1640995465 1640995493 ACCEPT OK\n");
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(text.toString().getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new AssertionError("writing to memory does not fail", e);
        }
        return bytes.toByteArray();
    }

    private Priming() {}
}
