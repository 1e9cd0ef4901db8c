package io.flowlog.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A page after a browser has loaded it from disk, without a network, and run its script.
 *
 * @param html the document as the browser has it
 * @param console what the page wrote to the browser's console, which is where errors go
 */
record DrawnPage(String html, String console) {
    /** Draws a page; a test without a browser is skipped. */
    static DrawnPage of(String page, Path folder) throws IOException, InterruptedException {
        String browser = Arrays.stream(System.getenv("PATH").split(":"))
                .map(directory -> Path.of(directory, "chromium"))
                .filter(Files::isExecutable)
                .map(Path::toString)
                .findFirst()
                .orElse("");
        assumeTrue(!browser.isEmpty(), "skipped: there is no chromium on the PATH, so the page is not drawn");
        Path report = Files.writeString(folder.resolve("report.html"), page);
        Path dom = folder.resolve("dom.html");
        Path log = folder.resolve("log.txt");
        Process process = new ProcessBuilder(
                        browser,
                        "--headless",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--host-resolver-rules=MAP * ~NOTFOUND",
                        "--user-data-dir=" + folder.resolve("profile"),
                        "--virtual-time-budget=3000",
                        "--enable-logging=stderr",
                        "--dump-dom",
                        report.toUri().toString())
                .redirectOutput(dom.toFile())
                .redirectError(log.toFile())
                .start();
        assertThat(process.waitFor(180, TimeUnit.SECONDS)).isTrue();
        String console = String.join(
                "\n",
                Files.readString(log)
                        .lines()
                        .filter(l -> l.contains(":CONSOLE"))
                        .toList());
        return new DrawnPage(Files.readString(dom), console);
    }

    /** The texts of the first table behind an element, without the header and the bars. */
    List<List<String>> rows(String id) {
        int from = html.indexOf("id=\"" + id + "\"");
        assertThat(from).as(id).isNotNegative();
        String table = html.substring(html.indexOf("<table>", from), html.indexOf("</table>", from));
        List<List<String>> rows = new ArrayList<>();
        for (String row : table.split("<tr>")) {
            List<String> cells = found("<td(?: class=\"num\")?>(.*?)</td>", row);
            if (!cells.isEmpty()) {
                rows.add(cells);
            }
        }
        return rows;
    }

    /** The tiles of the page in order, such as {@code 2,000 records}. */
    List<String> tiles() {
        List<String> tiles = new ArrayList<>();
        Matcher tile = Pattern.compile("<div class=\"tile\"><b>(.*?)</b><span>(.*?)</span>")
                .matcher(html);
        while (tile.find()) {
            tiles.add(text(tile.group(1)) + " " + text(tile.group(2)));
        }
        return tiles;
    }

    /** A number that a chart says of what it has drawn. */
    double number(String id, String name) {
        Matcher found = Pattern.compile("<div id=\"" + id + "\"[^>]* data-" + name + "=\"(\\d+)\"")
                .matcher(html);
        assertThat(found.find()).as(id + " " + name).isTrue();
        return Double.parseDouble(found.group(1));
    }

    /** The arrows of who talks to whom, such as {@code subnet-1 to internet: 5000}. */
    List<String> arrows() {
        List<String> arrows = new ArrayList<>();
        Matcher path = Pattern.compile("data-bytes=\"(\\d+)\"[^>]*><title>(.*?): [^:]*</title>")
                .matcher(html);
        while (path.find()) {
            arrows.add(text(path.group(2)) + ": " + path.group(1));
        }
        return arrows;
    }

    private static List<String> found(String pattern, String part) {
        List<String> found = new ArrayList<>();
        Matcher matcher = Pattern.compile(pattern, Pattern.DOTALL).matcher(part);
        while (matcher.find()) {
            found.add(text(matcher.group(1)));
        }
        return found;
    }

    private static String text(String markup) {
        return markup.replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&quot;", "\"")
                .replace("&amp;", "&");
    }
}
