package dev.longtail.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class UsageTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "train",
                "evaluate",
                "predict",
                "explain",
                "recommend",
                "serve",
                "inspect",
                "info",
                "shrink",
                "labels",
                "feedback",
                "select",
                "verify",
                "card",
                "convert",
                "export",
                "completion",
                "generate",
                "bench",
                "quickstart"
            })
    void everyCommandExplainsItselfWithAnExample(String command) {
        Ran ran = Ran.of(command, "--help");
        assertThat(ran.code()).isZero();
        assertThat(ran.err()).isEmpty();
        assertThat(ran.out()).startsWith("Usage: longtail " + command).contains("Example", "  longtail " + command);
        assertThat(ran.out().lines()).allMatch(line -> line.length() <= 100);
        assertThat(Ran.of("help", command).out()).isEqualTo(ran.out());
    }

    @Test
    void everyCommandIsFoundByItsNameAlone() {
        for (String command : Main.commands().getSubcommands().keySet()) {
            Ran ran = Ran.of(command, "--help");
            assertThat(ran.code()).as(command).isZero();
            assertThat(ran.out()).contains("longtail " + command);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"add", "rename", "merge", "retire", "apply", "list"})
    void everyChangeOfLabelsExplainsItselfWithAnExample(String command) {
        Ran ran = Ran.of("labels", command, "--help");
        assertThat(ran.code()).isZero();
        assertThat(ran.out()).startsWith("Usage: longtail labels " + command);
        assertThat(ran.out()).contains("Example", "  longtail labels " + command);
        assertThat(ran.out().lines()).allMatch(line -> line.length() <= 100);
    }

    @Test
    void theRootListsTheCommands() {
        assertThat(Ran.of("--help").out())
                .contains(
                        "train",
                        "evaluate",
                        "predict",
                        "explain",
                        "recommend",
                        "inspect",
                        "info",
                        "quickstart",
                        "help",
                        "Exit codes: 0 done");
        assertThat(Ran.of("--version").out())
                .startsWith("longtail ")
                .doesNotContain("${")
                .contains(".");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''                                    | longtail: no command given (see longtail --help)",
                "trian                                 | unknown command 'trian', did you mean plan or train or",
                "train --trian x                       | unknown option '--trian', did you mean --train?",
                "train --model m                       | missing --train F...",
                "train --train f                       | missing --model DIR",
                "evaluate --test f                     | missing required option: '--model=DIR'",
                "train --train f --model m --task none | must be one of tag, rate, got 'none'",
                "train --train f --model m --preset x  | must be one of small, base, large, got 'x'",
                "train --train f --model m --format x  | must be one of annif, xc, fasttext, jsonl, text, got 'x'",
                "train --train f --model m --seed x    | '--seed'",
                "train --train f --model m --threads 0 | --threads must be from 1 to 1024, got 0",
                "train --train f --model m --set fanIn | --set takes NAME=VALUE, got 'fanIn'",
                "train --train f --model m --set fanin=3 | unknown setting fanin, the closest are model.output.fanIn,",
                "train --train f --model m --set fanIn=0 | fanIn must be at least 1, got 0",
                "train --train f --model m --set fanIn=x | model.output.fanIn must be an integer",
                "train --train f --model m --set kind=sgd | setting kind is ambiguous",
                "train --train f --model m --set fanIn=3 --set fanIn=4 | --set gives fanIn twice",
                "train --train f --model m --seed 1 --set seed=2 | setting train.seed is given twice",
                "train --train f --model m --propensity 0.5 | must be two numbers as in 0.55,1.5, got '0.5'",
                "train --train f --model m --propensity 0,1 | must be two numbers above 0 as in 0.55,1.5, got '0,1'",
                "train --train f --model m --tune soon | must be a time above 0 such as 90s, 20m or 2h, got 'soon'",
                "train --train f --model m --tune 0m   | must be a time above 0 such as 90s, 20m or 2h, got '0m'",
                "train --train f --model m --tune 1m --tune-for P@2 | the measure to tune for must be P, nDCG,",
                "train --train f --model m --tune-for P@3 | --tune-for has no effect without --tune",
                "train --train f --model m --tune-settings fanIn=1,2 | --tune-settings has no effect without --tune",
                "train --train f --model m --tune 1m --tune-settings fanIn=0,2 | fanIn must be at least 1, got 0",
                "train --train f --model m --tune 1m --tune-settings fanIn=9..2 | from a smaller to a larger number",
                "train --train f --model m --tune 1m --tune-settings fanin=1,2 | unknown setting fanin, the closest",
                "train --train f --model m --tune 1m --tune-settings wordNgrams=1,2 | text.wordNgrams cannot be",
                "train --train f --model m --tune 1m --tune-settings default,fanIn=1,2 | unknown setting default,fanIn",
                "train --train f --model m --tune 1m --set validationFraction=0 | --tune compares settings on a valid",
                "evaluate --model m --test f --k 0,1   | must be numbers from 1 to 1000 as in 1,3,5, got '0,1'",
                "evaluate --model m --test f --bootstrap 3 | resamples must be at least 10, got 3",
                "shrink --model m --to n              | nothing to leave out; give --bits 8, --features N or",
                "shrink --model m --bits 8            | missing required option: '--to=DIR'",
                "shrink --model m --to n --features x | must be a number from 1 as in 20000, or a share as in 25%",
                "labels                               | labels needs one of add, rename, merge, retire, apply and",
                "labels add --model m --id a          | a new label must be one with a name or an example to learn",
                "labels merge --model m --id a --into a | into must be another label than the one that is merged",
                "labels apply --model m               | give --edits F, or --before F and --after F",
                "labels apply --model m --before a    | give --edits F, or --before F and --after F",
                "labels apply --model m --edits f --label-language en | --label-language has no effect on --edits",
                "feedback --model m                   | give one of --text, --file, --undo, --undo-last, --list and",
                "feedback --model m --list --fold     | give one of --text, --file, --undo, --undo-last, --list and",
                "feedback --model m --file f --accept a | --accept and --reject go with --text",
                "feedback --model m --text x          | accepted and rejected must be not both empty, got no label",
                "select --model m --lambda1 1        | missing required option: '--lambda2=Y'",
                "select --model m --lambda1 1 --lambda2 2 | --lambda1 must be at least lambda2, 2.0, got 1.0",
                "select --model m --lambda1 1 --lambda2 -1 | --lambda2 must be at least 0, got -1.0",
                "select --model m --lambda1 x --lambda2 1 | '--lambda1'",
                "serve                                | give the models by --model [NAME=]DIR, or in a file by",
                "serve --model m --models f           | give the models by --model [NAME=]DIR, or in a file by",
                "serve --model Models                 | can be no name of a model, which has a-z, 0-9, dot, hyphen",
                "serve --model a=x --model a=y        | two models have the name a; write NAME=DIR to give one another",
                "serve --model m --port 70000         | port must be in [0, 65535], got 70000",
                "serve --model m --set maxLimit=5     | maxLimit must be in [defaultLimit, 10000], where defaultLimit",
                "serve --model m --set queue=0        | queue must be in [1, 10000], got 0",
                "serve --model m --set topk=5         | unknown setting topk",
                "serve --model m --report r.html      | --report takes NAME=FILE, got 'r.html'",
                "serve --model m --report m=a --report m=b | --report: two files for the model m",
                "predict --model m --top 0             | --top must be at least 1, got 0",
                "predict --model m --top five          | '--top'",
                "predict --model m --overwrite         | --overwrite goes with --output, or with a folder",
                "predict --model m --suffix .a         | --suffix goes with a folder in --input; - is none",
                "predict --model m --output none/f     | --output none/f cannot be written",
                "train --train f --model m --label-language en | --label-language has no effect without names in SKOS",
                "train --train f --model m --labels l.tsv --label-language en | no effect without names in SKOS",
                "train --train f --model m --labels l.ttl --label-language e_n | --label-language: languages must be",
                "inspect --model m --label-language en | --label-language, --format",
                "convert --from f                      | missing required option: '--to=F'",
                "convert --from f --to g.txt           | the ending of g.txt does not tell its format; add --to-format",
                "convert --from f.txt --to g.ttl       | examples cannot become a vocabulary",
                "convert --from f.ttl --to g.jsonl     | a vocabulary cannot become examples",
                "convert --from f.tsv --to g.jsonl --language en | --language has no effect on examples",
                "convert --from f.ttl --to g.ttl --language en | --language has no effect from turtle to turtle",
                "convert --from f.tsv --to g.ttl --language en,fi | --language must be one language",
                "convert --from f.tsv --to g.jsonl --labels-to h | --labels-to and --features-to go with xc, not with",
                "convert --from f.tsv --to g.xc --labels-to g.xc | --labels-to g.xc is the file of another option",
                "convert --from f.tsv --to none/g.jsonl | --to none/g.jsonl cannot be written",
                "convert --from f --to g --to-format csv | must be one of annif, xc, fasttext, jsonl, text, turtle,",
                "explain --text x                      | missing required option: '--model=DIR'",
                "explain --model m --top 0             | --top must be at least 1, got 0",
                "explain --model m --words 0           | --words must be at least 1, got 0",
                "generate --labels 5                   | missing --output F",
                "generate --output f --labels 0        | labels must be at least 1, got 0",
                "generate --output f --set noise=2     | noise must be in [0, 1], got 2.0",
                "generate --output f --set seed=2 --seed 1 | --set gives seed, which has an option of its own",
                "generate --output f --test f          | f is given for two parts",
                "generate --output f --test-examples 0 | --test-examples must be at least 1, got 0",
                "bench --steps 1                       | --steps must be from 2 to 1000000, got 1",
                "bench --fan-in 800                    | fanIn must be at most the hidden units, 768, got 800",
                "bench --optimizer sdg                 | train.outputOptimizer.kind must be one of sgd,",
                "bench --labels 0                      | labels must be at least 1, got 0",
                "bench --set seed=2                    | setting train.seed is given twice",
                "info extra                            | unknown argument 'extra'",
            })
    void wrongUsageEndsInOneLineAndCodeTwo(String arguments, String message) {
        Ran ran = Ran.of(arguments.isEmpty() ? new String[0] : arguments.split(" "));
        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.out()).isEmpty();
        assertThat(ran.err()).startsWith("longtail: ").contains(message).endsWith(" --help)" + System.lineSeparator());
        assertThat(ran.err().lines()).hasSize(1);
    }

    @Test
    void wrongInputEndsInCodeThreeAndNamesFileAndLine() throws IOException {
        Path bad = Files.writeString(folder.resolve("bad.tsv"), "a text\t<http://x/1>\na text without labels\n");
        Path model = folder.resolve("model");
        Ran ran = TinyData.train("--train", bad.toString(), "--model", model.toString());
        assertThat(ran.code()).isEqualTo(3);
        assertThat(ran.err()).startsWith("longtail: " + bad + ":2: no tab between text and labels");
        assertThat(ran.err().lines()).hasSize(1);
        assertThat(model).doesNotExist();

        Ran missing = TinyData.train("--train", folder.resolve("none").toString(), "--model", model.toString());
        assertThat(missing.code()).isEqualTo(3);
        assertThat(missing.err()).contains("none: no such file");
    }

    @Test
    void aStackTraceIsThereOnRequestOnly() throws IOException {
        String missing = folder.resolve("none").toString();
        assertThat(Ran.of("inspect", "--model", missing).err()).doesNotContain("\tat ");
        assertThat(Ran.of("inspect", "--model", missing, "--debug").err()).contains("\tat dev.longtail.");
    }

    @Test
    void settingsThatDoNotFitTheDataAreWrongUsage() throws IOException {
        Path train = TinyData.write(folder, "train.tsv", TinyData.Format.ANNIF, 1);
        Ran ran = Ran.of(
                "train",
                "--train",
                train.toString(),
                "--model",
                folder.resolve("m").toString(),
                "--set",
                "dimension=500",
                "--set",
                "fanIn=600");
        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.err()).contains("fanIn must be ", "500, got 600");
    }

    @Test
    void aFileOfSettingsStandsBetweenPresetAndSet() throws IOException {
        Path file = Files.writeString(
                folder.resolve("a.properties"),
                "# a comment\n\n  fanIn = 7\nrewire.interval=9\n  objective.normalisation = mean\n");
        Ran ran = Ran.of("train", "--settings", "--config", file.toString(), "--set", "rewire.interval=11");
        assertThat(ran.code()).isZero();
        assertThat(ran.out())
                .contains(
                        "model.output.fanIn = 7" + System.lineSeparator(),
                        "rewire.interval = 11" + System.lineSeparator(),
                        "train.objective.normalisation = mean {");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "fanIn 7 | :2: expected 'name = value', or a comment after #, got 'fanIn 7'",
                "= 7 | :2: expected 'name = value'",
                "seed = 7 | :2: seed was given in line 1; keep one",
                "fanOut = 7 | :2: unknown setting fanOut, the closest are",
                "learningRate = 7 | :2: setting learningRate is ambiguous",
                "fanIn = many | :2: model.output.fanIn must be an integer",
                "fanIn = 0 | :2: fanIn must be at least 1, got 0",
                "fanIn = 1000 | :2: fanIn must be at most the hidden units",
                "train.seed = 7 | : setting train.seed is given twice, as",
            })
    void aWrongFileOfSettingsNamesItsLine(String line, String message) throws IOException {
        Path file = Files.writeString(folder.resolve("a.properties"), "seed = 1\n" + line + "\n");
        Ran ran = Ran.of("train", "--settings", "--config", file.toString());
        assertThat(ran.code()).isEqualTo(3);
        assertThat(ran.err()).startsWith("longtail: " + file + message);
        assertThat(ran.err().lines()).hasSize(1);
    }

    @Test
    void aMissingFileOfSettingsIsWrongInput() {
        Path file = folder.resolve("none.properties");
        Ran ran = Ran.of("train", "--settings", "--config", file.toString());
        assertThat(ran.code()).isEqualTo(3);
        assertThat(ran.err()).isEqualToIgnoringNewLines("longtail: " + file + ": no such file");
    }

    @Test
    void allSettingsAreListedWithValueAndMeaning() {
        Ran ran = Ran.of("train", "--settings", "--preset", "large");
        assertThat(ran.code()).isZero();
        assertThat(ran.out())
                .contains("model.table.dimension = 512", "model.output.kind = fixed-fan-in {fixed-fan-in, dense,")
                .contains("train.seed = 1" + System.lineSeparator() + "    seed of everything random");
    }

    @Test
    void infoNamesTheKernels() {
        assertThat(Ran.of("info").out()).contains("version", "kernels", "formats", "annif, xc, fasttext, jsonl, text");
        assertThat(Ran.of("info", "--json").json().propertyNames())
                .contains("version", "java", "kernels", "lanes", "processors", "maxHeapBytes", "formats");
    }
}
