package io.flowlog.lambda;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Events of CloudWatch Logs and of Kinesis in the shapes of AWS's documentation. */
final class LogEvents {
    /** The sample event of the Lambda console; its two messages are no flow logs. */
    static final String SAMPLE = """
            {"awslogs":{"data":"H4sIAAAAAAAAAHWPwQqCQBCGX0Xm7EFtK+smZBEUgXoLCdMhFtKV3akI8d0bLYmibvPPN3wz00CJxmQnTO41whwWQRIctmEcB6sQbFC3\
            CjW3XW8kxpOpP+OC22d1Wml1qZkQGtoMsScxaczKN3plG8zlaHIta5KqWsozoTYw3/djzwhpLwivWFGHGpAFe7DL68JlBUk+l7KSN7tCOEJ4M3/qOI49\
            vMHj+zCKdlFqLaU2ZHV2a4Ct/an0/ivdX8oYc1UVX860fQDQiMdxRQEAAA=="}}""";

    static final String CONTROL = """
            {"messageType":"CONTROL_MESSAGE","owner":"CloudwatchLogs","logGroup":"","logStream":"","subscriptionFilters":[],\
            "logEvents":[{"id":"","timestamp":1510254469274,"message":"CWL CONTROL MESSAGE: Checking health of destination Kinesis stream"}]}""";

    /** A line of the default format; the port tells lines apart. */
    static String line(int port) {
        return "2 123456789012 eni-01ab234c5de6f78g9 10.0.0.4 10.0.0.5 " + port
                + " 33298 17 1 76 1640995465 1640995493 ACCEPT OK";
    }

    /** The id of the log event with this port, as long as those of AWS. */
    static String id(int port) {
        return "3462231609969788470654097606882285901266114164389254" + (1000 + port);
    }

    /** A document with the lines of these ports. */
    static String json(int... ports) {
        List<String> events = new ArrayList<>();
        for (int port : ports) {
            events.add(event(id(port), line(port)));
        }
        return json(events);
    }

    static String event(String id, String message) {
        return "{\"id\":\"" + id + "\",\"timestamp\":1552518348220,\"message\":" + Events.quoted(message) + "}";
    }

    static String json(List<String> events) {
        return """
            {"messageType":"DATA_MESSAGE","owner":"123456789012","logGroup":"/vpc/flow-logs","logStream":"eni-01ab234c5de6f78g9-all",\
            "subscriptionFilters":["flowlog"],"logEvents":[%s]}""".formatted(String.join(",", events));
    }

    /** Where the lines of {@link #json} come from, as it is hashed into ids. */
    static final String STREAM = "123456789012\0/vpc/flow-logs\0eni-01ab234c5de6f78g9-all";

    static String data(String json) {
        return base64(LambdaUnderTest.gzip(json));
    }

    static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    static String base64(String text) {
        return base64(text.getBytes(StandardCharsets.UTF_8));
    }

    static String awslogs(String json) {
        return awslogsOf(data(json));
    }

    static String awslogsOf(String data) {
        return "{\"awslogs\":{\"data\":\"" + data + "\"}}";
    }

    /** A Kinesis event with records of this data, whose sequence numbers are s0, s1 and so on. */
    static String kinesis(String... data) {
        List<String> records = new ArrayList<>();
        for (String each : data) {
            records.add("""
                {"kinesis":{"kinesisSchemaVersion":"1.0","partitionKey":"1","sequenceNumber":"s%d","data":"%s",\
                "approximateArrivalTimestamp":1545084650.987},"eventSource":"aws:kinesis","eventVersion":"1.0",\
                "eventID":"shardId-000000000006:s%d","eventName":"aws:kinesis:record",\
                "invokeIdentityArn":"arn:aws:iam::123456789012:role/lambda-role","awsRegion":"us-east-2",\
                "eventSourceARN":"arn:aws:kinesis:us-east-2:123456789012:stream/lambda-stream"}""".formatted(records.size(), each, records.size()));
        }
        return "{\"Records\":[" + String.join(",", records) + "]}";
    }

    private LogEvents() {}
}
