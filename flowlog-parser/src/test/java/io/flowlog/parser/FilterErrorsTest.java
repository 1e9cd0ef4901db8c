package io.flowlog.parser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every kind of wrong filter, with the exact message and position. */
class FilterErrorsTest {
    private static void isRefused(String filter, int position, String message) {
        assertThatThrownBy(() -> FlowLogFilter.parse(filter))
                .as(filter)
                .isInstanceOfSatisfying(
                        FlowLogFilter.InvalidFilterException.class,
                        e -> assertThat(e.position()).isEqualTo(position))
                .hasMessage("filter, character " + position + ": expected " + message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "`` | 1 | a field, not, or an opening parenthesis, found the end of the filter",
                "` ` | 2 | a field, not, or an opening parenthesis, found the end of the filter",
                "and | 1 | a field, not, or an opening parenthesis, found \"and\"",
                "'action' = x | 1 | a field, not, or an opening parenthesis, found \"action\"",
                ") | 1 | a field, not, or an opening parenthesis, found \")\"",
                "() | 2 | a field, not, or an opening parenthesis, found \")\"",
                "not not action = x | 5 | a field, not, or an opening parenthesis, found \"not\"",
                "action = x and | 15 | a field, not, or an opening parenthesis, found the end of the filter",
                "action = x or or | 15 | a field, not, or an opening parenthesis, found \"or\"",
                "22 = dstport | 1 | the name of a field (lower-case letters, digits and hyphens), found \"22\"",
                "account_id = 1 | 1 | the name of a field (lower-case letters, digits and hyphens), found \"account_id\";"
                        + " AWS writes it \"account-id\"",
                "DstPort = 1 | 1 | the name of a field (lower-case letters, digits and hyphens), found \"DstPort\";"
                        + " AWS writes it \"dstport\"",
                "action | 7 | =, !=, <, <=, >, >=, in, not in, like, not like or is, found the end of the filter",
                "action REJECT | 8 | =, !=, <, <=, >, >=, in, not in, like, not like or is, found \"REJECT\"",
                "action ( | 8 | =, !=, <, <=, >, >=, in, not in, like, not like or is, found \"(\"",
                "action not = x | 12 | in or like, found \"=\"",
                "action is x | 11 | absent or not absent, found \"x\"",
                "action is not x | 15 | absent, found \"x\"",
                "action == x | 8 | an operator, found \"==\"; write =",
                "bytes <> 1 | 7 | an operator, found \"<>\"; write !=",
                "bytes => 1 | 7 | an operator, found \"=>\"; write >=",
                "bytes =< 1 | 7 | an operator, found \"=<\"; write <=",
                "bytes = ) | 9 | an integer from 0 to 9223372036854775807, found \")\"",
                "src_addr = 10.0.0.1 | 1 | the name of a field (lower-case letters, digits and hyphens), found"
                        + " \"src_addr\"; did you mean \"srcaddr\"?",
                "Source = 10.0.0.1 | 1 | the name of a field (lower-case letters, digits and hyphens), found \"Source\"",
                "action = | 9 | a word or a text in single quotes, found the end of the filter",
                "action = (x) | 10 | a word or a text in single quotes, found \"(\"",
                "action = A* | 10 | a word or a text in single quotes, found \"A*\"; * is for like, and a value that"
                        + " contains it needs quotes",
                "action = x y | 12 | and, or, or the end of the filter, found \"y\"",
                "action = x) | 11 | and, or, or the end of the filter, found \")\"",
                "(action = x | 12 | and, or, or a closing parenthesis, found the end of the filter",
                "action in x | 11 | an opening parenthesis, found \"x\"",
                "action in () | 12 | a word or a text in single quotes, found \")\"",
                "action in (x | 13 | a comma or a closing parenthesis, found the end of the filter",
                "action in (x y) | 14 | a comma or a closing parenthesis, found \"y\"",
                "action in (x,) | 14 | a word or a text in single quotes, found \")\"",
                "action like | 12 | a pattern such as vpc-* or 'a b*', found the end of the filter",
                "dstport = ssh | 11 | an integer from 0 to 9223372036854775807, found \"ssh\"",
                "dstport = -1 | 11 | an integer from 0 to 9223372036854775807, found \"-1\"",
                "dstport = 1.5 | 11 | an integer from 0 to 9223372036854775807, found \"1.5\"",
                "dstport = 1__0 | 11 | an integer from 0 to 9223372036854775807, found \"1__0\"",
                "dstport = _1 | 11 | an integer from 0 to 9223372036854775807, found \"_1\"",
                "dstport = '' | 11 | an integer from 0 to 9223372036854775807, found \"\"",
                "port in (22, all) | 14 | an integer from 0 to 9223372036854775807, found \"all\"",
                "bytes < 9223372036854775808 | 9 | an integer from 0 to 9223372036854775807, found"
                        + " \"9223372036854775808\"",
                "srcaddr = 10.0.0.0/33 | 11 | an address, a range such as 10.0.0.0/8, private, public or a text in single"
                        + " quotes, found \"10.0.0.0/33\"",
                "addr in (::1, 10.0.0) | 15 | an address, a range such as 10.0.0.0/8, private, public or a text in single"
                        + " quotes, found \"10.0.0\"",
                "addr = ::/129 | 8 | an address, a range such as 10.0.0.0/8, private, public or a text in single"
                        + " quotes, found \"::/129\"",
                "addr = 1::2::3 | 8 | an address, a range such as 10.0.0.0/8, private, public or a text in single"
                        + " quotes, found \"1::2::3\"",
                "srcaddr < 10.0.0.0/8 | 11 | an address after <, found the range \"10.0.0.0/8\"; ranges work with =, !="
                        + " and in",
                "srcaddr >= private | 12 | an address after >=, found the range \"private\"; ranges work with =, !="
                        + " and in",
                "action = \"x\" | 10 | a word, a text in single quotes, an operator or a parenthesis, found \"\\\"\"; put"
                        + " text in single quotes",
                "!action = x | 1 | a word, a text in single quotes, an operator or a parenthesis, found \"!\"; write !="
                        + " or not",
                "action = x && dstport = 1 | 12 | a word, a text in single quotes, an operator or a parenthesis, found"
                        + " \"&\"; write and",
                "`action = x || dstport = 1` | 12 | `a word, a text in single quotes, an operator or a parenthesis, found"
                        + " \"|\"; write or`",
                "action ~ x | 8 | a word, a text in single quotes, an operator or a parenthesis, found \"~\"; write like,"
                        + " with * for any text",
                "action = REJ% | 13 | a word, a text in single quotes, an operator or a parenthesis, found \"%\"; write"
                        + " like, with * for any text",
                "action = 'x | 10 | a closing single quote, found the end of the filter",
                "action = 'x'' | 10 | a closing single quote, found the end of the filter",
            })
    void saysWhereWhatWasExpectedAndWhatWasFound(String filter, int position, String message) {
        isRefused(filter == null ? "" : filter, position, message);
    }

    @Test
    void aSymbolOutsideTheBasicPlaneIsShownWhole() {
        isRefused(
                "😀 = 1", 1, "a word, a text in single quotes, an operator or a parenthesis, found \"\\ud83d\\ude00\"");
        isRefused("action = '\ud83d'", 11, "Unicode text, found half a surrogate pair");
    }

    @Test
    void theLevelsOfParenthesesAreBounded() {
        isRefused("(".repeat(101), 101, "at most 100 levels of parentheses, found \"(\"");
        isRefused("(".repeat(60_000), 101, "at most 100 levels of parentheses, found \"(\"");
        isRefused("not (".repeat(10_000), 505, "at most 100 levels of parentheses, found \"(\"");
    }

    @Test
    void theLengthIsBoundedInBytes() {
        String start = "action = '";
        FlowLogFilter.parse(start + "x".repeat(65_536 - start.length() - 1) + "'");
        isRefused(
                start + "x".repeat(65_536 - start.length()) + "'",
                65_537,
                "a filter of at most 65536 bytes, found a longer one");
        isRefused(
                start + "é".repeat(40_000) + "'",
                10 + 32_763 + 1,
                "a filter of at most 65536 bytes, found a longer one");
    }
}
