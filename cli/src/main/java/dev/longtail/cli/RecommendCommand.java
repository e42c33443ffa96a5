package dev.longtail.cli;

import dev.longtail.config.InputException;
import dev.longtail.format.RatingModelFolder;
import dev.longtail.model.RatingModel;
import dev.longtail.parallel.Workers;
import dev.longtail.predict.FoldIn;
import dev.longtail.predict.Recommendation;
import dev.longtail.predict.Recommender;
import dev.longtail.predict.UserSpace;
import dev.longtail.rating.RatingReader;
import dev.longtail.train.RatingTrainConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

@Command(
        name = "recommend",
        description = "Recommends items to a user by a model of task rate, best first.",
        footer = {
            "",
            "A line holds score, item and name between tabs. With --json one object:",
            "  {\"user\":\"196\",\"items\":[{\"id\":\"...\",\"name\":\"...\",\"score\":4.9,\"rating\":4.9}]}",
            "The score is the predicted rating before it is brought into the range of the training ratings.",
            "",
            "Items that the user has rated in training are left out, if the model keeps them (data.keepSeen), and",
            "those that --ratings names.",
            "",
            "Without --user, the items are for the user whose ratings --ratings holds: lines of item and rating,",
            "between comma, tab or ::, or columns that the first line names. The model need not know that user: a",
            "vector is solved for, and nothing is trained anew.",
            "",
            "Examples:",
            "  longtail recommend --model my-model --user 196",
            "  longtail recommend --model my-model --user 196 --top 20 --include-rated --json",
            "  longtail recommend --model my-model --user 196 --ratings later-ratings.csv",
            "  longtail recommend --model my-model --ratings mine.csv",
        })
final class RecommendCommand implements Callable<Integer> {

    private final Console console;

    @Mixin
    private final RunOptions.Model model = new RunOptions.Model();

    @Option(names = "--user", paramLabel = "ID", description = "User of the training ratings.")
    private @Nullable String user;

    @Option(
            names = "--ratings",
            paramLabel = "F",
            description = "With --user: further ratings, whose items are left out. Without: those of the user to"
                    + " recommend to.")
    private @Nullable Path ratings;

    @Option(names = "--top", paramLabel = "N", description = "Items at most. Default: 10.")
    private int top = 10;

    @Option(names = "--include-rated", description = "Recommend items that the user has rated as well.")
    private boolean includeRated;

    @Mixin
    private final RunOptions.Threads threads = new RunOptions.Threads();

    @Option(names = "--json", description = "Write one JSON object.")
    private boolean json;

    RecommendCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        Path own = user == null ? ratings : null;
        if (user == null && own == null) {
            throw new UsageException("give --user ID, or --ratings F of a user that the model does not know");
        }
        if (top < 1) {
            throw new UsageException("--top must be at least 1, got " + top);
        }
        int count = threads.count();
        RatingModelFolder.Stored stored = RatingModelFolder.read(model.path());
        try (Workers workers = new Workers(count)) {
            Recommender recommender = new Recommender(stored.model(), top, workers);
            write(
                    own == null
                            ? known(stored.model(), recommender, String.valueOf(user))
                            : folded(stored, own, recommender, workers));
        }
        console.flush();
        return Failures.DONE;
    }

    private List<Recommendation> known(RatingModel read, Recommender recommender, String id) throws IOException {
        int number = read.users().indexOf(id);
        if (number < 0) {
            throw new InputException(
                    model.path().toString(),
                    0,
                    "knows no user " + id + "; --ratings without --user recommends to one who is not known");
        }
        IntStream without = IntStream.empty();
        if (!includeRated) {
            without = read.seen().map(seen -> IntStream.of(seen.of(number))).orElse(IntStream.empty());
            if (ratings != null) {
                without = IntStream.concat(without, rated(read, id, ratings));
            } else if (read.seen().isEmpty()) {
                console.message("the model does not keep what users have rated, so rated items are among these; give"
                        + " them with --ratings");
            }
        }
        return recommender.forUser(number, without.toArray());
    }

    /** Items that a user has rated by the file. */
    private static IntStream rated(RatingModel read, String id, Path file) throws IOException {
        IntStream.Builder items = IntStream.builder();
        try (RatingReader reader = RatingReader.openPairs(file)) {
            while (reader.next()) {
                if (reader.user().equals(id)) {
                    items.add(read.items().ids().indexOf(reader.item()));
                }
            }
        }
        return items.build();
    }

    private List<Recommendation> folded(
            RatingModelFolder.Stored stored, Path own, Recommender recommender, Workers workers) throws IOException {
        RatingModel read = stored.model();
        List<FoldIn.Rated> rated = ratingsOfOne(read, own);
        RatingTrainConfig train = stored.config().train();
        FoldIn foldIn = new FoldIn(read, UserSpace.of(read), train.l2(), train.biasL2(), workers);
        int[] without = includeRated
                ? new int[0]
                : rated.stream().mapToInt(FoldIn.Rated::item).toArray();
        return recommender.forVector(foldIn.fold(rated), without);
    }

    private List<FoldIn.Rated> ratingsOfOne(RatingModel read, Path own) throws IOException {
        List<FoldIn.Rated> rated = new ArrayList<>();
        String first = null;
        int unknown = 0;
        try (RatingReader reader = RatingReader.openOneUser(own)) {
            while (reader.next()) {
                first = first == null ? reader.user() : first;
                if (!first.equals(reader.user())) {
                    throw reader.wrong("user " + reader.user() + " after user " + first
                            + "; without --user the file must hold the ratings of one user");
                }
                int item = read.items().ids().indexOf(reader.item());
                unknown += item < 0 ? 1 : 0;
                rated.add(new FoldIn.Rated(item, reader.rating()));
            }
        }
        if (rated.size() == unknown) {
            throw new InputException(own.toString(), 0, "holds no rating of an item that the model knows");
        }
        if (unknown > 0) {
            console.message(Texts.count(unknown) + " of " + Texts.count(rated.size())
                    + " ratings are of items that the model does not know");
        }
        return rated;
    }

    private void write(List<Recommendation> recommendations) {
        if (json) {
            ObjectNode object = Json.object();
            if (user != null) {
                object.put("user", user);
            }
            ArrayNode items = object.putArray("items");
            for (Recommendation one : recommendations) {
                ObjectNode item = items.addObject();
                item.put("id", one.id());
                item.put("name", one.name());
                item.put("score", one.score());
                item.put("rating", one.rating());
            }
            console.out().println(Json.line(object));
            return;
        }
        for (Recommendation one : recommendations) {
            String named = one.name().isEmpty() ? "" : "\t" + Texts.printable(one.name());
            console.out()
                    .println(String.format(Locale.ROOT, "%.4f\t", one.score()) + Texts.printable(one.id()) + named);
        }
    }
}
