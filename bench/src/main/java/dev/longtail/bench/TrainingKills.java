package dev.longtail.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Question: does a training that is killed at random moments, while it reads, learns, keeps its state or writes the
 * model, and is then taken up with {@code --resume}, end with the same bits as one that was left alone? Kills one
 * process after the other until so many have been killed; a run that comes to its end is compared, and the next begins.
 *
 * <pre>
 *   java -cp "bench/target/classes:bench/target/lib/*" dev.longtail.bench.TrainingKills KILLS SEED OPTIONS...
 * </pre>
 *
 * The seed draws the moments; each fourth is drawn from the time in which the model is written and its checkpoints are
 * removed, the others from the whole run. Options are those of {@code longtail train}, without a model and with
 * {@code --train}.
 */
public final class TrainingKills {

    private static final String MANIFEST = "model.json";

    /** Of the time of the undisturbed run, when a process is killed at the latest; a few come to their end before. */
    private static final double LATEST = 1.05;

    /** One in so many kills is aimed at the end of a run. */
    private static final int AIMED = 4;

    private final SplittableRandom random;
    private final List<String> options;
    private final Path scratch;
    private final Map<String, Integer> killsByStage = new TreeMap<>();

    private TrainingKills(long seed, List<String> options, Path scratch) {
        this.random = new SplittableRandom(seed);
        this.options = options;
        this.scratch = scratch;
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        if (arguments.length < 4) {
            throw new IllegalArgumentException("usage: TrainingKills KILLS SEED --train FILE OPTIONS...");
        }
        int kills = Integer.parseInt(arguments[0]);
        long seed = Long.parseLong(arguments[1]);
        List<String> options = Arrays.asList(arguments).subList(2, arguments.length);
        try (ScratchFolder scratch = ScratchFolder.create("longtail-training-kills-")) {
            new TrainingKills(seed, options, scratch.path()).kill(kills);
        }
    }

    private void kill(int kills) throws IOException, InterruptedException {
        Path alone = scratch.resolve("alone");
        long start = System.nanoTime();
        Said undisturbed = run(alone, Moment.NEVER, false);
        long nanos = System.nanoTime() - start;
        if (undisturbed.code != 0) {
            throw new IOException(
                    "the undisturbed run ended with exit code " + undisturbed.code + ": " + undisturbed.last);
        }
        Map<String, String> wanted = sums(alone);
        int killed = 0;
        int ended = 0;
        int takenUp = 0;
        Path model = scratch.resolve("model");
        boolean resumes = false;
        while (killed < kills) {
            Said said = run(model, moment(undisturbed, nanos), resumes);
            takenUp += said.resumed ? 1 : 0;
            if (said.code == 0 || Files.exists(model.resolve(MANIFEST))) {
                compare(wanted, sums(model));
                killed += said.code == 0 ? 0 : 1;
                killsByStage.merge(said.code == 0 ? "end, not killed" : "model written", 1, Integer::sum);
                ended++;
                delete(model);
                delete(scratch.resolve("model.checkpoints"));
                resumes = false;
            } else if (said.code == 128 + 9) {
                killed++;
                killsByStage.merge(said.stage, 1, Integer::sum);
                resumes = true;
            } else {
                throw new IOException("a run ended with exit code " + said.code + ": " + said.last);
            }
        }
        while (!Files.exists(model.resolve(MANIFEST))) {
            Said said = run(model, Moment.NEVER, resumes);
            if (said.code != 0) {
                throw new IOException("the last run ended with exit code " + said.code + ": " + said.last);
            }
            compare(wanted, sums(model));
            ended++;
        }
        System.out.printf(
                Locale.ROOT,
                "%d kills, undisturbed run %.1f s: %d processes went on from a checkpoint, %d runs came to their end,"
                        + " all with the same bits%n",
                killed,
                nanos / 1e9,
                takenUp,
                ended);
        killsByStage.forEach((stage, count) -> System.out.printf(Locale.ROOT, "  %-28s %d%n", stage, count));
    }

