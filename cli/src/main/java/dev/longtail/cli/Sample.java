package dev.longtail.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The bundled sample: titles tagged with subjects of a thesaurus. */
record Sample(Path folder) {

    /** Folder of the distribution, which the launcher names. */
    static final String HOME = "longtail.home";

    private static final Path INSIDE = Path.of("examples", "data", "finna-yso-sample");

    /** The sample of this distribution, or of a source tree that is the current folder. */
    static Sample find() {
        Path home = shortest(Path.of(System.getProperty(HOME, ".")));
        for (Path candidate : List.of(home.resolve(INSIDE), INSIDE)) {
            if (Files.exists(candidate.resolve("train.tsv.gz"))) {
                return new Sample(candidate);
            }
        }
        throw new UsageException("the sample is missing, looked for it in " + home.resolve(INSIDE)
                + "; unpack the distribution again, or start in the source tree");
    }

    /** Relative to the current folder where it lies in it. */
    private static Path shortest(Path path) {
        Path absolute = path.toAbsolutePath().normalize();
        Path here = Path.of("").toAbsolutePath();
        return absolute.startsWith(here) ? here.relativize(absolute) : absolute;
    }

    Path train() {
        return folder.resolve("train.tsv.gz");
    }

    Path validate() {
        return folder.resolve("validate.tsv.gz");
    }

    Path test() {
        return folder.resolve("test.tsv.gz");
    }

    Path labels() {
        return folder.resolve("labels.tsv.gz");
    }
}
