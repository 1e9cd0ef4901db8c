package io.flowlog.parser;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IpAddressTest {
    private static boolean read(IpAddress address, String text) {
        byte[] bytes = ("x" + text + "1").getBytes(StandardCharsets.UTF_8);
        boolean atTheEdge = address.read(bytes, 1, bytes.length - 1);
        byte[] more = ("0.1.9.2" + text + "9.1.1.1 and more bytes").getBytes(StandardCharsets.UTF_8);
        IpAddress inTheMiddle = new IpAddress();
        assertThat(inTheMiddle.read(more, 7, 7 + bytes.length - 2)).as(text).isEqualTo(atTheEdge);
        if (atTheEdge) {
            assertThat(inTheMiddle.high).as(text).isEqualTo(address.high);
            assertThat(inTheMiddle.low).as(text).isEqualTo(address.low);
        }
        return atTheEdge;
    }

    /** The number of an address that the JDK knows, an IPv4 address in its mapped place. */
    private static ByteBuffer number(InetAddress address) {
        byte[] bytes = address.getAddress();
        ByteBuffer number = ByteBuffer.allocate(16);
        if (bytes.length == 4) {
            number.putShort(10, (short) 0xffff).position(12);
        }
        return number.put(bytes).rewind();
    }

    private static void agreesWithTheJdk(String text) throws UnknownHostException {
        IpAddress address = new IpAddress();
        assertThat(read(address, text)).as(text).isTrue();
        InetAddress expected = InetAddress.getByName(text);
        assertThat(ByteBuffer.allocate(16)
                        .putLong(address.high)
                        .putLong(address.low)
                        .rewind())
                .as(text)
                .isEqualTo(number(expected));
        assertThat(address.isIpv4()).as(text).isEqualTo(expected.getAddress().length == 4);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "255.255.255.255",
                "1.2.3.4",
                "::",
                "::1",
                "1::",
                "1::8",
                "1:2:3:4:5:6:7:8",
                "1:2:3:4:5:6:7::",
                "::2:3:4:5:6:7:8",
                "1:2:3:4::6:7:8",
                "ABCD:ef01::",
                "0001:002:03:4::",
                "::1.2.3.4",
                "::ffff:1.2.3.4",
                "::FFFF:102:304",
                "64:ff9b::1.2.3.4",
                "1:2:3:4:5:6:1.2.3.4",
                "1::6:1.2.3.4",
                "ffff:ffff:ffff:ffff:ffff:ffff:255.255.255.255"
            })
    void readsWhatTheJdkReads(String text) throws UnknownHostException {
        agreesWithTheJdk(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-",
                "1",
                "1.2.3",
                "1.2.3.4.5",
                "1.2.3.256",
                "1.2.3.1000",
                "01.2.3.4",
                "1.2.3.04",
                "1.2.3.",
                ".1.2.3",
                "1..2.3",
                "1.2.3.4 ",
                "a.b.c.d",
                ":",
                ":::",
                ":1",
                "1:",
                "1:2",
                "1:2:3:4:5:6:7",
                "1:2:3:4:5:6:7:8:9",
                "1::2::3",
                "1:2:3:4:5:6:7:8::",
                "::1:2:3:4:5:6:7:8",
                "1:2:3:4::5:6:7:8",
                "12345::",
                "g::",
                "::1%eth0",
                "1.2.3.4::",
                "::1.2.3.4:5",
                "::1.2.3",
                "1:2:3:4:5:6:7:1.2.3.4",
                "1:2:3:4:5:1.2.3.4",
                "::1.2.3.04",
                "[::1]",
                "::1/128",
                "1:2:3:4:5:6:7:8 ",
                "unknown",
                "१.2.3.4"
            })
    void doesNotReadAnythingElse(String text) {
        assertThat(read(new IpAddress(), text)).isFalse();
    }

    @Test
    void readsRandomAddressesInAllTheirForms() throws UnknownHostException {
        Random random = new Random(7);
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = new byte[random.nextInt(3) == 0 ? 4 : 16];
            random.nextBytes(bytes);
            for (int z = 0; z < bytes.length; z++) {
                bytes[z] = random.nextInt(3) == 0 ? bytes[z] : 0;
            }
            InetAddress address = InetAddress.getByAddress(bytes);
            String longForm = address.getHostAddress();
            agreesWithTheJdk(longForm);
            if (longForm.contains(":0:0:")) {
                agreesWithTheJdk(longForm.replaceFirst("(^|:)0(:0)+(:|$)", "::"));
            }
        }
    }

    @Test
    void readsNumbersOfOneToThreeDigitsInEveryPlace() throws UnknownHostException {
        for (int place = 0; place < 4; place++) {
            for (int number = 0; number < 1100; number++) {
                String before = "7.88.199.".substring(0, new int[] {0, 2, 5, 9}[place]);
                String after = new String[] {".6.77.188", ".77.188", ".188", ""}[place];
                String text = before + number + after;
                if (number < 256) {
                    agreesWithTheJdk(text);
                } else {
                    assertThat(read(new IpAddress(), text)).as(text).isFalse();
                }
            }
        }
    }

    @Test
    void readsNoAddressWithOneWrongByte() {
        String address = "10.20.130.249";
        for (int at = 0; at < address.length(); at++) {
            for (int wrong = 0; wrong < 128; wrong++) {
                String text = address.substring(0, at) + (char) wrong + address.substring(at + 1);
                boolean expected = text.matches("(?:(?:0|[1-9][0-9]{0,2})\\.){3}(?:0|[1-9][0-9]{0,2})")
                        && Arrays.stream(text.split("\\.")).allMatch(number -> Integer.parseInt(number) < 256);
                assertThat(read(new IpAddress(), text)).as(text).isEqualTo(expected);
            }
        }
    }

    @Test
    void neverThrowsForRandomText() {
        Random random = new Random(8);
        String letters = "0123456789abcdfF:.:.g%/";
        for (int i = 0; i < 100_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int n = random.nextInt(20); n > 0; n--) {
                text.append(letters.charAt(random.nextInt(letters.length())));
            }
            boolean read = read(new IpAddress(), text.toString());
            assertThat(read && !text.toString().matches("[0-9a-fA-F:.]+")).isFalse();
        }
    }
}
