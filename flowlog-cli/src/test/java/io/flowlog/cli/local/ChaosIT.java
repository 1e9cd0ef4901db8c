package io.flowlog.cli.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowlog.cli.testing.NaiveConversion;
import io.flowlog.cli.testing.Samples;
import io.flowlog.s3.testing.Fault;
import io.flowlog.sample.SampleFormat;
import io.flowlog.sink.http.testing.Script;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Everything at once, from a seed, over SQS semantics: a message that is not acknowledged comes back, five times in all,
 * then it is in the dead-letter queue. In the end the lake and the dead-letter queue account for every object.
 */
@Timeout(900)
class ChaosIT {
    private static final int MAX_RECEIVES = 5;

    /** What an object should become: its records, or null when it can never be delivered. */
    private final Map<String, List<String>> expected = new LinkedHashMap<>();

    /** Lines that an object may leave in the lake although it can never be delivered whole. */
    private final Map<String, List<String>> fragments = new HashMap<>();

    private final Map<String, String> lake = new ConcurrentHashMap<>();
    private final Set<String> contradictions = ConcurrentHashMap.newKeySet();
    private Random random;
    private int kills;

    @Test
    void lakeAndDeadLettersAccountForEveryObject() throws Exception {
        run(20261123, 40, 2);
    }

    @Test
    @Tag("soak")
    void lakeAndDeadLettersAccountForEveryObjectOfTwoHundredInvocations() throws Exception {
        for (long seed = 1; seed <= 5; seed++) {
            expected.clear();
            lake.clear();
            fragments.clear();
            run(seed, 220, 12);
        }
    }

    private void run(long seed, int objects, int maxKills) throws Exception {
        random = new Random(seed);
        kills = maxKills;
        try (FaultyWorld world = new FaultyWorld(Script.ok())) {
            world.settings.put("DASSANA_BATCH_SIZE", "1");
            world.lakeDoes(this::misbehave);
            Deque<String> queue = new ArrayDeque<>();
            Map<String, String> events = new HashMap<>();
            for (int i = 0; i < objects; i++) {
                String key = "k" + i;
                events.put(key, place(world, key, i));
                queue.add(key);
            }
            Set<String> dead = deliverAll(world, queue, events);
            check(dead, seed);
            assertThat(dead).as("seed %d", seed).hasSizeLessThan(objects / 2);
        }
    }

    private String place(FaultyWorld world, String key, int number) throws IOException {
        if (number % 20 == 7) {
            expected.put(key, null);
            return FaultyWorld.announce(key);
        }
        int records = number % 30 == 3 ? 9000 : 1 + random.nextInt(300);
        byte[] text = Samples.text(SampleFormat.values()[number % SampleFormat.values().length], records);
        byte[] stored = random.nextInt(4) == 0 ? text : Samples.gzip(text);
        if (number % 20 == 13) {
            expected.put(key, null);
            fragments.put(key, NaiveConversion.toJson(text));
            byte[] whole = Samples.gzip(text);
            return world.put(key, Arrays.copyOf(whole, whole.length / 2 + 1));
        }
        expected.put(key, NaiveConversion.toJson(text));
        if (random.nextInt(5) == 0) {
            world.s3.failing(
                    FaultyWorld.BUCKET,
                    key,
                    Fault.finAfter(random.nextInt(stored.length)),
                    Fault.error(503, "SlowDown"));
        }
        return world.put(key, stored);
    }

    private Set<String> deliverAll(FaultyWorld world, Deque<String> queue, Map<String, String> events)
            throws Exception {
        Map<String, Integer> receives = new HashMap<>();
        Set<String> dead = new HashSet<>();
        while (!queue.isEmpty()) {
            Map<String, String> batch = new LinkedHashMap<>();
            for (int i = random.nextInt(3); i >= 0 && !queue.isEmpty(); i--) {
                String key = queue.remove();
                receives.merge(key, 1, Integer::sum);
                batch.put(key, events.get(key));
            }
            Set<String> unacknowledged = invoke(world, batch);
            for (String key : unacknowledged) {
                if (receives.get(key) >= MAX_RECEIVES) {
                    dead.add(key);
                } else {
                    queue.add(key);
                }
            }
        }
        return dead;
    }

    private Set<String> invoke(FaultyWorld world, Map<String, String> batch) throws Exception {
        Duration timeout = random.nextInt(12) == 0 ? Duration.ofMillis(700) : Duration.ofSeconds(20);
        LambdaProcess process = world.function();
        if (kills > 0 && random.nextInt(6) == 0) {
            kills--;
            int after = 20 + random.nextInt(400);
            CompletableFuture.delayedExecutor(after, TimeUnit.MILLISECONDS)
                    .execute(() -> process.process().destroyForcibly());
        }
        try {
            String answer = world.invokeMessages(batch, timeout);
            Set<String> failed = new HashSet<>(batch.keySet());
            failed.removeIf(key -> answer.startsWith("{\"batchItemFailures\":") && !answer.contains("\"" + key + "\""));
            return failed;
        } catch (IOException e) {
            return batch.keySet();
        }
    }

    private void misbehave(
            io.flowlog.sink.http.testing.Received request, io.flowlog.sink.http.testing.Connection connection)
            throws IOException, InterruptedException {
        int chance;
        synchronized (this) {
            chance = random.nextInt(40);
        }
        if (chance < 34 || chance == 39) {
            request.lines().forEach(line -> {
                String before = lake.put(FaultyWorld.recordId(line), FaultyWorld.withoutRecordId(line));
                if (before != null && !before.equals(FaultyWorld.withoutRecordId(line))) {
                    contradictions.add(FaultyWorld.recordId(line));
                }
            });
        }
        switch (chance) {
            case 34 -> connection.answer(500, "");
            case 35 -> connection.answer(429, "", "Retry-After: 1");
            case 36 -> connection.reset();
            case 37 -> connection.raw("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{");
            case 38 -> connection.awaitHangUp(Duration.ofMillis(500));
            case 39 -> connection.reset();
            default -> connection.answer(200, Script.docCount(request));
        }
        if (chance == 37 || chance == 38) {
            connection.close();
        }
    }

    private void check(Set<String> dead, long seed) {
        assertThat(contradictions).as("one record id, two records").isEmpty();
        Map<String, Map<Long, String>> bySource = new HashMap<>();
        lake.forEach((id, line) -> bySource.computeIfAbsent(id.substring(0, id.indexOf('-')), source -> new TreeMap<>())
                .put(Long.valueOf(id.substring(id.indexOf('-') + 1)), line));
        List<List<String>> inLake = new ArrayList<>();
        bySource.values().forEach(lines -> inLake.add(List.copyOf(lines.values())));
        expected.forEach((key, records) -> {
            if (dead.contains(key)) {
                return;
            }
            assertThat(records).as("seed %d: %s is acknowledged", seed, key).isNotNull();
            assertThat(inLake.remove(records))
                    .as("seed %d: every record of %s, once", seed, key)
                    .isTrue();
        });
        Set<String> ofDead = new HashSet<>();
        dead.forEach(key -> {
            List<String> records = expected.get(key);
            ofDead.addAll(records != null ? records : fragments.getOrDefault(key, List.of()));
        });
        inLake.forEach(lines -> assertThat(ofDead)
                .as("seed %d: what else is in the lake is of a dead letter", seed)
                .containsAll(lines));
    }
}
