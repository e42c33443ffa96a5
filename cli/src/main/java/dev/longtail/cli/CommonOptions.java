package dev.longtail.cli;

import picocli.CommandLine.Option;

/** Options that every command has; each command has its own of them. */
final class CommonOptions {

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    @SuppressWarnings("UnusedVariable") // picocli reads it
    private boolean help;

    @Option(names = "--debug", description = "Show where an error came from; LONGTAIL_DEBUG=1 does the same.")
    private boolean debug;

    /** Whether errors come with their stack traces. */
    boolean debug() {
        String variable = System.getenv("LONGTAIL_DEBUG");
        return debug || (variable != null && !variable.isEmpty() && !variable.equals("0"));
    }
}
