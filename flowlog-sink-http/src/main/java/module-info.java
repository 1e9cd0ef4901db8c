/** Flow log records to JSON lines in compressed batches over HTTP, at least once. */
module io.flowlog.sink.http {
    requires transitive io.flowlog.parser;
    requires transitive java.net.http;
    requires com.fasterxml.jackson.core;
    requires org.slf4j;
    requires static com.github.luben.zstd_jni;
    requires static org.jspecify;

    exports io.flowlog.sink.http;
}
