package io.flowlog.benchmarks;

import java.time.Instant;

/** The fourteen fields of the default format by their position, as the plugins of log servers have them. */
record PositionalFlow(
        int version,
        String accountId,
        String interfaceId,
        String srcaddr,
        String dstaddr,
        int srcport,
        int dstport,
        int protocol,
        long packets,
        long bytes,
        Instant start,
        Instant end,
        String action,
        String logStatus) {
    static PositionalFlow of(String[] words) {
        return new PositionalFlow(
                Integer.parseInt(words[0]),
                words[1],
                words[2],
                words[3],
                words[4],
                (int) Flow.number(words[5]),
                (int) Flow.number(words[6]),
                (int) Flow.number(words[7]),
                Flow.number(words[8]),
                Flow.number(words[9]),
                Instant.ofEpochSecond(Flow.number(words[10])),
                Instant.ofEpochSecond(Flow.number(words[11])),
                words[12],
                words[13]);
    }

    long checksum() {
        return Checksum.of(srcport, dstport, packets, bytes, start.getEpochSecond(), end.getEpochSecond());
    }
}
