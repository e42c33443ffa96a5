package dev.longtail.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Writes what a distribution has beside the program: a manual page for each command, and the script for completion. The
 * build starts it; the same version writes the same bytes.
 */
public final class Manuals {

    private Manuals() {}

    /** Writes man/man1 and completion below a folder. @param arguments the folder */
    public static void main(String[] arguments) throws IOException {
        if (arguments.length != 1) {
            throw new IllegalArgumentException("expected one argument, the folder to write to");
        }
        CommandLine root = Main.commands();
        Path folder = Path.of(arguments[0]);
        Path pages = Files.createDirectories(folder.resolve("man").resolve("man1"));
        for (Map.Entry<String, String> page : pages(root).entrySet()) {
            Files.writeString(pages.resolve(page.getKey()), page.getValue(), StandardCharsets.UTF_8);
        }
        Path completion = Files.createDirectories(folder.resolve("completion"));
        Files.writeString(completion.resolve("longtail.bash"), CompletionCommand.script(root), StandardCharsets.UTF_8);
    }

    /** Pages by the names of their files. */
    static Map<String, String> pages(CommandLine root) {
        Map<String, String> pages = new TreeMap<>();
        pages.put(file(root.getCommandSpec()), ManPage.of(root.getCommandSpec(), Version.text()));
        for (CommandLine command : root.getSubcommands().values()) {
            CommandSpec spec = command.getCommandSpec();
            pages.put(file(spec), ManPage.of(spec, Version.text()));
        }
        return pages;
    }

    private static String file(CommandSpec command) {
        return ManPage.name(command) + ".1";
    }
}
