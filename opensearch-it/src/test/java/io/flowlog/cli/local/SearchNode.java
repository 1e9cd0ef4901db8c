package io.flowlog.cli.local;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.codelibs.opensearch.runner.OpenSearchRunner;
import org.opensearch.http.HttpServerTransport;

/** A node of OpenSearch in this process, used through its HTTP interface only. */
final class SearchNode implements AutoCloseable {
    private static final JsonFactory JSON = new JsonFactory();
    private static final int PAGE = 5000;

    private final OpenSearchRunner runner = new OpenSearchRunner();
    private final HttpClient http = HttpClient.newHttpClient();
    private final URI uri;

    SearchNode(Path folder) {
        runner.onBuild((number, settings) -> {
                    settings.put("discovery.type", "single-node");
                    settings.put("network.host", "127.0.0.1");
                    settings.put("http.port", "0");
                    // The shared machine of a build can have a full disk; a few megabytes are enough here.
                    settings.put("cluster.routing.allocation.disk.threshold_enabled", false);
                })
                .build(OpenSearchRunner.newConfigs()
                        .basePath(folder.toString())
                        .clusterName("flowlog")
                        .numOfNode(1)
                        .useLogger()
                        .disableESLogger());
        var address =
                runner.node().injector().getInstance(HttpServerTransport.class).boundAddress();
        uri = URI.create("http://127.0.0.1:" + address.publishAddress().getPort());
    }

    URI uri() {
        return uri;
    }

    /** Sends JSON, and returns the answer, which must be a success. */
    String send(String method, String path, String json) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(uri.resolve(path))
                .header("Content-Type", path.contains("_bulk") ? "application/x-ndjson" : "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(json))
                .build();
        HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() / 100 != 2) {
            throw new IOException(method + " " + path + ": " + answer.statusCode() + " " + answer.body());
        }
        return answer.body();
    }

    /**
     * The documents of an index by their ids.
     *
     * @return for each id the values of these fields, with spaces between them
     */
    Map<String, String> documents(String index, String... fields) throws IOException, InterruptedException {
        send("POST", "/" + index + "/_refresh", "");
        Map<String, String> found = new HashMap<>();
        String page = send("POST", "/" + index + "/_search?scroll=5m", "{\"size\":" + PAGE + "}");
        while (true) {
            int before = found.size();
            String scroll = read(page, found, fields);
            if (found.size() == before) {
                return found;
            }
            page = send("POST", "/_search/scroll", "{\"scroll\":\"5m\",\"scroll_id\":\"" + scroll + "\"}");
        }
    }

    /** How many documents an index has, as it says itself. */
    String count(String index) throws IOException, InterruptedException {
        send("POST", "/" + index + "/_refresh", "");
        return send("GET", "/" + index + "/_count?filter_path=count", "");
    }

    private static String read(String page, Map<String, String> found, String[] fields) throws IOException {
        String scroll = "";
        try (JsonParser json = JSON.createParser(page)) {
            String id = "";
            while (json.nextToken() != null) {
                if (json.currentToken() != JsonToken.FIELD_NAME) {
                    continue;
                }
                switch (json.currentName()) {
                    case "_scroll_id" -> scroll = json.nextTextValue();
                    case "_id" -> id = json.nextTextValue();
                    case "_source" -> {
                        if (found.put(id, source(json, fields)) != null) {
                            throw new IOException("the index has " + id + " twice");
                        }
                    }
                    default -> {}
                }
            }
        }
        return scroll;
    }

    private static String source(JsonParser json, String[] fields) throws IOException {
        Map<String, String> values = new HashMap<>();
        json.nextToken();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            json.nextToken();
            values.put(name, json.getText());
        }
        StringBuilder text = new StringBuilder();
        for (String field : fields) {
            text.append(text.isEmpty() ? "" : " ").append(values.get(field));
        }
        return text.toString();
    }

    @Override
    public void close() throws IOException {
        runner.close();
        runner.clean();
    }
}
