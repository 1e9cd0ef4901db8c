module io.flowlog.blackbox {
    requires io.flowlog.parser;
}
