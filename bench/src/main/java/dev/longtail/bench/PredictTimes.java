package dev.longtail.bench;

import com.sun.management.OperatingSystemMXBean;
import dev.longtail.data.RawExample;
import dev.longtail.format.LabelModelFolder;
import dev.longtail.model.LabelModel;
import dev.longtail.parallel.Workers;
import dev.longtail.predict.Predictor;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPInputStream;

/**
 * Question: what does a loaded model cost per text, many at once and one at a time? Prints a row of a table: processor
 * time for all texts of a file from their characters to five suggestions each, the first time a virtual machine does it
 * and again, and the median and 99th percentile of one text alone.
 *
 * <pre>
 *   java -XX:+UseG1GC -XX:G1HeapRegionSize=1m --add-modules jdk.incubator.vector \
 *       -cp "bench/target/classes:bench/target/lib/*" dev.longtail.bench.PredictTimes MODEL TEXTS.tsv.gz [THREADS]
 * </pre>
 */
public final class PredictTimes {

    private static final OperatingSystemMXBean PROCESS =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private static final int TOP = 5;
    private static final int CHUNK = 4096;
    private static final int WARM_UP = 2000;
    private static final int ALONE = 3000;

    private PredictTimes() {}

    public static void main(String[] arguments) throws IOException {
        if (arguments.length < 2) {
            throw new IllegalArgumentException("usage: PredictTimes MODEL TEXTS.tsv.gz [THREADS]");
        }
        int threads = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 2;
        List<RawExample> texts = texts(Path.of(arguments[1]));
        LabelModel model = LabelModelFolder.read(Path.of(arguments[0])).model();
        try (Workers workers = new Workers(threads)) {
            Predictor predictor = new Predictor(model, TOP, workers);
            double first = all(predictor, texts);
            double again = all(predictor, texts);
            double[] alone = alone(predictor, texts);
            System.out.println("| texts | threads | all, CPU s | again, CPU s | one, median ms | one, 99 % ms |");
            System.out.println("|---|---|---|---|---|---|");
            System.out.printf(
                    Locale.ROOT,
                    "| %,d | %d | %.1f | %.1f | %.2f | %.2f |%n",
                    texts.size(),
                    threads,
                    first,
                    again,
                    alone[alone.length / 2],
                    alone[alone.length * 99 / 100]);
        }
    }

    private static List<RawExample> texts(Path file) throws IOException {
        List<RawExample> texts = new ArrayList<>();
        try (BufferedReader in = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                texts.add(new RawExample().setText(line.substring(0, line.indexOf('\t'))));
            }
        }
        return texts;
    }

    /** Processor seconds of the whole process while all texts get their suggestions. */
    private static double all(Predictor predictor, List<RawExample> texts) {
        long start = PROCESS.getProcessCpuTime();
        for (int from = 0; from < texts.size(); from += CHUNK) {
            predictor.suggest(texts.subList(from, Math.min(texts.size(), from + CHUNK)));
        }
        return (PROCESS.getProcessCpuTime() - start) / 1e9;
    }

    /** Milliseconds of texts one by one, ascending, after a warm-up. */
    private static double[] alone(Predictor predictor, List<RawExample> texts) {
        double[] millis = new double[Math.min(ALONE, texts.size())];
        for (int i = 0; i < Math.min(WARM_UP, texts.size()); i++) {
            predictor.suggest(texts.get(i));
        }
        for (int i = 0; i < millis.length; i++) {
            long start = System.nanoTime();
            predictor.suggest(texts.get(i));
            millis[i] = (System.nanoTime() - start) / 1e6;
        }
        Arrays.sort(millis);
        return millis;
    }
}
