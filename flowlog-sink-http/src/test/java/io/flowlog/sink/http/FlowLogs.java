package io.flowlog.sink.http;

import io.flowlog.parser.FlowLogFormat;
import io.flowlog.parser.FlowLogReader;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;

/** Flow logs for tests. */
final class FlowLogs {
    static final String HEADER = FlowLogFormat.DEFAULT.toString() + "\n";
    static final String LINE = "2 123456789012 eni-01ab234c5de6f78g9 10.0.0.4 10.0.0.5 123 33298 17 1 76"
            + " 1640995465 1640995493 ACCEPT OK\n";
    static final String JSON = "{\"version\":2,\"account-id\":\"123456789012\","
            + "\"interface-id\":\"eni-01ab234c5de6f78g9\",\"srcaddr\":\"10.0.0.4\",\"dstaddr\":\"10.0.0.5\","
            + "\"srcport\":123,\"dstport\":33298,\"protocol\":17,\"packets\":1,\"bytes\":76,\"start\":1640995465,"
            + "\"end\":1640995493,\"action\":\"ACCEPT\",\"log-status\":\"OK\"}";

    private FlowLogs() {}

    /** A reader of the default format with so many records, on lines 2 and up, all different. */
    static FlowLogReader records(int count) {
        return reader(text(count));
    }

    static String text(int count) {
        StringBuilder text = new StringBuilder(HEADER);
        for (int i = 0; i < count; i++) {
            text.append(LINE.replace(" 76 ", " " + (1_000_000 + i) + " "));
        }
        return text.toString();
    }

    static FlowLogReader reader(String text) {
        return FlowLogReader.open(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }
}
