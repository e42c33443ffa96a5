package dev.longtail.cli;

import dev.longtail.data.LineReader;
import dev.longtail.living.EditList;
import dev.longtail.living.LabelEdit;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Commands that change one label each. */
final class LabelChangeCommands {

    private LabelChangeCommands() {}

    /** A command that makes one change. */
    private abstract static class One implements Callable<Integer> {

        private final Console console;

        @Mixin
        private final LabelChange change = new LabelChange();

        @Option(names = "--id", required = true, paramLabel = "ID", description = "Id of the label.")
        private String id;

        One(Console console) {
            this.console = console;
        }

        String id() {
            return id;
        }

        abstract LabelEdit edit() throws IOException;

        @Override
        public Integer call() throws Exception {
            LabelEdit edit;
            try {
                edit = edit();
            } catch (IllegalArgumentException e) {
                throw new UsageException(String.valueOf(e.getMessage()), e);
            }
            return change.make(console, model -> EditList.of("--id", List.of(edit)));
        }
    }

    @Command(
            name = "add",
            description = "Adds a label, which learns from its name and from examples.",
            footer = {
                "",
                "Five examples are often enough for a label to be found again. The id of a label that was retired is",
                "refused; --revive lets it start anew.",
                "",
                "Examples:",
                "  longtail labels add --model my-model --id http://example.org/9 --name 'night trains' \\",
                "      --example 'By sleeper to the north' --example 'Timetables of the night express'",
                "  longtail labels add --model my-model --id http://example.org/9 --name 'night trains' \\",
                "      --examples titles.txt",
            })
    static final class Add extends One {

        @Option(names = "--name", paramLabel = "NAME", description = "Name of the label. Default: none.")
        private String name = "";

        @Option(
                names = "--example",
                paramLabel = "TEXT",
                description = "A text that carries the label; may be given more than once.")
        private List<String> examples = List.of();

        @Option(
                names = "--examples",
                paramLabel = "F",
                description = "File with such texts, one a line, plain or gzip.")
        private @Nullable Path file;

        @Option(names = "--revive", description = "Allow the id of a label that was retired.")
        private boolean revive;

        Add(Console console) {
            super(console);
        }

        @Override
        LabelEdit edit() throws IOException {
            List<String> texts = new ArrayList<>(examples);
            if (file != null) {
                try (LineReader lines = LineReader.open(file)) {
                    @Nullable String line;
                    while ((line = lines.next()) != null) {
                        if (!line.isBlank()) {
                            texts.add(line);
                        }
                    }
                }
            }
            return new LabelEdit.Add(id(), name, texts, revive);
        }
    }

    @Command(
            name = "rename",
            description = "Gives a label another name; what it has learned stays.",
            footer = {
                "",
                "Example:",
                "  longtail labels rename --model my-model --id http://example.org/9 --name 'sleeper trains'",
            })
    static final class Rename extends One {

        @Option(names = "--name", required = true, paramLabel = "NAME", description = "The new name.")
        private String name;

        Rename(Console console) {
            super(console);
        }

        @Override
        LabelEdit edit() {
            return new LabelEdit.Rename(id(), name);
        }
    }

    @Command(
            name = "merge",
            description = "Retires a label whose examples count for another one from now on.",
            footer = {
                "",
                "Example:",
                "  longtail labels merge --model my-model --id http://example.org/9 --into http://example.org/4",
            })
    static final class Merge extends One {

        @Option(names = "--into", required = true, paramLabel = "ID", description = "Id of the other label.")
        private String into;

        Merge(Console console) {
            super(console);
        }

        @Override
        LabelEdit edit() {
            return new LabelEdit.Merge(id(), into);
        }
    }

    @Command(
            name = "retire",
            description = "Takes a label out of the model; it is never suggested again, and its id is remembered.",
            footer = {
                "",
                "Example:",
                "  longtail labels retire --model my-model --id http://example.org/9",
            })
    static final class Retire extends One {

        Retire(Console console) {
            super(console);
        }

        @Override
        LabelEdit edit() {
            return new LabelEdit.Retire(id());
        }
    }
}
