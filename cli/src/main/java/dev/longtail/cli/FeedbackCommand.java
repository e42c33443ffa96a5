package dev.longtail.cli;

import dev.longtail.config.InputException;
import dev.longtail.data.LineReader;
import dev.longtail.living.Feedback;
import dev.longtail.living.FeedbackLine;
import dev.longtail.living.LivingModel;
import dev.longtail.parallel.Workers;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

@Command(
        name = "feedback",
        description = "Lets a model learn from suggestions that somebody has accepted or rejected.",
        footer = {
            "",
            "Only the labels that are named change. Feedback is kept in a journal beside the model, MODEL.feedback,",
            "and counts from then on in predict, explain, evaluate, report and serve. Each gets a number, by which it",
            "can be undone: the model then has the bits that it would have without. --fold writes the model folder",
            "anew with all feedback in it, which can then no longer be undone; so does every change of labels.",
            "",
            "Examples:",
            "  longtail feedback --model my-model --text 'Birds of the northern forests' \\",
            "      --accept http://www.yso.fi/onto/yso/p5454 --reject http://www.yso.fi/onto/yso/p1234",
            "  longtail feedback --model my-model --file judged.jsonl",
            "  longtail feedback --model my-model --list",
            "  longtail feedback --model my-model --undo-last 2",
            "",
            "A file has one JSON object a line: {\"text\": \"...\", \"accepted\": [\"id\"], \"rejected\": [\"id\"]}",
        })
final class FeedbackCommand implements Callable<Integer> {

    private final Console console;

    @Mixin
    private final RunOptions.Model model = new RunOptions.Model();

    @Option(names = "--text", paramLabel = "TEXT", description = "The text that labels were suggested for.")
    private @Nullable String text;

    @Option(
            names = "--accept",
            arity = "1..*",
            paramLabel = "ID",
            description = "Labels that the text carries, suggested or not.")
    private List<String> accepted = List.of();

    @Option(names = "--reject", arity = "1..*", paramLabel = "ID", description = "Labels that were wrong.")
    private List<String> rejected = List.of();

    @Option(names = "--file", paramLabel = "F", description = "File of feedback, plain or gzip.")
    private @Nullable Path file;

    @Option(names = "--undo", arity = "1..*", paramLabel = "N", description = "Take back feedback by its numbers.")
    private List<Long> undo = List.of();

    @Option(names = "--undo-last", paramLabel = "N", description = "Take back the last N.")
    private @Nullable Integer undoLast;

    @Option(names = "--list", description = "List the feedback that counts and can be undone.")
    private boolean list;

    @Option(names = "--fold", description = "Write the model folder with all feedback in it.")
    private boolean fold;

    @Mixin
    private final RunOptions.Threads threads = new RunOptions.Threads();

    @Option(names = "--json", description = "Write JSON objects instead of sentences.")
    private boolean json;

    FeedbackCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws Exception {
        long asked = Stream.of(text != null, file != null, !undo.isEmpty(), undoLast != null, list, fold)
                .filter(given -> given)
                .count();
        if (asked != 1) {
            throw new UsageException("give one of --text, --file, --undo, --undo-last, --list and --fold");
        }
        if (text == null && (!accepted.isEmpty() || !rejected.isEmpty())) {
            throw new UsageException("--accept and --reject go with --text");
        }
        List<Feedback> given = given();
        int count = threads.count();
        return Interruption.guard(console, () -> "what has a number is on the disk", () -> {
            try (Workers workers = new Workers(count)) {
                run(LivingModel.open(model.path(), workers), given);
            } catch (IllegalArgumentException e) {
                throw new InputException(model.path().toString(), 0, String.valueOf(e.getMessage()), e);
            }
            console.flush();
            return Failures.DONE;
        });
    }

    private List<Feedback> given() throws IOException {
        List<Feedback> given = new ArrayList<>();
        if (text != null) {
            try {
                given.add(new Feedback(text, accepted, rejected));
            } catch (IllegalArgumentException e) {
                throw new UsageException(String.valueOf(e.getMessage()), e);
            }
        }
        if (file != null) {
            try (LineReader lines = LineReader.open(file)) {
                @Nullable String line;
                while ((line = lines.next()) != null) {
                    if (!line.isBlank()) {
                        given.add(parse(line, lines));
                    }
                }
            }
            if (given.isEmpty()) {
                throw new InputException(file.toString(), 0, "holds no feedback");
            }
        }
        return given;
    }

    private static Feedback parse(String line, LineReader lines) {
        try {
            return FeedbackLine.parse(line);
        } catch (IllegalArgumentException e) {
            throw lines.wrong(String.valueOf(e.getMessage()));
        }
    }

    private void run(LivingModel living, List<Feedback> given) throws IOException {
        if (list) {
            living.feedback().forEach(this::show);
        } else if (fold) {
            int folded = living.fold();
            tell(living.sequence(), "The folder has " + Texts.count(folded) + " more in it.");
        } else if (undoLast != null) {
            tell(living.undoLast(undoLast), "Undone.");
        } else if (!undo.isEmpty()) {
            tell(living.undo(undo), "Undone.");
        } else {
            long last = living.give(given);
            tell(last, "Learned from " + Texts.count(given.size()) + ", the last has the number " + last + ".");
        }
    }

    private void tell(long sequence, String sentence) {
        console.out()
                .println(json ? Json.line(Json.object().put("sequence", sequence)) : model.path() + ": " + sentence);
    }

    private void show(LivingModel.Numbered numbered) {
        Feedback feedback = numbered.feedback();
        if (!json) {
            console.out()
                    .println(numbered.sequence() + "\t" + feedback.text().replaceAll("[\\t\\n\\r]", " ") + "\t"
                            + String.join(" ", feedback.accepted()) + "\t" + String.join(" ", feedback.rejected()));
            return;
        }
        ObjectNode object = Json.object();
        object.put("sequence", numbered.sequence());
        object.put("text", feedback.text());
        put(object.putArray("accepted"), feedback.accepted());
        put(object.putArray("rejected"), feedback.rejected());
        console.out().println(Json.line(object));
    }

    private static void put(ArrayNode array, List<String> ids) {
        ids.forEach(array::add);
    }
}
