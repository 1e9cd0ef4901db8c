/** Opens and lists flow logs in Amazon S3. */
// The module has the name of its package, and the jars of the AWS SDK are automatic modules.
@SuppressWarnings({"module", "requires-transitive-automatic"})
module io.flowlog.s3 {
    requires static org.jspecify;
    requires org.slf4j;
    requires transitive io.flowlog.parser;
    requires transitive software.amazon.awssdk.services.s3;
    requires software.amazon.awssdk.awscore;
    requires software.amazon.awssdk.core;

    exports io.flowlog.s3;
}
