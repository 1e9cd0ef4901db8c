package io.flowlog.query;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.flowlog.query.ReportData.Content;
import io.flowlog.query.ReportData.Panel;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Base64;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The report as one page that loads nothing. A policy in the page allows its own two scripts and its own style by their
 * hashes, and nothing else: a value from a log that looks like markup stays text, and could not run if it did not.
 */
final class ReportPage {
    private static final String UPLOT = "/META-INF/resources/webjars/uplot/1.6.30/";
    private static final String SANKEY = "/META-INF/resources/webjars/d3-sankey/0.12.3/";
    private static final double GB = 1e9;
    private static final int LONGEST_VALUE = 100;

    private final Content content;
    private final StringBuilder html = new StringBuilder(1 << 17);

    ReportPage(Content content) {
        this.content = content;
    }

    String html() throws IOException {
        String style = resource(UPLOT + "dist/uPlot.min.css") + resource("/report/report.css");
        String script = resource(UPLOT + "dist/uPlot.iife.min.js") + "\n" + resource("/report/d3.js")
                + resource(SANKEY + "dist/d3-sankey.min.js") + "\n" + resource("/report/report.js");
        html.append("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">")
                .append("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'sha256-")
                .append(sha256(style))
                .append("'; script-src 'sha256-")
                .append(sha256(script))
                .append("'; img-src data:; base-uri 'none'; form-action 'none'\">")
                .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">")
                .append("<title>Flow log report</title><style>")
                .append(style)
                .append("</style></head><body>\n");
        head();
        timeline();
        table(
                "talkers",
                "Top pairs",
                "Which addresses move the most bytes to which. Start here to find out what traffic is for.");
        conversations();
        bill();
        table(
                "rejected",
                "Rejected sources",
                "Who was turned away by a security group or a network ACL. Many ports on many hosts is a scanner.");
        table("ports", "Ports and protocols", "Which services carry the load, by the lower of the two ports.");
        table(
                "services",
                "AWS services and the way to them",
                "Path 7 is a gateway endpoint, which is free. S3 or DynamoDB by another path costs money.");
        table("unanswered", "Connections that nobody answers", "Hosts that are gone, and scans from inside.");
        table("gaps", "Gaps", "Interfaces for which AWS skipped records. Sums for them are too low.");
        html.append("<footer><details><summary>Licences of uPlot and d3-sankey, which are in this page</summary><pre>")
                .append(text(resource(UPLOT + "LICENSE")))
                .append("\n")
                .append(text(resource(SANKEY + "LICENSE")))
                .append("</pre></details></footer>\n<script type=\"application/json\" id=\"data\">")
                .append(data())
                .append("</script>\n<script>")
                .append(script)
                .append("</script></body></html>\n");
        return html.toString();
    }

    private void head() {
        Panel s = content.summary();
        html.append(
                        "<h1>Flow log report</h1><p>A flow log says which network addresses exchanged how many bytes, and whether")
                .append(" the network let them. ")
                .append(text(time(s.at(0, 1)) + " to " + time(s.at(0, 2)) + " UTC, "))
                .append(text(
                        content.inputs().size() == 1
                                ? content.inputs().get(0)
                                : content.inputs().size() + " files"))
                .append(text(", "
                        + content.formats().entrySet().stream()
                                .map(e -> e.getKey() + (e.getValue() == 1 ? "" : " in " + e.getValue() + " files"))
                                .collect(Collectors.joining(", "))))
                .append(".</p><div class=\"tiles\">");
        tile(Cells.of("flows", s.at(0, 0)), "records");
        tile(Cells.of("bytes", s.at(0, 3)), "of traffic as all interfaces saw it");
        tile(Cells.of("flows", s.at(0, 4)), "accepted flows");
        tile(Cells.of("flows", s.at(0, 5)), "rejected flows");
        tile(Cells.of("flows", s.at(0, 6)), "intervals without traffic");
        tile(Cells.of("flows", s.at(0, 7)), "intervals with skipped records");
        tile(String.format(Locale.ROOT, "%,d", content.malformed()), "malformed lines, skipped");
        html.append("</div>");
    }

    private void tile(String number, String what) {
        html.append("<div class=\"tile\"><b>")
                .append(text(number))
                .append("</b><span>")
                .append(text(what))
                .append("</span></div>");
    }

    private static String time(@Nullable Object seconds) {
        return seconds instanceof Number number
                ? Instant.ofEpochSecond(number.longValue())
                        .toString()
                        .replace('T', ' ')
                        .replace("Z", "")
                : "no time";
    }

    private void timeline() {
        long step = content.step();
        String every = step % 3600 == 0 ? step / 3600 + " h" : step % 60 == 0 ? step / 60 + " min" : step + " s";
        html.append("<section id=\"timeline\"><h2>Over time</h2><p class=\"legend\">In steps of ")
                .append(every)
                .append(
                        ", UTC <span><i class=\"acc\"></i>accepted</span> <span><i class=\"rej\"></i>rejected</span></p>")
                .append("<p>Bytes</p><div id=\"bytes\"></div><p>Flows</p><div id=\"flows\"></div></section>");
    }

