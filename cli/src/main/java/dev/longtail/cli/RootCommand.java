package dev.longtail.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "longtail",
        description = "Learns and serves models over huge sets of labels on an ordinary machine.",
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "Results go to standard output, progress and messages to standard error. Exit codes: 0 done,",
            "1 the run failed, 2 wrong usage, 3 wrong input or model file, 130 interrupted.",
            "Arguments of the Java machine go into LONGTAIL_JAVA_OPTIONS, for example -Xmx2g.",
            "",
            "Examples:",
            "  longtail quickstart",
            "  longtail train --train train.tsv.gz --labels labels.tsv.gz --model my-model",
            "  longtail plan --train train.tsv.gz --labels labels.tsv.gz --max-memory 600m",
            "  longtail evaluate --model my-model --test test.tsv.gz",
            "  echo 'Birds of the northern forests' | longtail predict --model my-model",
            "  longtail explain --model my-model --text 'Birds of the northern forests'",
            "  longtail train --task rate --train ratings.csv --items movies.csv --model my-rating-model",
            "  longtail recommend --model my-rating-model --user 196",
            "  longtail serve --model my-model",
            "  longtail labels add --model my-model --id http://example.org/9 --name 'night trains'",
            "  longtail shrink --model my-model --to my-small-model --bits 8",
            "  longtail report --model my-model --test test.tsv.gz",
            "  longtail convert --from yso-skos.ttl.gz --to labels.tsv --language en",
            "  longtail verify my-model",
            "  longtail bench --labels 1000000 --fan-in 64",
            "  longtail train --help",
        })
final class RootCommand implements Runnable {

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "Show the version.")
    @SuppressWarnings("UnusedVariable") // picocli reads it
    private boolean version;

    @Override
    public void run() {
        throw new UsageException("no command given");
    }
}
