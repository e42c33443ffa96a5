package dev.longtail.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.longtail.config.Settings;
import dev.longtail.data.ReadListener;
import dev.longtail.matrix.Tensor;
import dev.longtail.matrix.TensorPages;
import dev.longtail.model.RatingModel;
import dev.longtail.parallel.Workers;
import dev.longtail.rating.Ids;
import dev.longtail.rating.RatingChunk;
import dev.longtail.rating.RatingChunks;
import dev.longtail.rating.RatingStream;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ratings of two kinds of users and two kinds of items, in a stream in which users come and go. */
class OnlineRatingTrainerTest {

    private static final int USERS = 120;

    @TempDir
    Path folder;

    private static RatingConfig config(String... settings) {
        Map<String, String> values = new HashMap<>(Map.of(
                "optimizer.kind", "adagrad",
                "optimizer.learningRate", "0.1",
                "batch", "32",
                "l2", "0.02",
                "online.chunk", "500",
                "nonparametric.learned", "true",
                "budget.start", "3",
                "budget.rule", "paper"));
        for (String side : List.of("model.users.", "model.items.")) {
            values.put(side + "kind", "anchors");
            values.put(side + "dimension", "4");
            values.put(side + "initialScale", "0.7");
            values.put(side + "anchors.penalty.metric", "coordinate");
        }
        for (String setting : settings) {
            values.put(setting.substring(0, setting.indexOf('=')), setting.substring(setting.indexOf('=') + 1));
        }
        return Settings.override(RatingConfig.DEFAULT, values);
    }

    /** Rating i is of a user near number i / 40, so that new ones come all the time. */
    private Path ratings(int count) throws IOException {
        Random random = new Random(1);
        List<String> lines = new ArrayList<>(List.of("user,item,rating"));
        for (int i = 0; i < count; i++) {
            int user = Math.min(USERS - 1, i * USERS / count / 2 + random.nextInt(USERS / 2));
            int item = random.nextInt(30);
            lines.add("u" + user + ",i" + item + "," + (user % 2 == item % 2 ? 4 : 2));
        }
        return Files.write(folder.resolve("ratings.csv"), lines);
    }

    /** Watches what is read, and that nobody holds an earlier chunk while the next one is. */
    private static final class Watched implements RatingChunks {
        private final RatingStream stream;
        private final List<Integer> sizes = new ArrayList<>();
        private WeakReference<RatingChunk> earlier = new WeakReference<>(null);
        private int calls;

        Watched(RatingStream stream) {
            this.stream = stream;
        }

        @Override
        public Optional<RatingChunk> next() throws IOException {
            for (int i = 0; i < 200 && earlier.get() != null; i++) {
                System.gc();
            }
            assertThat(earlier.get()).as("an earlier chunk").isNull();
            calls++;
            Optional<RatingChunk> chunk = stream.next();
            chunk.ifPresent(read -> {
                sizes.add(read.size());
                earlier = new WeakReference<>(read);
            });
            return chunk;
        }

        @Override
        public Ids users() {
            return stream.users();
        }

        @Override
        public Ids items() {
            return stream.items();
        }
    }

    private OnlineRatingTrainer.Result train(RatingConfig config, int threads, Path file) throws IOException {
        OnlineConfig online = config.online();
        try (Workers workers = new Workers(threads);
                RatingStream stream =
                        new RatingStream(List.of(file), online.chunk(), online.heldOut(), 3, ReadListener.NONE)) {
            return new OnlineRatingTrainer(config, workers, RatingListener.SILENT).train(stream);
        }
    }

    private static List<ByteBuffer> bytes(RatingModel model) {
        List<ByteBuffer> all = new ArrayList<>();
        for (Tensor tensor : model.all()) {
            for (Object page : TensorPages.of(tensor)) {
                ByteBuffer buffer = ByteBuffer.allocate(TensorPages.length(page) * TensorPages.numberBytes(tensor));
                TensorPages.put(page, 0, TensorPages.length(page), buffer);
                all.add(buffer);
            }
        }
        return all;
    }

    @Test
    void everyChunkIsReadOnceAndForgotten() throws IOException {
        RatingConfig config = config();
        try (Workers workers = new Workers(2);
                RatingStream stream = new RatingStream(List.of(ratings(4100)), 500, 0.1, 3, ReadListener.NONE)) {
            Watched watched = new Watched(stream);
            OnlineRatingTrainer.Result result =
                    new OnlineRatingTrainer(config, workers, RatingListener.SILENT).train(watched);
            assertThat(watched.sizes).containsExactly(500, 500, 500, 500, 500, 500, 500, 500, 100);
            assertThat(watched.calls).isEqualTo(10);
            assertThat(result.chunks()).hasSize(9);
            assertThat(result.model().users().size()).isBetween(100, USERS);
            assertThat(result.model().userBias()).hasSize(result.model().users().size());
            assertThat(result.model().userTable().features())
                    .isEqualTo(result.model().users().size());
            long learned = result.chunks().stream()
                    .mapToLong(RatingChunkReport::ratings)
                    .sum();
            assertThat(learned).isBetween(3500L, 3900L);
        }
    }

