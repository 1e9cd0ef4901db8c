/** Flow-log objects in S3 as streams that a parser can trust. */
// The name is the package's, and the AWS SDK's jars are automatic modules: both are meant.
@SuppressWarnings({"module", "requires-transitive-automatic"})
module io.flowlog.s3 {
    requires static org.jspecify;
    requires org.slf4j;
    requires transitive software.amazon.awssdk.services.s3;
    requires software.amazon.awssdk.awscore;
    requires software.amazon.awssdk.core;

    exports io.flowlog.s3;
}
