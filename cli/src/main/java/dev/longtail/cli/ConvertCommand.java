package dev.longtail.cli;

import dev.longtail.data.RowFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "convert",
        description = "Writes examples or a vocabulary in another format, and tells what that has no place for.",
        footer = {
            "",
            "Formats of examples, see train --help: annif (.tsv), fasttext (.ft), jsonl (.jsonl, .ndjson, .json),",
            "xc (.xc, .svm) and text; and .parquet, rows of what objects of jsonl hold. Of vocabularies: SKOS as",
            "turtle (.ttl) or rdfxml (.rdf, .xml, .owl), and labels (.tsv), lines of <identifier>, tab, name. The",
            "ending of a name tells the format,",
            ".gz behind it that the file is compressed; .txt tells none. Examples are recognised by what they hold.",
            "",
            "Texts are converted line by line. Texts to xc are read twice: features are the words of two labelled",
            "examples or more, tf-idf, each example scaled to length 1; labels are numbered in the order of their",
            "identifiers. --labels-to and --features-to write what the numbers stand for, one a line. Numbered",
            "features do not become texts. The file is there when all of it is written, and not before.",
            "",
            "Examples:",
            "  longtail convert --from train.tsv.gz --to train.jsonl.gz",
            "  longtail convert --from train.tsv.gz --to train.parquet",
            "  longtail convert --from train.jsonl --to train.txt --to-format fasttext",
            "  longtail convert --from train.tsv --to train.xc --labels-to labels.txt --features-to words.txt",
            "  longtail convert --from yso-skos.ttl.gz --to labels.tsv --language en,sv,fi",
            "  longtail convert --from labels.tsv --to vocabulary.ttl --language en",
        })
final class ConvertCommand implements Callable<Integer> {

    private final Console console;

    @Option(names = "--from", required = true, paramLabel = "F", description = "File to read, plain or gzip.")
    private Path from;

    @Option(names = "--to", required = true, paramLabel = "F", description = "File to write; gzip if it ends in .gz.")
    private Path to;

    @Option(
            names = "--from-format",
            paramLabel = "NAME",
            description = "Format of --from: annif, xc, fasttext, jsonl, text, turtle, rdfxml or labels. Default: by"
                    + " its ending if that is one of SKOS, else recognised.")
    private @Nullable FileFormat fromFormat;

    @Option(
            names = "--to-format",
            paramLabel = "NAME",
            description = "Format of --to: annif, xc, fasttext, jsonl, text, turtle, rdfxml or labels. Default: by its"
                    + " ending.")
    private @Nullable FileFormat toFormat;

    @Option(
            names = "--language",
            paramLabel = "LANG",
            description = "From SKOS to labels: language of the names, and behind commas those to fall back to."
                    + " Default: the only one there is. From labels to SKOS: language of the names. Default: none.")
    private @Nullable String language;

    @Option(
            names = "--labels-to",
            paramLabel = "F",
            description = "From texts to xc: file for the identifiers of the labels, one a line, by number.")
    private @Nullable Path labelsTo;

    @Option(
            names = "--features-to",
            paramLabel = "F",
            description = "From texts to xc: file for the words, one a line, by number.")
    private @Nullable Path featuresTo;

    @Option(names = "--overwrite", description = "Replace files that exist.")
    private boolean overwrite;

    @Mixin
    private final RunOptions.Temporary temporary = new RunOptions.Temporary();

    ConvertCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws Exception {
        FileFormat target = target();
        FileFormat source = source(target);
        if (isSame(from, to)) {
            throw new UsageException("--to is the file of --from; give it another name");
        }
        OutputFile.check("--to", to, overwrite);
        if (target.vocabulary() != null) {
            if (source == null || source.vocabulary() == null) {
                throw new UsageException("examples cannot become a vocabulary; name the format of " + from
                        + " by --from-format if it is one");
            }
            refuseNumbering("a vocabulary");
            VocabularyConversion conversion =
                    new VocabularyConversion(console, source.vocabulary(), target.vocabulary(), language);
            return guard(() -> conversion.run(from, to));
        }
        return convertExamples(source, target);
    }

    private int convertExamples(@Nullable FileFormat source, FileFormat target) throws Exception {
        if (source != null && source.data() == null) {
            throw new UsageException(
                    "a vocabulary cannot become examples; it can be written as labels, turtle or rdfxml");
        }
        if (language != null) {
            throw new UsageException("--language has no effect on examples; leave it out");
        }
        if (target != FileFormat.XC) {
            refuseNumbering(target.toString());
        }
        if (RowFormat.isNeeded(to) && target != FileFormat.JSONL) {
            throw new UsageException("--to " + to + " is a table of rows, which cannot be " + target
                    + "; give the file another ending or leave --to-format out");
        }
        checkOther("--labels-to", labelsTo);
        checkOther("--features-to", featuresTo);
        ExampleConversion conversion = new ExampleConversion(console, temporary.orNull(), labelsTo, featuresTo);
        return guard(() -> conversion.run(from, source == null ? null : source.data(), to, target.data()));
    }

    private int guard(Callable<Integer> work) throws Exception {
        return Interruption.guard(console, () -> "no unfinished file is left", work);
    }

    private FileFormat target() {
        boolean vocabulary = sourceIsVocabulary();
        FileFormat target = toFormat != null ? toFormat : FileFormat.ofName(to, vocabulary);
        if (target == null) {
            throw new UsageException("the ending of " + to + " does not tell its format; add --to-format NAME");
        }
        return target;
    }

    private boolean sourceIsVocabulary() {
        FileFormat source = fromFormat != null ? fromFormat : FileFormat.ofName(from, false);
        return source != null && source.vocabulary() != null;
    }

    /** The format of the file to be read, null where it is one of examples that must be recognised. */
    private @Nullable FileFormat source(FileFormat target) {
        if (fromFormat != null) {
            return fromFormat;
        }
        FileFormat named = FileFormat.ofName(from, target.vocabulary() != null);
        return named == null || named.vocabulary() == null ? null : named;
    }

    private static boolean isSame(Path one, Path other) throws IOException {
        return Files.exists(one) && Files.exists(other) && Files.isSameFile(one, other);
    }

    private void refuseNumbering(String target) {
        if (labelsTo != null || featuresTo != null) {
            throw new UsageException("--labels-to and --features-to go with xc, not with " + target);
        }
    }

    private void checkOther(String option, @Nullable Path file) {
        if (file == null) {
            return;
        }
        if (file.equals(to) || file.equals(from) || (option.equals("--features-to") && file.equals(labelsTo))) {
            throw new UsageException(option + " " + file + " is the file of another option; give it another name");
        }
        OutputFile.check(option, file, overwrite);
    }
}