    @Test
    void newUsersAndItemsAreLearned() throws IOException {
        RatingConfig config = config("online.passes=5");
        OnlineRatingTrainer.Result result = train(config, 1, ratings(6000));
        List<RatingChunkReport> chunks = result.chunks();
        RatingChunkReport last = chunks.get(chunks.size() - 1);
        // Without vectors the error is 1; a user of the last chunks has been learned from his chunks alone.
        assertThat(last.epoch().validation().orElseThrow().mse()).isLessThan(0.15);
        assertThat(last.before().orElseThrow().mse())
                .isGreaterThan(last.epoch().validation().orElseThrow().mse());
        RatingModel model = result.model();
        double errors = 0;
        for (int user = 0; user < model.users().size(); user++) {
            int number = Integer.parseInt(model.users().id(user).substring(1));
            int item = model.items().ids().indexOf("i" + number % 2);
            errors += Math.pow(model.score(user, item) - 4, 2) / model.users().size();
        }
        assertThat(errors).isLessThan(0.3);
        assertThat(model.lowest()).isEqualTo(2);
        assertThat(model.highest()).isEqualTo(4);
    }

    @Test
    void theSameBitsForAnyNumberOfThreads() throws IOException {
        Path file = ratings(2500);
        OnlineRatingTrainer.Result one = train(config(), 1, file);
        OnlineRatingTrainer.Result three = train(config(), 3, file);
        assertThat(bytes(three.model())).isEqualTo(bytes(one.model()));
        assertThat(bytes(train(config("seed=2"), 1, file).model())).isNotEqualTo(bytes(one.model()));
        for (int i = 0; i < one.chunks().size(); i++) {
            assertThat(three.chunks().get(i).epoch().objective())
                    .isEqualTo(one.chunks().get(i).epoch().objective());
        }
    }

    @Test
    void aChunkIsPassedOverUntilItsLossHardlyFalls() throws IOException {
        Path file = ratings(1000);
        for (RatingChunkReport chunk :
                train(config("online.passes=4", "online.tolerance=0"), 1, file).chunks()) {
            assertThat(chunk.passes()).isEqualTo(4);
        }
        for (RatingChunkReport chunk : train(config("online.passes=9", "online.tolerance=0.99"), 1, file)
                .chunks()) {
            assertThat(chunk.passes()).isEqualTo(2);
        }
        List<RatingChunkReport> usual = train(config("online.passes=50", "online.tolerance=0.05"), 1, file)
                .chunks();
        assertThat(usual).allMatch(chunk -> chunk.passes() > 2 && chunk.passes() < 50);
    }

    @Test
    void numbersOfAnchorsChangeAfterEachChunk() throws IOException {
        List<RatingChunkReport> chunks = train(config(), 1, ratings(3000)).chunks();
        // fewer than three objectives tell no trend: the paper's rule adds
        assertThat(chunks.subList(0, 3).stream()
                        .map(chunk -> chunk.epoch().users().anchors()))
                .containsExactly(3, 4, 5);
        RatingEpochReport epoch = chunks.get(2).epoch();
        double cost = 1e-6 * (epoch.users().nonZeros() + epoch.items().nonZeros()) + (1e-3 - 1e-6) * 10;
        assertThat(epoch.objective().orElseThrow())
                .isCloseTo(epoch.validation().orElseThrow().mse() + cost, within(1e-9));
        List<RatingChunkReport> fixed = train(
                        config("nonparametric.learned=false", "model.users.anchors.count=6"), 1, ratings(3000))
                .chunks();
        assertThat(fixed).allMatch(chunk -> chunk.epoch().users().anchors() == 6);
    }

    @Test
    void whatCannotBeDoneIsTold() throws IOException {
        assertThatThrownBy(() -> train(config("model.items.kind=dense"), 1, ratings(10)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("must be anchors, which gain rows, got DENSE");
        Path few = Files.writeString(folder.resolve("few.csv"), "user,item,rating\n");
        assertThatThrownBy(() -> train(config(), 1, few)).hasMessage("training ratings must be at least 1, got 0");
        assertThatThrownBy(() -> config("online.passes=0")).hasMessage("passes must be at least 1, got 0");
    }
}
