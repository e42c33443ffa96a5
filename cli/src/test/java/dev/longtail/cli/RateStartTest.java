package dev.longtail.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longtail.format.RatingModelFolder;
import dev.longtail.model.RatingModel;
import dev.longtail.table.AnchorTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Anchors of models that rate, chosen by train, and relations between items. */
final class RateStartTest {

    private static final String ITEMS = " --set items.kind=anchors --set items.anchors.count=3";
    private static final String USERS = " --set users.kind=anchors --set users.anchors.count=2";

    @TempDir
    private Path folder;

    /** Items of small numbers are rated more often; users like one half of the items. */
    @BeforeEach
    void write() throws IOException {
        Random random = new Random(3);
        List<String> lines = new ArrayList<>(List.of("userId,movieId,rating"));
        for (int i = 0; i < 1200; i++) {
            int user = random.nextInt(40);
            int item = Math.min(random.nextInt(12), random.nextInt(12));
            lines.add("u" + user + ",i" + item + "," + (user % 2 == item % 2 ? 4 : 2));
        }
        Files.write(folder.resolve("train.csv"), lines);
    }

    private Ran train(String model, String more) {
        return train(model, "2", more);
    }

    private Ran train(String model, String threads, String more) {
        List<String> arguments = new ArrayList<>(List.of("train", "--task", "rate", "--max-epochs", "3"));
        arguments.addAll(List.of("--train", folder.resolve("train.csv").toString(), "--threads", threads));
        arguments.addAll(List.of("--model", folder.resolve(model).toString(), "--dimension", "4"));
        arguments.addAll(List.of("--set", "batch=50", "--set", "optimizer.learningRate=0.02"));
        arguments.addAll(List.of(more.strip().split(" +")));
        return Ran.of(arguments.toArray(String[]::new));
    }

    private RatingModel trained(String model, String more) throws IOException {
        Ran ran = train(model, more);
        assertThat(ran.code()).as(ran.err()).isZero();
        return RatingModelFolder.read(folder.resolve(model)).model();
    }

    private static List<String> items(RatingModel model) {
        int[] objects = ((AnchorTable) model.itemTable()).objects();
        return Arrays.stream(objects)
                .mapToObj(item -> item < 0 ? "" : model.items().id(item))
                .toList();
    }

    private static List<String> users(RatingModel model) {
        int[] objects = ((AnchorTable) model.userTable()).objects();
        return Arrays.stream(objects).mapToObj(model.users()::id).toList();
    }

    @Test
    void anchorsAreTheItemsWithMostRatings() throws IOException {
        RatingModel model = trained("m", ITEMS + " --set items.anchors.start.strategy=frequency");
        assertThat(items(model))
                .containsExactly(
                        model.items().id(0), model.items().id(1), model.items().id(2));
        String text = Ran.of("inspect", "--model", folder.resolve("m").toString(), "--anchors", "2")
                .out();
        assertThat(text).contains("3 of the anchors are items: " + String.join(", ", items(model)));
    }

    @Test
    void bothTablesHaveAnchorsOfTheirOwn() throws IOException {
        Path chosen = Files.writeString(folder.resolve("chosen.txt"), "u7\nu8\n");
        String more =
                ITEMS + USERS + " --set items.anchors.start.strategy=random-objects --anchors-from users=" + chosen;
        RatingModel model = trained("m", more);
        assertThat(users(model)).containsExactly("u7", "u8");
        assertThat(items(model)).doesNotContain("").doesNotHaveDuplicates().hasSize(3);
        assertThat(train("one", "1", more).code()).isZero();
        assertThat(folder.resolve("one").resolve("parameters.safetensors"))
                .hasSameBinaryContentAs(folder.resolve("m").resolve("parameters.safetensors"));
    }

    @Test
    void itemsAreClusteredByVectorsOfAFile() throws IOException {
        List<String> lines = new ArrayList<>();
        for (int item = 0; item < 12; item++) {
            lines.add("i" + item + "\t" + 10 * (item % 3) + " " + item / 100.0);
        }
        Path file = Files.write(folder.resolve("vectors.tsv"), lines);
        for (String strategy : List.of("clustering", "coreset")) {
            RatingModel model = trained(
                    strategy,
                    ITEMS + " --set items.anchors.start.strategy=" + strategy + " --vectors-from items=" + file);
            assertThat(items(model).stream()
                            .map(id -> Integer.parseInt(id.substring(1)) % 3)
                            .sorted())
                    .containsExactly(0, 1, 2);
        }
    }

    /** Under a penalty that no link survives, those of related items stay. */
    @Test
    void relatedItemsKeepTheirLinks() throws IOException {
        Path pairs = Files.writeString(folder.resolve("pairs.tsv"), "i8\ti0\n");
        String crushed = ITEMS + " --set items.anchors.start.strategy=frequency --set items.anchors.penalty.l1=1e6"
                + " --set items.initialScale=1 --set users.initialScale=1";
        int item = trained("without", crushed).items().ids().indexOf("i8");
        assertThat(links("without", item)).isZero();
        trained("m", crushed + " --relations items=" + pairs);
        assertThat(links("m", item)).isEqualTo(1);
    }

    private long links(String name, int item) throws IOException {
        AnchorTable table = (AnchorTable)
                RatingModelFolder.read(folder.resolve(name)).model().itemTable();
        float[] row = new float[table.count()];
        table.transform().addRow(item, 1, row, 0);
        int links = 0;
        for (float weight : row) {
            links += weight == 0 ? 0 : 1;
        }
        return links;
    }

    @Test
    void whatHasNoMeaningForRatingsIsRefused() throws IOException {
        Path chosen = Files.writeString(folder.resolve("chosen.txt"), "i1\ni2\ni3\n");
        String both = ITEMS + USERS;
        refused(train("m", ITEMS + " --relations wordnet"), "takes users=FILE or items=FILE, got 'wordnet'");
        refused(train("m", ITEMS + " --anchors-from " + chosen), "takes users=FILE or items=FILE");
        refused(train("m", ITEMS + " --anchors-from users=" + chosen), "add --set users.kind=anchors");
        refused(
                train("m", both + " --online --anchors-from items=" + chosen),
                "or from a stream, whose objects are not known");
        refused(
                train("m", both + " --set nonparametric.learned=true --relations items=" + chosen),
                "do not go with nonparametric.learned");
        refused(
                train(
                        "m",
                        ITEMS + " --set items.anchors.start.strategy=clustering"
                                + " --set items.anchors.start.space=cooccurrence"),
                "which are of words in texts");
        refused(train("m", ITEMS + " --set items.anchors.relations.wordnet=true"), "which are of words in texts");
        refused(
                train("m", both + " --set nonparametric.learned=true --set items.anchors.start.strategy=frequency"),
                "left as they are where numbers of anchors are learned");
        refused(train("m", ITEMS + " --cooccurrence-cache c"), "--cooccurrence-cache has no effect");
    }

    private static void refused(Ran ran, String reason) {
        assertThat(ran.code()).as(ran.err()).isEqualTo(2);
        assertThat(ran.err().lines().filter(line -> line.startsWith("longtail: ")))
                .singleElement()
                .asString()
                .contains(reason);
    }
}
