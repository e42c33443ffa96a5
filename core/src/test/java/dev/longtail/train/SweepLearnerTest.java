package dev.longtail.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longtail.config.Settings;
import dev.longtail.model.RatingModel;
import dev.longtail.parallel.Workers;
import dev.longtail.rating.Ids;
import dev.longtail.rating.Items;
import dev.longtail.rating.RatingSet;
import dev.longtail.synthetic.SyntheticRatings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Training of rating models by exact sweeps. */
class SweepLearnerTest {

    private static final int USERS = 400;
    private static final int ITEMS = 300;

    @TempDir
    Path folder;

    private static RatingConfig config(String... settings) {
        Map<String, String> values = new HashMap<>(Map.of("solver", "variational", "maxEpochs", "4"));
        for (String side : List.of("model.users.", "model.items.")) {
            values.put(side + "dimension", "5");
            values.put(side + "initialScale", "1");
            values.put(side + "anchors.count", "7");
            values.put(side + "anchors.penalty.l1", "0.5");
        }
        for (String setting : settings) {
            String[] parts = setting.split("=", 2);
            if (parts[0].startsWith("both.")) {
                values.put("model.users" + parts[0].substring(4), parts[1]);
                values.put("model.items" + parts[0].substring(4), parts[1]);
            } else {
                values.put(parts[0], parts[1]);
            }
        }
        return Settings.override(RatingConfig.DEFAULT, values);
    }

    private RatingModel train(RatingConfig config, int threads, List<RatingEpochReport> reports) throws IOException {
        try (Workers workers = new Workers(threads)) {
            RatingSet train = new SyntheticRatings(USERS, ITEMS, 12_000, 4, 2, 0.5f, 7).draw(workers);
            RatingSet held = new SyntheticRatings(USERS, ITEMS, 1_000, 4, 2, 0.5f, 7).draw(workers);
            RatingModel model = new RatingModel(
                    config.model(), Ids.numbered(new int[USERS]), new Items(Ids.numbered(new int[ITEMS])));
            reports.addAll(new RatingTrainer(config.train(), workers, RatingListener.SILENT, folder)
                    .train(model, train, Optional.of(held)));
            return model;
        }
    }

    private static List<Integer> scores(RatingModel model) {
        List<Integer> bits = new ArrayList<>();
        for (int user = 0; user < USERS; user += 17) {
            for (int item = 0; item < ITEMS; item += 13) {
                bits.add(Float.floatToRawIntBits(model.score(user, item)));
            }
        }
        return bits;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "both.kind=dense",
                "both.kind=anchors",
                "both.kind=anchors both.anchors.links=2",
                "model.users.kind=anchors model.biases=false"
            })
    void theSameBitsForAnyNumberOfThreads(String settings) throws IOException {
        RatingConfig config = config(settings.split(" "));
        List<List<Integer>> all = new ArrayList<>();
        List<Double> losses = new ArrayList<>();
        for (int threads = 1; threads <= 3; threads++) {
            List<RatingEpochReport> reports = new ArrayList<>();
            all.add(scores(train(config, threads, reports)));
            losses.add(reports.get(3).loss());
        }
        assertThat(all.get(1)).isEqualTo(all.get(0));
        assertThat(all.get(2)).isEqualTo(all.get(0));
        assertThat(losses).containsOnly(losses.get(0));
    }

    /** After the penalty has ended links that are 0 stay 0, and the others are no longer shrunk. */
    @Test
    void aRefitKeepsTheLinksThatAreLeft() throws IOException {
        List<RatingEpochReport> reports = new ArrayList<>();
        RatingConfig config =
                config("both.kind=anchors", "maxEpochs=12", "patience=12", "both.anchors.penalty.refitAfter=8");
        train(config, 2, reports);
        long before = reports.get(7).users().nonZeros();
        for (RatingEpochReport report : reports.subList(8, reports.size())) {
            assertThat(report.users().nonZeros()).isLessThanOrEqualTo(before);
            before = report.users().nonZeros();
        }
        assertThat(reports.get(11).loss()).isLessThan(reports.get(7).loss());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "both.kind=hashed|kind of the users' and the items' table, with solver variational, must be dense,"
                        + " without a row penalty, or anchors, got HASHED",
                "both.kind=anchors nonparametric.learned=true|solver, where numbers of anchors are learned, must be"
                        + " steps, got VARIATIONAL",
                "both.kind=anchors online.stream=true|solver of a model that learns from a stream must be steps, got"
                        + " VARIATIONAL"
            })
    void whatSweepsDoNotKnowIsRefused(String settings, String message) {
        assertThatThrownBy(() -> config(settings.split(" "))).hasMessage(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "both.anchors.mixing=softmax|linear and non-negative, got SOFTMAX and NON_NEGATIVE",
                "both.anchors.penalty.domain=signed|linear and non-negative, got LINEAR and SIGNED",
                "both.anchors.orthogonality=0.1|left as they are",
                "both.anchors.mostLinks=7|left as they are",
                "both.anchors.count=205|anchors.count times dimension, with solver variational, must be at most 1024,"
                        + " got 1025"
            })
    void anchorsThatSweepsDoNotKnowAreRefused(String setting, String message) {
        RatingConfig config = config("both.kind=anchors", setting);
        assertThatThrownBy(() -> train(config, 1, new ArrayList<>())).hasMessageContaining(message);
    }

    @Test
    void anInterruptEndsTheRun() {
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> train(config(), 1, new ArrayList<>())).isInstanceOf(CancellationException.class);
        assertThat(Thread.interrupted()).isTrue();
    }
}
