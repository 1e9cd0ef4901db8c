package io.flowlog.sink.http;

import io.flowlog.parser.FlowLogCounts;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The accounts of one call of {@code send}: what was read, what was added to batches, what was acknowledged, and what is
 * missing. Safe for use by several threads.
 */
final class Ledger {
    private final SourceId source;
    private final FlowLogCounts before;
    private final CallClock clock;
    /** What is owed, by first line. */
    private final TreeMap<Long, Owed> owed = new TreeMap<>();

    private FlowLogCounts seen;
    private boolean complete;
    private long filtered;
    private long sampledOut;
    private long lineEnds;
    private long acknowledged;
    private long rejected;
    private long batches;
    private long requests;
    private long retries;
    private long jsonBytes;
    private long bodyBytes;

    private record Owed(LineRange lines, int records) {}

    Ledger(SourceId source, FlowLogCounts before, CallClock clock) {
        this.source = source;
        this.before = before;
        this.clock = clock;
        this.seen = before;
    }

    SourceId source() {
        return source;
    }

    /** The reader has come this far. */
    synchronized void read(FlowLogCounts counts, RecordSelection selection) {
        seen = counts;
        filtered = selection.filtered();
        sampledOut = selection.sampledOut();
    }

    /** The reader has reached the end of an intact source. */
    synchronized void complete() {
        complete = true;
    }

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

    /** Of a batch, only the rest is not acknowledged yet. */
    synchronized void partlyAcknowledged(Batch batch, Batch rest, long notStored) {
        owed.remove(batch.range().first());
        owe(rest.range(), rest.records());
        acknowledged += batch.lineEnds() - rest.lineEnds();
        rejected += notStored;
        jsonBytes += batch.jsonBytes();
        bodyBytes += batch.body().length;
    }

    synchronized boolean anyAcknowledged() {
        return acknowledged > 0;
    }

    /** Why the delivery must not be reported as a success although nothing failed; null if the accounts add up. */
    synchronized @Nullable String mismatch(long recordsRead, long encoded) {
        long undelivered = undelivered();
        long dropped = counts().filtered() + filtered + sampledOut;
        if (recordsRead == encoded + dropped && encoded == lineEnds && encoded == acknowledged && undelivered == 0) {
            return null;
        }
        return "the accounts do not add up: " + recordsRead + " records read, " + dropped
                + " filtered or sampled out, " + encoded + " encoded, " + lineEnds
                + " lines in the bodies, " + acknowledged + " acknowledged, " + undelivered + " undelivered";
    }

    private long undelivered() {
        return owed.values().stream().mapToLong(Owed::records).sum();
    }

    /** What was read up to the last call of {@link #read}. */
    synchronized SourceCounts counts() {
        return SourceCounts.between(before, seen);
    }

    /** The accounts during the delivery. Only the records of closed batches count as encoded. */
    synchronized DeliveryReport soFar() {
        return report(lineEnds);
    }

    /** The accounts up to the last call of {@link #read}. */
    synchronized DeliveryReport report(long encoded) {
        SourceCounts read = counts();
        return new DeliveryReport(
                source,
                read.lines(),
                read.records(),
                read.filtered() + filtered,
                sampledOut,
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
                clock.elapsed(),
                ranges(),
                complete ? OptionalLong.empty() : OptionalLong.of(seen.lines()));
    }

    private List<LineRange> ranges() {
        List<LineRange> ranges = new ArrayList<>();
        owed.values().forEach(part -> ranges.add(part.lines()));
        return ranges;
    }
}
