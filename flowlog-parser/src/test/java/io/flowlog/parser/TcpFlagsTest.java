package io.flowlog.parser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flowlog.parser.TcpFlags.Flag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TcpFlagsTest {
    @ParameterizedTest
    @CsvSource({
        "0, none",
        "1, FIN",
        "2, SYN",
        "3, FIN|SYN",
        "4, RST",
        "8, PSH",
        "16, ACK",
        "18, SYN|ACK",
        "19, FIN|SYN|ACK",
        "32, URG",
        "63, FIN|SYN|RST|PSH|ACK|URG",
        "64, 0x40",
        "66, SYN|0x40",
        "9223372036854775807, FIN|SYN|RST|PSH|ACK|URG|0x7fffffffffffffc0"
    })
    void namesItsFlags(long mask, String text) {
        assertThat(TcpFlags.of(mask)).hasToString(text);
        assertThat(TcpFlags.of(mask).mask()).isEqualTo(mask);
    }

    @Test
    void everyFlagIsItsBit() {
        for (Flag flag : Flag.values()) {
            assertThat(TcpFlags.of(flag.bit()).has(flag)).isTrue();
            assertThat(TcpFlags.of(flag.bit()).flags()).containsExactly(flag);
            assertThat(TcpFlags.of(~(long) flag.bit()).has(flag)).isFalse();
        }
        assertThat(TcpFlags.of(1).isFin()).isTrue();
        assertThat(TcpFlags.of(2).isSyn()).isTrue();
        assertThat(TcpFlags.of(4).isRst()).isTrue();
        assertThat(TcpFlags.of(8).isPsh()).isTrue();
        assertThat(TcpFlags.of(16).isAck()).isTrue();
        assertThat(TcpFlags.of(32).isUrg()).isTrue();
    }

    @Test
    void synAckIsBoth() {
        assertThat(TcpFlags.of(18).isSynAck()).isTrue();
        assertThat(TcpFlags.of(19).isSynAck()).isTrue();
        assertThat(TcpFlags.of(2).isSynAck()).isFalse();
        assertThat(TcpFlags.of(16).isSynAck()).isFalse();
    }

    @Test
    void isAValue() {
        assertThat(TcpFlags.of(66)).isEqualTo(TcpFlags.of(66)).hasSameHashCodeAs(TcpFlags.of(66));
        assertThat(TcpFlags.of(66)).isNotEqualTo(TcpFlags.of(2)).isNotEqualTo(66L);
        assertThatThrownBy(() -> TcpFlags.of(2).flags().add(Flag.ACK))
                .isInstanceOf(UnsupportedOperationException.class);
    }
}
