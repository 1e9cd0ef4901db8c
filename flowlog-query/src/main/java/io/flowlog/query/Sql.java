package io.flowlog.query;

/** Names and texts as SQL writes them. */
final class Sql {
    private Sql() {}

    /** A name in double quotes. */
    static String name(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    /** A text in single quotes. */
    static String text(String text) {
        return '\'' + text.replace("'", "''") + '\'';
    }
}
