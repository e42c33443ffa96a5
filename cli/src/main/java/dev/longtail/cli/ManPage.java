package dev.longtail.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** The manual page of a command, in the macros of man(7), from what its help is made of. */
final class ManPage {

    // What help says of the machine that it runs on.
    private static final String OF_THIS_MACHINE = " \\(here [0-9]+\\)";

    private final CommandSpec command;
    private final String version;
    private final StringBuilder page = new StringBuilder();

    private ManPage(CommandSpec command, String version) {
        this.command = command;
        this.version = version;
    }

    /** Name of the page of a command, such as longtail-train. */
    static String name(CommandSpec command) {
        return command.qualifiedName("-");
    }

    /** The page of a command. @param version of the program */
    static String of(CommandSpec command, String version) {
        return new ManPage(command, version).written();
    }

    private String written() {
        String name = name(command);
        page.append(".TH ").append(quoted(name.toUpperCase(Locale.ROOT))).append(" 1 \"\" ");
        page.append(quoted("longtail " + version)).append(" \"Longtail\"\n");
        section("NAME");
        String description = text(command.usageMessage().description());
        line(name + " - " + description);
        section("SYNOPSIS");
        synopsis();
        section("DESCRIPTION");
        line(description);
        commands();
        options();
        footer();
        seeAlso();
        return page.toString();
    }

    private void synopsis() {
        page.append(".B ").append(escaped(command.qualifiedName())).append('\n');
        List<String> rest = new ArrayList<>();
        for (OptionSpec option : command.options()) {
            if (!option.hidden()) {
                String usage = option.longestName() + (value(option).isEmpty() ? "" : " " + value(option));
                rest.add(option.required() ? usage : "[" + usage + "]");
            }
        }
        for (PositionalParamSpec parameter : command.positionalParameters()) {
            rest.add(parameter.arity().min() > 0 ? parameter.paramLabel() : "[" + parameter.paramLabel() + "]");
        }
        if (!command.subcommands().isEmpty()) {
            rest.add("COMMAND");
        }
        rest.forEach(this::line);
    }

    private void commands() {
        if (command.subcommands().isEmpty()) {
            return;
        }
        section("COMMANDS");
        for (Map.Entry<String, CommandLine> sub : command.subcommands().entrySet()) {
            entry(
                    sub.getKey(),
                    text(sub.getValue().getCommandSpec().usageMessage().description()));
        }
    }

    private void options() {
        section("OPTIONS");
        for (PositionalParamSpec parameter : command.positionalParameters()) {
            entry(parameter.paramLabel(), text(parameter.description()));
        }
        for (OptionSpec option : command.options()) {
            if (!option.hidden()) {
                String names = String.join(", ", option.names());
                entry(names + (value(option).isEmpty() ? "" : " " + value(option)), text(option.description()));
            }
        }
    }

    /** Examples and what else stands at the end of help; its lines are set as they are. */
    private void footer() {
        String[] footer = command.usageMessage().footer();
        boolean verbatim = false;
        if (footer.length > 0) {
            section("NOTES");
        }
        for (String raw : footer) {
            String line = raw.replace("%%", "%");
            if (line.startsWith("Example")) {
                page.append(verbatim ? ".fi\n" : "");
                section("EXAMPLES");
                page.append(".nf\n");
                verbatim = true;
            } else if (line.isEmpty()) {
                page.append(page.toString().endsWith(".SH NOTES\n") ? "" : ".PP\n");
            } else if (verbatim) {
                line(line);
            } else {
                page.append(".nf\n");
                line(line);
                verbatim = true;
            }
        }
        page.append(verbatim ? ".fi\n" : "");
        int empty = page.indexOf(".SH NOTES\n.SH");
        if (empty >= 0) {
            page.delete(empty, empty + ".SH NOTES\n".length());
        }
    }

    private void seeAlso() {
        section("SEE ALSO");
        CommandSpec root = command.root();
        Stream<CommandSpec> others = command == root
                ? root.subcommands().values().stream().map(CommandLine::getCommandSpec)
                : Stream.of(root);
        List<String> names = others.map(other -> name(other) + "(1)").toList();
        line(String.join(", ", names));
    }

    private static String value(OptionSpec option) {
        if (option.arity().max() == 0) {
            return "";
        }
        String label = option.paramLabel() + (option.arity().max() > 1 ? "..." : "");
        return option.arity().min() == 0 ? "[" + label + "]" : label;
    }

    private void section(String title) {
        page.append(".SH ").append(title).append('\n');
    }

    private void entry(String term, String text) {
        page.append(".TP\n.B ").append(escaped(term)).append('\n');
        line(text.isEmpty() ? " " : text);
    }

    /** A line of text, of which the first character is no request. */
    private void line(String text) {
        String escaped = escaped(text);
        page.append(escaped.startsWith(".") || escaped.startsWith("'") ? "\\&" : "");
        page.append(escaped).append('\n');
    }

    private static String text(String[] lines) {
        return String.join(" ", lines)
                .replace("%%", "%")
                .replaceAll(OF_THIS_MACHINE, "")
                .replace("%n", " ");
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\e").replace("-", "\\-");
    }

    private static String quoted(String text) {
        return '"' + text.replace("\"", "\\(dq") + '"';
    }
}
