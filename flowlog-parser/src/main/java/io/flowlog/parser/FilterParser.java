package io.flowlog.parser;

import io.flowlog.parser.FilterToken.Kind;
import io.flowlog.parser.FlowLogFilter.InvalidFilterException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Reads a filter by this grammar, in which keywords may be written in any case:
 *
 * <pre>
 * expression = term { "or" term }      term = factor { "and" factor }
 * factor     = [ "not" ] ( comparison | "(" expression ")" )
 * comparison = field ( "=" | "!=" | "&lt;" | "&lt;=" | "&gt;" | "&gt;=" ) value
 *            | field [ "not" ] "in" "(" value { "," value } ")"
 *            | field "is" [ "not" ] "absent"
 *            | field [ "not" ] "like" pattern
 * </pre>
 */
final class FilterParser {
    private static final String OPERATORS = "=, !=, <, <=, >, >=, in, not in, like, not like or is";

    private final FilterLexer lexer;
    private FilterToken token;

    FilterParser(String text) {
        lexer = new FilterLexer(text);
        token = lexer.next();
    }

    FilterExpression parse() {
        FilterExpression expression = expression(0);
        if (token.kind() != Kind.END) {
            throw token.expected("and, or, or the end of the filter");
        }
        return expression;
    }

    private FilterToken take() {
        FilterToken taken = token;
        token = lexer.next();
        return taken;
    }

    private boolean takeKeyword(String word) {
        boolean found = token.isKeyword(word);
        if (found) {
            take();
        }
        return found;
    }

    private FilterExpression expression(int depth) {
        List<FilterExpression> terms = new ArrayList<>();
        do {
            terms.add(term(depth));
        } while (takeKeyword("or"));
        return FilterExpression.AnyOf.of(terms);
    }

    private FilterExpression term(int depth) {
        List<FilterExpression> factors = new ArrayList<>();
        do {
            factors.add(factor(depth));
        } while (takeKeyword("and"));
        return factors.size() == 1 ? factors.get(0) : new FilterExpression.AllOf(factors);
    }

    private FilterExpression factor(int depth) {
        boolean negated = takeKeyword("not");
        FilterExpression inner = token.isSign("(") ? parentheses(depth + 1) : comparison();
        return negated ? new FilterExpression.Not(inner) : inner;
    }

    private FilterExpression parentheses(int depth) {
        if (depth > FlowLogFilter.MAX_DEPTH) {
            throw token.expected("at most " + FlowLogFilter.MAX_DEPTH + " levels of parentheses");
        }
        take();
        FilterExpression inner = expression(depth);
        if (!token.isSign(")")) {
            throw token.expected("and, or, or a closing parenthesis");
        }
        take();
        return inner;
    }

    private FilterExpression comparison() {
        FilterToken field = take();
        checkName(field);
        FilterValues values = FilterValues.of(field.text());
        boolean negated = token.isSign("!=");
        ColumnTest test;
        if (token.kind() == Kind.SIGN && FilterValues.isOperator(token.text())) {
            String operator = operator();
            test = values.compare(negated ? "=" : operator, value(values));
        } else if (takeKeyword("is")) {
            negated = takeKeyword("not");
            if (!takeKeyword("absent")) {
                throw token.expected(negated ? "absent" : "absent or not absent");
            }
            test = new ColumnTest.Absent();
        } else {
            negated = takeKeyword("not");
            if (takeKeyword("in")) {
                test = values.in(list(values));
            } else if (takeKeyword("like")) {
                test = pattern();
            } else {
                throw token.expected(negated ? "in or like" : OPERATORS);
            }
        }
        FilterExpression comparison =
                new FilterExpression.Comparison(field.text(), field.position(), values.columns(), test);
        return negated ? new FilterExpression.Not(comparison) : comparison;
    }

    /** The operator; a second sign after it belongs to the operators of another language. */
    private String operator() {
        FilterToken operator = take();
        String both = operator.text() + (token.kind() == Kind.SIGN ? token.text() : "");
        String instead = switch (both) {
            case "==" -> "=";
            case "<>" -> "!=";
            case "=>" -> ">=";
            case "=<" -> "<=";
            default -> "";
        };
        if (!instead.isEmpty()) {
            throw new InvalidFilterException(
                    operator.position(), "expected an operator, found \"" + both + "\"; write " + instead);
        }
        return operator.text();
    }

    private static void checkName(FilterToken field) {
        boolean word = field.kind() == Kind.WORD && !field.isAnyKeyword();
        if (!word) {
            throw field.expected("a field, not, or an opening parenthesis");
        }
        String name = field.text();
        if (!FlowLogFormat.isName(name)) {
            String known = name.toLowerCase(Locale.ROOT).replace('_', '-');
            String hint = FlowLogField.of(known).isPresent()
                    ? "; AWS writes it \"" + known + "\""
                    : Similar.field(known)
                            .map(similar -> "; did you mean \"" + similar + "\"?")
                            .orElse("");
            throw new InvalidFilterException(
                    field.position(),
                    "expected the name of a field (lower-case letters, digits and hyphens), found " + Text.quoted(name)
                            + hint);
        }
    }

    private FilterToken value(FilterValues values) {
        if (!token.isValue()) {
            throw token.expected(values.expected());
        }
        if (token.kind() == Kind.WORD && token.text().indexOf('*') >= 0) {
            throw new InvalidFilterException(
                    token.position(),
                    "expected " + values.expected() + ", found " + Text.quoted(token.text())
                            + "; * is for like, and a value that contains it needs quotes");
        }
        return take();
    }

    private List<FilterToken> list(FilterValues values) {
        if (!token.isSign("(")) {
            throw token.expected("an opening parenthesis");
        }
        List<FilterToken> list = new ArrayList<>();
        do {
            take();
            list.add(value(values));
        } while (token.isSign(","));
        if (!token.isSign(")")) {
            throw token.expected("a comma or a closing parenthesis");
        }
        take();
        return list;
    }

    private ColumnTest pattern() {
        if (!token.isValue()) {
            throw token.expected("a pattern such as vpc-* or 'a b*'");
        }
        return ColumnTest.Like.of(take().text());
    }
}
