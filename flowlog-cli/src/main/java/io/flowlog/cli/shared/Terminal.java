package io.flowlog.cli.shared;

/**
 * What the output streams are connected to. The script {@code flowlog} determines it and passes it on as system
 * properties, because Java cannot check a single stream. Without the script, no stream counts as a terminal.
 *
 * @param out whether standard output is a terminal
 * @param err whether standard error is a terminal
 * @param columns the width of the terminal; {@link #UNLIMITED} if it is unknown or there is no terminal
 * @param colours whether to use colours on standard output
 */
public record Terminal(boolean out, boolean err, int columns, boolean colours) {
    /** The width where nothing limits it, as in a pipe. */
    public static final int UNLIMITED = Integer.MAX_VALUE;

    private static final int NARROWEST = 20;

    /**
     * The terminal of this process. Colours are off without a terminal, if {@code NO_COLOR} is set and not
     * empty (no-color.org), and if {@code TERM} is {@code dumb}.
     */
    public static Terminal current() {
        String streams = System.getProperty("flowlog.terminal", "");
        boolean out = streams.contains("out");
        boolean err = streams.contains("err");
        String noColor = System.getenv("NO_COLOR");
        boolean colours = out && (noColor == null || noColor.isEmpty()) && !"dumb".equals(System.getenv("TERM"));
        int columns = Integer.getInteger("flowlog.columns", 0);
        return new Terminal(out, err, (out || err) && columns > 0 ? Math.max(NARROWEST, columns) : UNLIMITED, colours);
    }

    /** The width for standard output: that of the terminal, or {@link #UNLIMITED} if it goes elsewhere. */
    public int outColumns() {
        return out ? columns : UNLIMITED;
    }

    /** The width for standard error: that of the terminal, or {@link #UNLIMITED} if it goes elsewhere. */
    public int errColumns() {
        return err ? columns : UNLIMITED;
    }
}
