package dev.longtail.cli;

import dev.longtail.data.DataFormat;
import dev.longtail.data.LabelNames;
import dev.longtail.living.EditList;
import dev.longtail.living.LivingModel;
import dev.longtail.living.VocabularyDifference;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "apply",
        description = "Makes many changes of labels at once: those of a list, or those between two editions of a"
                + " vocabulary.",
        footer = {
            "",
            "A list has one JSON object a line:",
            "  {\"add\": \"id\", \"name\": \"...\", \"examples\": [\"...\", \"...\"], \"revive\": true}",
            "  {\"rename\": \"id\", \"name\": \"...\"}",
            "  {\"retire\": \"id\"}",
            "  {\"merge\": \"id\", \"into\": \"id\"}",
            "They are made in their order, all or none. Of two editions, labels that only the old one has are retired,",
            "those that only the new one has are added, with their names as what they learn from, and those with",
            "another name are renamed. Labels of the old edition that the model never learned are left alone.",
            "",
            "Examples:",
            "  longtail labels apply --model my-model --edits changes.jsonl",
            "  longtail labels apply --model my-model --before labels-2025.tsv.gz --after labels-2026.tsv.gz",
            "  longtail labels apply --model my-model --before old.ttl.gz --after new.ttl.gz --label-language en",
        })
final class LabelsApplyCommand implements Callable<Integer> {

    private final Console console;

    @Mixin
    private final LabelChange change = new LabelChange();

    @Option(names = "--edits", paramLabel = "F", description = "List of changes, plain or gzip.")
    private @Nullable Path edits;

    @Option(
            names = "--before",
            paramLabel = "F",
            description = "The old edition: lines of identifier, tab, name; or SKOS in .ttl, .rdf or .xml, plain or"
                    + " .gz.")
    private @Nullable Path before;

    @Option(names = "--after", paramLabel = "F", description = "The new edition, in one of the same formats.")
    private @Nullable Path after;

    @Option(
            names = "--label-language",
            paramLabel = "LANG",
            description = "For names in SKOS: language of the names, and behind commas those to fall back to, as in"
                    + " en,sv,fi. Default: the only one there is.")
    private @Nullable String language;

    LabelsApplyCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws Exception {
        if (edits != null && before == null && after == null) {
            if (language != null) {
                throw new UsageException("--label-language has no effect on --edits; leave it out");
            }
            EditList list = EditList.read(edits);
            return change.make(console, model -> list);
        }
        if (edits != null || before == null || after == null) {
            throw new UsageException("give --edits F, or --before F and --after F");
        }
        if (language != null && !LabelNameOptions.isSkos(before) && !LabelNameOptions.isSkos(after)) {
            throw new UsageException("--label-language has no effect without names in SKOS, see --before and --after");
        }
        LabelNames old = names(before);
        LabelNames fresh = names(after);
        String source = after.toString();
        return change.make(console, model -> difference(old, fresh, model, source));
    }

    private LabelNames names(Path file) throws IOException {
        return LabelNameOptions.reader(console, file, language).read(file, DataFormat.ANNIF);
    }

    private EditList difference(LabelNames old, LabelNames fresh, LivingModel model, String source) {
        VocabularyDifference difference =
                VocabularyDifference.of(old, fresh, model.model().labels());
        if (difference.unknown() > 0) {
            console.message(Texts.count(difference.unknown())
                    + " labels that go or have another name are none of the model's.");
        }
        if (difference.present() > 0) {
            console.message(Texts.count(difference.present()) + " new labels are in the model already.");
        }
        return EditList.of(source, difference.edits());
    }
}