    private void conversations() {
        html.append(
                        "<section><h2>Who talks to whom</h2><p>Accepted bytes from the left to the right: between the parts of your network,")
                .append(
                        " AWS services and the internet. A part is a subnet; if there is only one, an instance or an interface;")
                .append(" else an address. The smallest are together.</p><div id=\"sankey\">")
                .append(content.conversations().rows().isEmpty() ? "No traffic." : "This drawing needs JavaScript.")
                .append("</div></section>");
    }

    private void bill() {
        html.append("<section id=\"bill\"><h2>The bill</h2><p>At ")
                .append(text(String.format(
                        Locale.ROOT,
                        "$%s a GB through a NAT gateway and $%s a GB between zones (both directions)",
                        content.natPrice(),
                        content.zonePrice())))
                .append(
                        "; the defaults are list prices of us-east-1 (NAT gateway: on 2026-09-20; between zones: $0.01 in each direction, without a date). --nat-price and --zone-price set yours.</p><div class=\"tiles\">");
        cost("through NAT gateways", content.natBytes(), content.natPrice());
        cost("between zones", content.zoneBytes(), content.zonePrice());
        html.append("</div>");
        html.append("<h2 id=\"nat\">NAT gateway</h2>");
        rows("nat");
        html.append("<h2 id=\"zones\">Between zones</h2>");
        rows("zones");
        html.append("</section>");
    }

    private void cost(String what, double bytes, double price) {
        if (!Double.isNaN(bytes)) {
            tile(
                    String.format(Locale.ROOT, "$%,.4f", bytes / GB * price),
                    Cells.bytes(bytes) + " " + what + " in this time");
        }
    }

    private void table(String name, String title, String what) {
        html.append("<section id=\"")
                .append(name)
                .append("\" class=\"")
                .append(name)
                .append("\"><h2>")
                .append(text(title))
                .append("</h2><p>")
                .append(text(what))
                .append("</p>");
        rows(name);
        html.append("</section>");
    }

    private void rows(String name) {
        Panel panel = content.questions().get(name);
        if (panel == null || panel.missing() != null) {
            html.append("<p class=\"missing\">")
                    .append(text(panel == null ? "" : panel.missing() + " A flow log with that format would show it."))
                    .append("</p>");
            return;
        }
        if (panel.rows().isEmpty()) {
            html.append("<p>None.</p>");
            return;
        }
        int leading = panel.columns().contains("bytes")
                ? panel.columns().indexOf("bytes")
                : panel.columns().indexOf("flows");
        double largest = 0;
        for (int i = 0; i < panel.rows().size(); i++) {
            largest = Math.max(largest, panel.number(i, leading));
        }
        html.append("<div class=\"scroll\"><table><tr>");
        for (int c = 0; c < panel.columns().size(); c++) {
            html.append(isNumber(panel, c) ? "<th class=\"num\">" : "<th>")
                    .append(text(panel.columns().get(c).replace('_', ' ')))
                    .append("</th>");
            html.append(c == leading ? "<th class=\"bar\"></th>" : "");
        }
        html.append("</tr>\n");
        for (int r = 0; r < panel.rows().size(); r++) {
            html.append("<tr>");
            for (int c = 0; c < panel.columns().size(); c++) {
                html.append(isNumber(panel, c) ? "<td class=\"num\">" : "<td>")
                        .append(text(clipped(Cells.of(panel.columns().get(c), panel.at(r, c)))))
                        .append("</td>");
                if (c == leading) {
                    html.append(
                                    "<td class=\"bar\"><svg class=\"bar\" viewBox=\"0 0 100 1\" preserveAspectRatio=\"none\"><rect width=\"")
                            .append(String.format(
                                    Locale.ROOT, "%.1f", largest == 0 ? 0 : 100 * panel.number(r, c) / largest))
                            .append("\" height=\"1\"/></svg></td>");
                }
            }
            html.append("</tr>\n");
        }
        html.append("</table></div>");
    }

    private static boolean isNumber(Panel panel, int column) {
        return panel.at(0, column) instanceof Number
                && !Cells.isShownByName(panel.columns().get(column));
    }

    private String data() throws IOException {
        StringWriter out = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(out)) {
            json.writeStartObject();
            String[] names = {"t", "accepted", "rejected", "flows", "rejects"};
            for (int c = 0; c < names.length; c++) {
                json.writeArrayFieldStart(names[c]);
                for (int r = 0; r < content.timeline().rows().size(); r++) {
                    json.writeNumber(content.timeline().number(r, c));
                }
                json.writeEndArray();
            }
            json.writeArrayFieldStart("links");
            for (int r = 0; r < content.conversations().rows().size(); r++) {
                json.writeStartArray();
                json.writeString(clipped(String.valueOf(content.conversations().at(r, 0))));
                json.writeString(clipped(String.valueOf(content.conversations().at(r, 1))));
                json.writeNumber(content.conversations().number(r, 2));
                json.writeEndArray();
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        // No value can end the script element.
        return out.toString().replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026");
    }

    /** Values can have any length, but the size of a page is limited. */
    private static String clipped(String value) {
        return value.length() <= LONGEST_VALUE
                ? value
                : value.substring(0, value.offsetByCodePoints(0, value.codePointCount(0, LONGEST_VALUE - 1))) + "…";
    }

    private static String text(String value) {
        return value.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    private static String sha256(String content) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = ReportPage.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is not in the program");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("\r\n", "\n");
        }
    }
}
