package dev.longtail.bench.peer;

import dev.longtail.data.Examples;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The program fastText, supervised (Joulin et al., Bag of Tricks for Efficient Text Classification, EACL 2017). */
final class FastText implements Contender {

    private static final int DIMENSION = 200;
    private static final int EPOCHS = 15;
    private static final double LEARNING_RATE = 0.5;

    /** Trainings at most: where one ends in NaN, as one-versus-all on delicious does, the next has half the rate. */
    private static final int TRIALS = 4;

    /** More multiply-adds in all take hours; a core did 1.5e9 of them in a second on delicious. */
    private static final double MOST_WORK = 1e12;

    private static final double RATE = 1.5e9;

    private final String loss;
    private final int threads;
    private final Path folder;
    private long peak;

    /**
     * @param loss   as in fastText's option: hs for hierarchical softmax, ova for one-versus-all
     * @param folder for its files
     */
    FastText(String loss, int threads, Path folder) {
        this.loss = loss;
        this.threads = threads;
        this.folder = folder;
    }

    @Override
    public @Nullable String obstacle(PeerData data) {
        boolean installed = Arrays.stream(String.valueOf(System.getenv("PATH")).split(File.pathSeparator))
                .anyMatch(place -> Files.isExecutable(Path.of(place, "fasttext")));
        if (!installed) {
            return "not installed: apt-get install fasttext";
        }
        // For every label a score, a gradient of the document's vector and one of the label's.
        double work = 3.0 * DIMENSION * data.labels().size() * data.train().size() * EPOCHS;
        if (loss.equals("ova") && work > MOST_WORK) {
            return String.format(
                    Locale.ROOT,
                    "%d epochs over %,d examples with all %,d labels in each step would take about %.0f CPU hours",
                    EPOCHS,
                    data.train().size(),
                    data.labels().size(),
                    work / RATE / 3600);
        }
        return null;
    }

    @Override
    public void train(PeerData data) throws IOException, InterruptedException {
        Path train = folder.resolve("train");
        new FastTextFiles(data).writeTrain(train);
        for (int trial = 0; ; trial++) {
            try {
                peak = train(data, train, LEARNING_RATE / (1 << trial));
                return;
            } catch (IOException e) {
                if (trial == TRIALS - 1) {
                    throw e;
                }
            }
        }
    }

    private long train(PeerData data, Path train, double learningRate) throws IOException, InterruptedException {
        int ngrams = data.texts() ? data.text().wordNgrams() : 1; // numbers stand in no order that means anything
        int minimum = data.texts() ? data.text().minFrequency() : 1;
        return ProcessCost.run(
                List.of(
                        "fasttext",
                        "supervised",
                        "-input",
                        train.toString(),
                        "-output",
                        folder.resolve("model").toString(),
                        "-loss",
                        loss,
                        "-dim",
                        "" + DIMENSION,
                        "-epoch",
                        "" + EPOCHS,
                        "-lr",
                        "" + learningRate,
                        "-wordNgrams",
                        "" + ngrams,
                        "-minCount",
                        "" + minimum,
                        "-thread",
                        "" + threads,
                        "-verbose",
                        "0"),
                folder.resolve("train.out"));
    }

    private Path model() {
        return folder.resolve("model.bin");
    }

    @Override
    public List<int[]> rank(PeerData data, Examples test) throws IOException, InterruptedException {
        Path words = folder.resolve("test");
        Path answers = folder.resolve("answers");
        new FastTextFiles(data).writeTest(test, words);
        ProcessCost.run(
                List.of("fasttext", "predict-prob", model().toString(), words.toString(), "" + PeerData.RANKS),
                answers);
        List<int[]> best = new ArrayList<>();
        for (String line : Files.readAllLines(answers)) {
            best.add(labels(line));
        }
        if (best.size() != test.size()) {
            throw new IOException("fasttext answered " + best.size() + " of " + test.size() + " examples");
        }
        return best;
    }

    /** The labels of an answer: {@code __label__7 0.5 __label__2 0.25}, best first; none where no word is known. */
    static int[] labels(String line) {
        return Arrays.stream(line.split(" "))
                .filter(word -> word.startsWith(FastTextFiles.LABEL))
                .mapToInt(word -> Integer.parseInt(word.substring(FastTextFiles.LABEL.length())))
                .toArray();
    }

    @Override
    public long modelBytes() throws IOException {
        return Files.size(model());
    }

    @Override
    public double cpuSeconds() {
        return ProcessCost.childrenCpuSeconds();
    }

    @Override
    public long peakRssBytes() {
        return peak;
    }
}
