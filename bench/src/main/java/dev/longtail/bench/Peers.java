package dev.longtail.bench;

import dev.longtail.bench.ablation.DataSets;
import dev.longtail.bench.peer.Peer;
import dev.longtail.bench.peer.PeerFiles;
import dev.longtail.bench.peer.PeerRun;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * Question: what do other systems reach on the same examples and the same features, and at what cost? Each runs in a
 * process of its own, one after the other; what cannot be run is in the table with the reason. Longtail comes first, by
 * {@link WholeRun}.
 *
 * <pre>
 *   java -cp "bench/target/classes:bench/target/lib/*" dev.longtail.bench.Peers ../shared/data \
 *       finna-yso-en bibtex delicious --ngrams 1,2
 * </pre>
 */
public final class Peers {

    private static final String NOTES = """
            Measures in %, on the test part, by Longtail's own code. Processor seconds are those of the process with
            all its threads, from files to the trained model and from the file of test examples to suggestions; for
            fastText those of its program alone, trials that ended in NaN included. Peak memory is that of the process
            that trains; of systems in Java it depends on when the collector runs. The model is a file for
            Longtail and fastText and what the arrays take
            in memory for the others. All systems but fastText get the features of Longtail's text pipeline; fastText
            gets the same lower-cased words, and the numbers of features as words where there is no text. Names of
            labels are training examples for all systems where they are for Longtail.
            """;

    private Peers() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        PeersOptions options = PeersOptions.parse(arguments);
        StringBuilder page = new StringBuilder(Provenance.header(
                "Peers",
                "dev.longtail.bench.Peers " + String.join(" ", arguments),
                options.longtail() ? WholeRun.kernels() : "Longtail was not run",
                Provenance.machine()));
        page.append(NOTES);
        try (ScratchFolder scratch = ScratchFolder.create("longtail-peers-")) {
            for (String set : options.sets()) {
                page.append(table(options, set, scratch.path()));
            }
        }
        System.out.print(page);
        Files.writeString(options.output(), page, StandardCharsets.UTF_8);
    }

    private static PeersTable table(PeersOptions options, String set, Path scratch)
            throws IOException, InterruptedException {
        PeerFiles files = PeerFiles.of(options.data().resolve(set));
        if (options.documents() > 0) {
            files = files.withTrain(new DataSets(scratch).firstOf(set, files.train(), options.documents()));
        }
        PeersTable table = new PeersTable(set);
        if (options.longtail()) {
            show(table.longtail(WholeRun.measure(options.data(), set, files.train())));
        }
        List<Integer> ngrams = files.texts() ? options.ngrams() : PeersOptions.PRESET_NGRAMS;
        for (Peer peer : options.peers()) {
            boolean possible = true;
            for (int i = 0; possible && i < ngrams.size(); i++) {
                possible = run(table, new PeerRun(peer, files, ngrams.get(i), options.threads()), scratch);
            }
        }
        return table;
    }

    /** Adds a row; one that fails is a row too, since others are still to come. Returns whether there are figures. */
    private static boolean run(PeersTable table, PeerRun run, Path scratch) throws IOException, InterruptedException {
        String title = run.peer().title();
        try (ScratchFolder own = ScratchFolder.in(scratch, "peer-")) {
            JsonNode outcome = run.start(own.path());
            show(table.peer(title, outcome));
            return !outcome.has("notRun");
        } catch (IOException e) {
            show(table.without(title, "failed: " + e.getMessage()));
            return false;
        }
    }

    private static void show(String row) {
        System.err.print(row);
    }
}
