package dev.longtail.bench;

import dev.longtail.data.LabelSet;
import dev.longtail.format.LabelModelFolder;
import dev.longtail.living.EditList;
import dev.longtail.living.Feedback;
import dev.longtail.living.LabelEdit;
import dev.longtail.living.LivingModel;
import dev.longtail.parallel.Workers;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/**
 * Question: does a process that is killed while it learns from feedback and changes labels ever leave a model that
 * cannot be opened, or lose what it has acknowledged? Kills one after the other at random moments.
 *
 * <pre>
 *   java -cp "bench/target/classes:bench/target/lib/*" dev.longtail.bench.LivingKills MODEL KILLS
 * </pre>
 */
public final class LivingKills {

    private static final int LONGEST = 2500;
    private static final int EDITS = 4;

    private LivingKills() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        if (arguments.length != 2) {
            throw new IllegalArgumentException("usage: LivingKills MODEL KILLS");
        }
        int kills = Integer.parseInt(arguments[1]);
        SplittableRandom random = new SplittableRandom(kills);
        int unsaid = 0;
        int inside = 0;
        long acknowledged = 0;
        try (ScratchFolder scratch = ScratchFolder.create("longtail-kills-");
                Workers workers = new Workers(1)) {
            Path model = LivingTexts.copy(Path.of(arguments[0]), scratch.path().resolve("model"));
            for (int kill = 1; kill <= kills; kill++) {
                Said said = run(model, random.nextInt(LONGEST));
                acknowledged = Math.max(acknowledged, said.sequence);
                LivingModel opened = LivingModel.open(model, workers);
                check(opened, said, acknowledged);
                unsaid += opened.sequence() > acknowledged ? 1 : 0;
                inside += said.editing ? 1 : 0;
                acknowledged = opened.sequence();
            }
        }
        System.out.printf(
                Locale.ROOT,
                "%d kills, %d of them while labels were changed; %,d acknowledged changes: nothing lost, all opened;"
                        + " %d times the last one was on the disk and not acknowledged yet%n",
                kills,
                inside,
                acknowledged,
                unsaid);
    }

    /** What a process said before it was killed. @param editing whether it was changing labels then */
    private record Said(long sequence, String name, boolean editing) {}

    private static void check(LivingModel opened, Said said, long acknowledged) {
        if (opened.sequence() < acknowledged || opened.sequence() > acknowledged + 1) {
            throw new IllegalStateException(
                    "acknowledged was " + acknowledged + ", on the disk is " + opened.sequence());
        }
        String name = opened.model().labels().name(0);
        if (!said.name.isEmpty() && !name.equals(said.name) && !said.editing) {
            throw new IllegalStateException("the label was named " + said.name + " and is named " + name);
        }
    }

    private static Said run(Path model, int milliseconds) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Changes.class.getName(),
                        model.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        Said said = new Said(0, "", false);
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            String line = out.readLine();
            Thread killer = new Thread(() -> kill(process, milliseconds));
            killer.start();
            for (; line != null; line = out.readLine()) {
                if (line.startsWith("learned ")) {
                    said = new Said(Long.parseLong(line.substring(8)), said.name, false);
                } else if (line.equals("editing")) {
                    said = new Said(said.sequence, said.name, true);
                } else if (line.startsWith("named ")) {
                    said = new Said(said.sequence, line.substring(6), false);
                }
            }
            killer.join();
        }
        process.waitFor();
        return said;
    }

    private static void kill(Process process, int milliseconds) {
        try {
            TimeUnit.MILLISECONDS.sleep(milliseconds);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process.toHandle().destroyForcibly(); // that of the process would close its streams too
    }

    /** What is killed: learns, and after some feedback renames a label, without end. */
    static final class Changes {

        private Changes() {}

        public static void main(String[] arguments) throws IOException {
            Path folder = Path.of(arguments[0]);
            try (Workers workers = new Workers(1)) {
                LivingModel living = LivingModel.open(folder, workers);
                LabelSet labels = LabelModelFolder.read(folder).model().labels();
                SplittableRandom random = new SplittableRandom();
                System.out.println("opened");
                for (int round = 1; ; round++) {
                    int label = random.nextInt(labels.size());
                    Feedback feedback = new Feedback(
                            "about " + labels.name(label),
                            List.of(labels.id(label)),
                            List.of(labels.id((label + 1) % labels.size())));
                    System.out.println("learned " + living.give(List.of(feedback)));
                    if (round % EDITS == 0) {
                        String name = "name " + random.nextInt(1_000_000);
                        System.out.println("editing");
                        living.edit(EditList.of("kills", List.of(new LabelEdit.Rename(labels.id(0), name))));
                        System.out.println("named " + name);
                    }
                }
            }
        }
    }
}
