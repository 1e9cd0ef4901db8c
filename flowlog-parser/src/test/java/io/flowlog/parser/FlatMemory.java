package io.flowlog.parser;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Random;

/** The main class of a process with a small heap that reads a large input; prints what it counted. */
final class FlatMemory {
    private static final String HEADER = FlowLogFormat.DEFAULT + "\n";

    private FlatMemory() {}

    public static void main(String[] args) throws IOException {
        long size = Long.parseLong(args[1]);
        InputStream in = switch (args[0]) {
            case "plain" -> new EndlessStream(HEADER.getBytes(UTF_8), block(), size);
            case "gzip" -> new EndlessStream(GzipBytes.gzip(HEADER), GzipBytes.gzip(block()), size / 4);
            case "no-newline" -> new EndlessStream(HEADER.getBytes(UTF_8), xs(), size);
            case "zeros" -> new EndlessStream(GzipBytes.gzip(HEADER), GzipBytes.gzip(new byte[4_000_000]), size / 1000);
            default -> throw new IllegalArgumentException(args[0]);
        };
        long sum = 0;
        try (FlowLogReader reader =
                FlowLogReader.builder().onMalformed(line -> {}).open(in)) {
            for (FlowLogRecord flow = reader.read(); flow != null; flow = reader.read()) {
                sum += flow.packets().orElse(0);
            }
            FlowLogCounts counts = reader.counts();
            System.out.println((counts.bytes() >= size ? "all" : "some") + " records="
                    + (counts.records() > 0 && sum > counts.records()) + " malformed=" + counts.malformed());
        }
    }

    private static byte[] xs() {
        byte[] xs = new byte[1_000_000];
        Arrays.fill(xs, (byte) 'x');
        return xs;
    }

    private static byte[] block() {
        Random random = new Random(3);
        StringBuilder text = new StringBuilder();
        while (text.length() < 500_000) {
            text.append("2 123456789012 eni-01ab234c5de6f78g9 10.0.")
                    .append(random.nextInt(256))
                    .append(".4 10.0.0.5 123 ")
                    .append(random.nextInt(65536))
                    .append(" 17 ")
                    .append(2 + random.nextInt(90))
                    .append(' ')
                    .append(random.nextInt(1 << 20))
                    .append(" 1640995465 1640995493 ACCEPT OK\n");
        }
        return text.toString().getBytes(UTF_8);
    }
}
