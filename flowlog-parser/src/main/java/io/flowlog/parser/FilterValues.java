package io.flowlog.parser;

import io.flowlog.parser.FilterToken.Kind;
import io.flowlog.parser.FlowLogFilter.InvalidFilterException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * How the values of a field are read and compared: as integers, as addresses or as text.
 *
 * @param columns the columns of the field
 */
record FilterValues(List<String> columns, Type type) {
    private static final Pattern INTEGER = Pattern.compile("[0-9]+(?:_[0-9]+)*");

    /** Digits and dots, or hexadecimal digits and colons: nobody means a text by it. */
    private static final Pattern LIKE_ADDRESS = Pattern.compile("(?:[0-9.]+|[0-9a-fA-F.]*:[0-9a-fA-F:.]*)(?:/.*)?");

    enum Type {
        INTEGER,
        ADDRESS,
        TEXT
    }

    static FilterValues of(String field) {
        return switch (field) {
            case "addr" -> new FilterValues(List.of("srcaddr", "dstaddr"), Type.ADDRESS);
            case "port" -> new FilterValues(List.of("srcport", "dstport"), Type.INTEGER);
            default -> new FilterValues(List.of(field), type(field));
        };
    }

    /** AWS's words for addresses end in {@code addr}: later ones are likely to. */
    private static Type type(String field) {
        if (FlowLogField.of(field).filter(FlowLogField::isInteger).isPresent()) {
            return Type.INTEGER;
        }
        return field.endsWith("addr") ? Type.ADDRESS : Type.TEXT;
    }

    static boolean isOperator(String sign) {
        return switch (sign) {
            case "=", "!=", "<", "<=", ">", ">=" -> true;
            default -> false;
        };
    }

    /** What a value must be, for messages. */
    String expected() {
        return switch (type) {
            case INTEGER -> "an integer from 0 to 9223372036854775807";
            case ADDRESS -> "an address, a range such as 10.0.0.0/8, private, public or a text in single quotes";
            case TEXT -> "a word or a text in single quotes";
        };
    }

    /** Any operator but {@code !=}, which is the negation of {@code =}. */
    ColumnTest compare(String operator, FilterToken value) {
        if (operator.equals("=")) {
            return in(List.of(value));
        }
        return switch (type) {
            case INTEGER -> numbers(operator, integer(value));
            case ADDRESS -> order(operator, value);
            case TEXT -> textOrder(operator, value);
        };
    }

    ColumnTest in(List<FilterToken> values) {
        return switch (type) {
            case INTEGER ->
                values.size() == 1
                        ? numbers("=", integer(values.get(0)))
                        : new ColumnTest.NumberSet(values.stream()
                                .mapToLong(this::integer)
                                .sorted()
                                .toArray());
            case ADDRESS -> addresses(values);
            case TEXT -> texts(values.stream().map(FilterValues::bytes).toList());
        };
    }

    private static ColumnTest numbers(String operator, long value) {
        boolean empty = operator.equals(">") && value == Long.MAX_VALUE;
        return switch (operator) {
            case "=" -> new ColumnTest.Numbers(value, value);
            case "<" -> new ColumnTest.Numbers(0, value - 1);
            case "<=" -> new ColumnTest.Numbers(0, value);
            case ">" -> empty ? new ColumnTest.Numbers(1, 0) : new ColumnTest.Numbers(value + 1, Long.MAX_VALUE);
            default -> new ColumnTest.Numbers(value, Long.MAX_VALUE);
        };
    }

    private long integer(FilterToken value) {
        if (INTEGER.matcher(value.text()).matches()) {
            try {
                return Long.parseLong(value.text().replace("_", ""));
            } catch (NumberFormatException e) {
                // The number is larger than the largest possible value.
            }
        }
        throw value.expected(expected());
    }

    private static byte[] bytes(FilterToken value) {
        return value.text().getBytes(StandardCharsets.UTF_8);
    }

    private static ColumnTest texts(List<byte[]> values) {
        return values.size() == 1 ? new ColumnTest.Equal(values.get(0)) : ColumnTest.TextSet.of(values);
    }

    private static ColumnTest textOrder(String operator, FilterToken value) {
        return new ColumnTest.Order(bytes(value), operator.startsWith("<"), operator.endsWith("="));
    }

    private ColumnTest addresses(List<FilterToken> values) {
        List<AddressSet.Range> ranges = new ArrayList<>();
        List<byte[]> texts = new ArrayList<>();
        for (FilterToken value : values) {
            List<AddressSet.Range> found = ranges(value);
            ranges.addAll(found);
            if (found.isEmpty()) {
                texts.add(textBesideAddresses(value));
            }
        }
        if (ranges.isEmpty()) {
            return texts(texts);
        }
        ColumnTest addresses = new ColumnTest.Addresses(new AddressSet(ranges));
        return texts.isEmpty() ? addresses : new ColumnTest.Either(addresses, texts(texts));
    }

    /** Empty for a text. */
    private static List<AddressSet.Range> ranges(FilterToken value) {
        if (isNamedRange(value)) {
            return value.isKeyword("private") ? AddressSet.ofPrivate() : AddressSet.ofPublic();
        }
        List<AddressSet.Range> address = AddressSet.ofAddress(value.text());
        return address.isEmpty() ? AddressSet.ofBlock(value.text()) : address;
    }

    private static boolean isNamedRange(FilterToken value) {
        return value.isKeyword("private") || value.isKeyword("public");
    }

    /** A slip in an address must not become a text that nothing equals. */
    private byte[] textBesideAddresses(FilterToken value) {
        if (value.kind() == Kind.WORD && LIKE_ADDRESS.matcher(value.text()).matches()) {
            throw value.expected(expected());
        }
        return bytes(value);
    }

    private ColumnTest order(String operator, FilterToken value) {
        if (AddressSet.ofAddress(value.text()).isEmpty()) {
            if (!ranges(value).isEmpty()) {
                throw new InvalidFilterException(
                        value.position(),
                        "expected an address after " + operator + ", found the range " + Text.quoted(value.text())
                                + "; ranges work with =, != and in");
            }
            textBesideAddresses(value);
            return textOrder(operator, value);
        }
        return new ColumnTest.Addresses(new AddressSet(AddressSet.ofOrder(operator, value.text())));
    }
}
