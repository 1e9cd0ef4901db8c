package io.flowlog.sink.http;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The accounts of one delivery: what was closed, what was acknowledged, what is still owed. Safe for several threads. */
final class Ledger {
    /** What is owed, by first line. */
    private final TreeMap<Long, Owed> owed = new TreeMap<>();

    private long lineEnds;
    private long acknowledged;
    private long rejected;
    private long batches;
    private long requests;
    private long retries;
    private long jsonBytes;
    private long bodyBytes;

    private record Owed(LineRange lines, int records) {}

    synchronized void closed(Batch batch) {
        batches++;
        lineEnds += batch.lineEnds();
        owe(batch.range(), batch.records());
    }

    synchronized void owe(LineRange lines, int records) {
        owed.put(lines.first(), new Owed(lines, records));
    }

    synchronized void split(Batch batch, List<Batch> halves) {
        owed.remove(batch.range().first());
        halves.forEach(half -> owe(half.range(), half.records()));
    }

    synchronized void requested(boolean again) {
        requests++;
        if (again) {
            retries++;
        }
    }

    synchronized void acknowledged(Batch batch, long notCounted) {
        owed.remove(batch.range().first());
        acknowledged += batch.lineEnds();
        rejected += notCounted;
        jsonBytes += batch.jsonBytes();
        bodyBytes += batch.body().length;
    }

    /** Records in closed batches, counted as line ends. */
    synchronized long lineEnds() {
        return lineEnds;
    }

    /** Why success must not be said although nothing failed; null when the numbers add up. */
    synchronized @Nullable String mismatch(long recordsRead, long encoded) {
        long undelivered = undelivered();
        if (recordsRead == encoded && encoded == lineEnds && encoded == acknowledged && undelivered == 0) {
            return null;
        }
        return "the numbers do not add up: " + recordsRead + " records read, " + encoded + " encoded, " + lineEnds
                + " lines in the bodies, " + acknowledged + " acknowledged, " + undelivered + " undelivered";
    }

    private long undelivered() {
        return owed.values().stream().mapToLong(Owed::records).sum();
    }

    synchronized DeliveryReport report(
            SourceId source, ReadSoFar read, long encoded, Duration elapsed, OptionalLong unreadAfter) {
        return new DeliveryReport(
                source,
                read.lines(),
                read.records(),
                read.malformed(),
                encoded,
                acknowledged,
                undelivered(),
                rejected,
                batches,
                requests,
                retries,
                jsonBytes,
                bodyBytes,
                read.bytes(),
                elapsed,
                ranges(),
                unreadAfter);
    }

    private List<LineRange> ranges() {
        List<LineRange> ranges = new ArrayList<>();
        owed.values().forEach(part -> ranges.add(part.lines()));
        return ranges;
    }
}
