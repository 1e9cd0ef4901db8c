/** AWS VPC Flow Logs and Transit Gateway Flow Logs as typed records. Requires only the JDK. */
module io.flowlog.parser {
    requires static org.jspecify;

    exports io.flowlog.parser;

    uses io.flowlog.parser.ParquetSupport;
}
