/** AWS VPC Flow Logs and Transit Gateway Flow Logs as typed records; needs nothing but the JDK. */
module io.flowlog.parser {
    requires static org.jspecify;

    exports io.flowlog.parser;
}
