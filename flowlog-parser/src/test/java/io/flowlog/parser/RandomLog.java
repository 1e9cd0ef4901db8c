package io.flowlog.parser;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;

/** Flow logs out of a seed: every format, ordinary traffic and all the oddities. */
final class RandomLog {
    private static final String[] TEXTS = {
        "ACCEPT",
        "REJECT",
        "OK",
        "NODATA",
        "10.0.0.1",
        "2001:db8::1",
        "eni-1",
        "000000000012",
        "unknown",
        "IPv4",
        "a%20b",
        "Büro",
        "😀",
        "\"",
        "\\",
        "x\ty",
        "bytes",
        "srcaddr",
        "--",
        "0",
        "12",
        "a\rb",
        "ingress"
    };
    private static final String[] NO_INTEGERS = {
        "x", "-1", "+1", "9223372036854775808", "1.5", "99999999999999999999", "1x", "--", "0x10", "ACCEPT"
    };

    private final Random random;
    private final StringBuilder text = new StringBuilder();
    private final String lineEnd;
    private final int oddity;
    private List<String> header = List.of();

    private RandomLog(long seed) {
        random = new Random(seed);
        lineEnd = random.nextInt(4) == 0 ? "\r\n" : "\n";
        oddity = new int[] {0, 1, 5, 30}[random.nextInt(4)];
    }

    /** A file of some lines; what is in it depends on nothing but the seed. */
    static String text(long seed, int lines) {
        RandomLog log = new RandomLog(seed);
        log.header();
        for (int i = 0; i < lines; i++) {
            log.line();
        }
        if (log.random.nextBoolean()) {
            log.text.setLength(log.text.length() - log.lineEnd.length());
        }
        return log.text.toString();
    }

    private boolean odd() {
        return random.nextInt(100) < oddity;
    }

    private void header() {
        header = new ArrayList<>();
        switch (random.nextInt(6)) {
            case 0 -> header.addAll(FlowLogFormat.DEFAULT.columns());
            case 1 -> addFields(field -> field.isInVpcLogs() && field.since() <= 5);
            case 2 -> addFields(FlowLogField::isInVpcLogs);
            case 3 -> addFields(FlowLogField::isInTransitGatewayLogs);
            case 4 -> {
                addFields(field -> random.nextInt(4) == 0 || field == FlowLogField.SRCADDR);
                Collections.shuffle(header, random);
            }
            default -> {
                addFields(field -> random.nextInt(20) == 0 || field == FlowLogField.SRCADDR);
                header.add("some-future-field");
                if (random.nextInt(3) == 0) {
                    header.add(header.get(random.nextInt(header.size())));
                }
                Collections.shuffle(header, random);
            }
        }
        text.append(String.join(" ", header)).append(lineEnd);
    }

    private void addFields(Predicate<FlowLogField> wanted) {
        Arrays.stream(FlowLogField.values()).filter(wanted).forEach(field -> header.add(field.awsName()));
    }

    private void line() {
        if (odd()) {
            switch (random.nextInt(7)) {
                case 0 -> text.append(" ".repeat(random.nextInt(3)));
                case 1 -> text.append(String.join(" ", header));
                case 2 -> {
                    header();
                    return;
                }
                case 3 -> text.append(value(header.get(0))).append(' ').append("9");
                case 4 -> text.append("z".repeat(random.nextInt(6000)));
                case 5 -> text.append(record()).append(" 7 7");
                default -> text.append(' ').append(record()).append(' ');
            }
        } else {
            text.append(record());
        }
        text.append(odd() ? random.nextBoolean() ? "\r\n" : "\n" : lineEnd);
    }

    private String record() {
        StringBuilder line = new StringBuilder();
        boolean noData = random.nextInt(20) == 0;
        for (String name : header) {
            line.append(line.isEmpty() ? "" : odd() ? "  " : " ");
            line.append(noData && random.nextInt(3) > 0 ? "-" : value(name));
        }
        return line.toString();
    }

    private String value(String name) {
        if (random.nextInt(12) == 0) {
            return "-";
        }
        if (FlowLogField.of(name).map(FlowLogField::isInteger).orElse(false)) {
            if (odd()) {
                return NO_INTEGERS[random.nextInt(NO_INTEGERS.length)];
            }
            long any = random.nextLong() & Long.MAX_VALUE;
            return (random.nextInt(50) == 0 ? "00" : "") + (any >>> random.nextInt(63));
        }
        return odd() ? "v".repeat(1 + random.nextInt(300)) : TEXTS[random.nextInt(TEXTS.length)];
    }
}
