package dev.longtail.cli;

/** Stands in until the commands exist. */
public final class Main {

    private Main() {}

    public static void main(String[] arguments) {
        System.err.println("Usage: longtail COMMAND [OPTIONS]");
        System.exit(2);
    }
}
