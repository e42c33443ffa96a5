package dev.longtail.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Programs of the system that a test runs where they are. */
final class Programs {

    private Programs() {}

    /** Whether the shell would find a program. */
    static boolean isHere(String name) {
        String[] folders = System.getenv().getOrDefault("PATH", "").split(":");
        return Arrays.stream(folders).anyMatch(folder -> Files.isExecutable(Path.of(folder, name)));
    }
}