    /**
     * What a process said.
     *
     * @param stage what it was doing last
     * @param resumed whether it went on from a checkpoint
     * @param nanos from the last line to its end
     */
    private record Said(int code, String stage, boolean resumed, String last, long nanos) {

        /** The last line but for times, with which it ends. */
        String end() {
            int comma = last.lastIndexOf(", ");
            return comma < 0 ? last : last.substring(0, comma);
        }
    }

    /**
     * When a process is killed.
     *
     * @param after beginning of the line behind which the time runs; empty for the start
     */
    private record Moment(String after, long nanos) {
        static final Moment NEVER = new Moment("", Long.MAX_VALUE);
    }

    private Moment moment(Said undisturbed, long nanos) {
        double part = LATEST * random.nextDouble();
        return random.nextInt(AIMED) == 0
                ? new Moment(undisturbed.end(), (long) (part * undisturbed.nanos))
                // most processes go on from a checkpoint and have less to do than a whole run; some are killed at once
                : new Moment("", (long) (part * nanos));
    }

    private Said run(Path model, Moment moment, boolean resumes) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("./longtail", "train"));
        command.addAll(options);
        command.addAll(List.of("--model", model.toString(), "--checkpoint-every", "0"));
        Path temporary = Files.createDirectories(scratch.resolve("temporary"));
        command.addAll(List.of("--temporary", temporary.toString()));
        if (resumes) {
            command.add("--resume");
        }
        Process process = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        Thread killer = new Thread(() -> kill(process, moment.nanos));
        killer.setDaemon(true);
        if (moment.after.isEmpty()) {
            killer.start();
        }
        Said said = listen(process, killer, moment.after);
        killer.interrupt();
        killer.join();
        delete(temporary);
        return said;
    }

    private static Said listen(Process process, Thread killer, String after) throws IOException, InterruptedException {
        String stage = "reading";
        String last = "";
        boolean resumed = false;
        long at = System.nanoTime();
        try (BufferedReader err =
                new BufferedReader(new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8))) {
            for (String line = err.readLine(); line != null; line = err.readLine()) {
                last = line;
                at = System.nanoTime();
                if (!after.isEmpty() && line.startsWith(after) && killer.getState() == Thread.State.NEW) {
                    killer.start();
                }
                resumed |= line.startsWith("going on from ");
                stage = stage(line, stage);
            }
        }
        int code = process.waitFor();
        return new Said(code, stage, resumed, last, System.nanoTime() - at);
    }

    /** The stage that a line begins. */
    private static String stage(String line, String now) {
        if (line.startsWith("training with ")) {
            return "association arm, epoch 1";
        } else if (line.startsWith("epoch ")) {
            return "later epochs, direct arm";
        } else if (line.startsWith("direct arm:")) {
            return "mixture and calibration";
        }
        return line.startsWith("probabilities are calibrated") ? "writing the model" : now;
    }

    private static void kill(Process process, long nanos) {
        try {
            TimeUnit.NANOSECONDS.sleep(nanos);
            process.toHandle().destroyForcibly(); // that of the process would close its streams too
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // it has ended by itself
        }
    }

    private static void compare(Map<String, String> wanted, Map<String, String> found) {
        if (!found.equals(wanted)) {
            throw new IllegalStateException("the files are " + found + " and should be " + wanted);
        }
    }

    /** SHA-256 of each file of a model, the manifest without its time. */
    private static Map<String, String> sums(Path model) throws IOException {
        Map<String, String> sums = new TreeMap<>();
        try (Stream<Path> files = Files.list(model)) {
            for (Path file : files.toList()) {
                String name = file.getFileName().toString();
                if (name.equals(MANIFEST)) {
                    String text = Files.readString(file).replaceFirst("\"created\" : \"[^\"]*\"", "");
                    sums.put(name, sum(text.getBytes(StandardCharsets.UTF_8)));
                } else if (!name.startsWith(MANIFEST)) {
                    sums.put(name, sum(Files.readAllBytes(file)));
                }
            }
        }
        return sums;
    }

    private static String sum(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }

    private static void delete(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            new ScratchFolder(folder).close();
        }
    }
}
