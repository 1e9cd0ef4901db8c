package io.flowlog.cli.shared;

import picocli.CommandLine.IVersionProvider;

/** The version that the build wrote into the jar, the commit that the script passes on, and the Java that runs it. */
public final class ProgramVersion implements IVersionProvider {
    @Override
    public String[] getVersion() {
        String version = ProgramVersion.class.getPackage().getImplementationVersion();
        String commit = System.getProperty("flowlog.commit", "");
        return new String[] {
            "flowlog " + (version == null ? "(not packaged)" : version)
                    + (commit.isEmpty() ? "" : ", commit " + commit)
                    + ", Java " + Runtime.version()
        };
    }
}
