package io.flowlog.cli.local;

import com.amazonaws.services.lambda.runtime.ClientContext;
import com.amazonaws.services.lambda.runtime.CognitoIdentity;
import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.LambdaLogger;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Runs a Lambda handler against the Runtime API in plain Java. It replaces AWS's runtime interface client in the child JVM
 * on systems for which that client has no native library.
 */
final class PlainRuntimeClient {
    private final HttpClient http = HttpClient.newHttpClient();
    private final String api;

    private PlainRuntimeClient(String api) {
        this.api = "http://" + api + "/2018-06-01/runtime/";
    }

    public static void main(String[] args) throws Exception {
        PlainRuntimeClient client = new PlainRuntimeClient(System.getenv("AWS_LAMBDA_RUNTIME_API"));
        RequestStreamHandler handler;
        try {
            String className = args[0].substring(0, args[0].indexOf("::"));
            handler = (RequestStreamHandler)
                    Class.forName(className).getDeclaredConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            client.post("init/error", error(e.getCause() == null ? e : e.getCause()));
            throw e;
        }
        while (true) {
            client.serve(handler);
        }
    }

    private void serve(RequestStreamHandler handler) throws IOException, InterruptedException {
        HttpResponse<byte[]> event = http.send(
                HttpRequest.newBuilder(URI.create(api + "invocation/next")).build(),
                HttpResponse.BodyHandlers.ofByteArray());
        String id = event.headers().firstValue("Lambda-Runtime-Aws-Request-Id").orElseThrow();
        long deadline =
                event.headers().firstValueAsLong("Lambda-Runtime-Deadline-Ms").orElseThrow();
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        try {
            handler.handleRequest(new ByteArrayInputStream(event.body()), answer, new PlainContext(id, deadline));
        } catch (IOException | RuntimeException e) {
            post("invocation/" + id + "/error", error(e));
            return;
        }
        post("invocation/" + id + "/response", answer.toByteArray());
    }

    private void post(String path, byte[] body) throws IOException, InterruptedException {
        http.send(
                HttpRequest.newBuilder(URI.create(api + path))
                        .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                        .build(),
                HttpResponse.BodyHandlers.discarding());
    }

    private static byte[] error(Throwable e) {
        String json = "{\"errorType\":\"" + e.getClass().getName() + "\",\"errorMessage\":\""
                + new String(JsonStringEncoder.getInstance().quoteAsString(String.valueOf(e.getMessage()))) + "\"}";
        return json.getBytes(StandardCharsets.UTF_8);
    }

    private record PlainContext(String id, long deadlineMillis) implements Context {
        @Override
        public String getAwsRequestId() {
            return id;
        }

        @Override
        public String getLogGroupName() {
            return System.getenv("AWS_LAMBDA_LOG_GROUP_NAME");
        }

        @Override
        public String getLogStreamName() {
            return System.getenv("AWS_LAMBDA_LOG_STREAM_NAME");
        }

        @Override
        public String getFunctionName() {
            return System.getenv("AWS_LAMBDA_FUNCTION_NAME");
        }

        @Override
        public String getFunctionVersion() {
            return System.getenv("AWS_LAMBDA_FUNCTION_VERSION");
        }

        @Override
        public String getInvokedFunctionArn() {
            return RuntimeApiServer.FUNCTION_ARN;
        }

        @Override
        public @Nullable CognitoIdentity getIdentity() {
            return null;
        }

        @Override
        public @Nullable ClientContext getClientContext() {
            return null;
        }

        @Override
        public int getRemainingTimeInMillis() {
            return (int) Math.min(Integer.MAX_VALUE, deadlineMillis - System.currentTimeMillis());
        }

        @Override
        public int getMemoryLimitInMB() {
            return Integer.parseInt(System.getenv("AWS_LAMBDA_FUNCTION_MEMORY_SIZE"));
        }

        @Override
        public LambdaLogger getLogger() {
            return new LambdaLogger() {
                @Override
                public void log(String message) {
                    System.out.println(message);
                }

                @Override
                public void log(byte[] message) {
                    System.out.write(message, 0, message.length);
                    System.out.flush();
                }
            };
        }
    }
}
