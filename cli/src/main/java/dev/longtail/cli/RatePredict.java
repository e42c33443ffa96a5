package dev.longtail.cli;

import dev.longtail.format.RatingModelFolder;
import dev.longtail.model.RatingModel;
import dev.longtail.model.RatingScorer;
import dev.longtail.parallel.Workers;
import dev.longtail.rating.RatingReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import tools.jackson.databind.node.ObjectNode;

/** What predict does for models of task rate: a rating for each pair of user and item, in their order. */
final class RatePredict {

    private static final int BATCH = 1024;

    private final Console console;
    private final int threads;
    private final boolean json;

    /** @param json whether answers are JSON objects */
    RatePredict(Console console, int threads, boolean json) {
        this.console = console;
        this.threads = threads;
        this.json = json;
    }

    /** @param input file of pairs, - for standard input */
    int run(Path folder, String input) throws IOException {
        RatingModel model = RatingModelFolder.read(folder).model();
        try (Workers workers = new Workers(threads)) {
            Pairs pairs = new Pairs(model, workers);
            try (RatingReader reader = open(input, pairs)) {
                answerAll(reader, pairs);
            }
        }
        return Failures.DONE;
    }

    private RatingReader open(String input, Pairs pairs) throws IOException {
        return input.equals("-")
                ? RatingReader.ofPairs(new EagerInput(console.in(), pairs::flush), "standard input")
                : RatingReader.openPairs(Path.of(input));
    }

    /** Answers what came before a malformed line as well, so that the error says how far the answers go. */
    private static void answerAll(RatingReader reader, Pairs pairs) throws IOException {
        try {
            while (reader.next()) {
                pairs.add(reader.user(), reader.item());
            }
        } finally {
            pairs.flush();
        }
    }

    /** Pairs that wait for their answers. */
    private final class Pairs {

        private final RatingModel model;
        private final Workers workers;
        private final RatingScorer scorer;
        private final String[] users = new String[BATCH];
        private final String[] items = new String[BATCH];
        private final int[] userIds = new int[BATCH];
        private final int[] itemIds = new int[BATCH];
        private final float[] scores = new float[BATCH];
        private int size;

        Pairs(RatingModel model, Workers workers) {
            this.model = model;
            this.workers = workers;
            this.scorer = new RatingScorer(model, BATCH);
        }

        void add(String user, String item) throws IOException {
            users[size] = user;
            items[size] = item;
            userIds[size] = model.users().indexOf(user);
            itemIds[size] = model.items().ids().indexOf(item);
            size++;
            if (size == BATCH) {
                flush();
            }
        }

        void flush() throws IOException {
            if (size > 0) {
                scorer.scores(userIds, itemIds, size, scores, workers);
                for (int i = 0; i < size; i++) {
                    console.out().println(json ? object(i) : text(i));
                }
                console.flush();
                size = 0;
            }
        }

        private String text(int i) {
            return Texts.printable(users[i]) + "\t" + Texts.printable(items[i]) + "\t"
                    + String.format(Locale.ROOT, "%.4f", model.rating(scores[i]));
        }

        private String object(int i) {
            ObjectNode object = Json.object();
            object.put("user", users[i]);
            object.put("item", items[i]);
            object.put("name", itemIds[i] < 0 ? "" : model.items().name(itemIds[i]));
            object.put("rating", model.rating(scores[i]));
            object.put("score", scores[i]);
            object.put("userKnown", userIds[i] >= 0);
            object.put("itemKnown", itemIds[i] >= 0);
            return Json.line(object);
        }
    }
}
