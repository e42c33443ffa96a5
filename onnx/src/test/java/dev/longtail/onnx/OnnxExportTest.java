package dev.longtail.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.longtail.config.Settings;
import dev.longtail.data.DataFiles;
import dev.longtail.data.ReadListener;
import dev.longtail.data.TextFeatureSpace;
import dev.longtail.data.TrainingData;
import dev.longtail.matrix.SparseBatch;
import dev.longtail.model.LabelModel;
import dev.longtail.model.RatingModel;
import dev.longtail.model.Workspace;
import dev.longtail.parallel.Workers;
import dev.longtail.rating.RatingData;
import dev.longtail.rating.RatingFiles;
import dev.longtail.text.FeatureBuffer;
import dev.longtail.train.LabelConfig;
import dev.longtail.train.LabelTrainer;
import dev.longtail.train.RatingConfig;
import dev.longtail.train.RatingListener;
import dev.longtail.train.RatingTrainer;
import dev.longtail.train.TrainListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What ONNX Runtime makes of an exported model are the scores of the model. */
final class OnnxExportTest {

    private static final String[] COMMON = {"the", "of", "and", "history", "modern", "world"};
    private static final List<String> TEXTS =
            List.of("the word3 of modern history", "word1 word1 word7", "nothing known here", "the", "of world word0");

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "output.kind=dense",
                "output.kind=bottleneck output.rank=4",
                "output.kind=anchors anchorLayer.count=5",
                "output.order=clusters output.group=4 output.clusterSize=5",
                "output.weights=bfloat16",
                "table.kind=hashed table.buckets=16",
                "table.kind=anchors table.anchors.count=6",
                "body.intermediate=24",
                "body.intermediate=24 body.intermediateFanIn=6",
                "body.intermediate=24 body.normalisation=none body.activation=linear",
                "text.wordNgrams=2",
                "text.wordNgrams=2 table.ngrams=false",
                "model.storedBits=8",
                "loss=logistic"
            })
    void scoresOfAModelThatTagsAreTheSame(String settings) throws IOException, OrtException {
        LabelModel model = tag(settings);
        float[][] expected = scores(model);
        float[][] found = run(OnnxExport.of(model, Map.of("sha256", "0")), model);
        assertThat(found).hasDimensions(TEXTS.size(), model.labels().size());
        for (int text = 0; text < TEXTS.size(); text++) {
            for (int label = 0; label < expected[text].length; label++) {
                assertThat(found[text][label])
                        .as("text %d, label %d", text, label)
                        .isCloseTo(expected[text][label], within(1e-5f));
            }
        }
        assertThat(spread(expected)).as("scores differ from text to text").isGreaterThan(0.1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"association.slots=16 direct.candidates=4", "direct.candidates=4"})
    void modelsThatScoreCandidatesOnlyAreRefused(String settings) throws IOException {
        LabelModel model = tag(settings);
        assertThatThrownBy(() -> OnnxExport.of(model, Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("arm")
                .hasMessageContaining("=0");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "users.kind=anchors users.anchors.count=4", "items.kind=hashed items.buckets=7 clip=true"})
    void ratingsAreTheSameForUnknownUsersToo(String settings) throws IOException, OrtException {
        RatingModel model = rate(settings);
        int[] users = {0, 3, -1, 5, -1};
        int[] items = {2, -1, 4, 0, -1};
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        try (OrtSession session = environment.createSession(OnnxExport.of(model, Map.of()));
                OnnxTensor ofUsers = OnnxTensor.createTensor(environment, longs(users));
                OnnxTensor ofItems = OnnxTensor.createTensor(environment, longs(items));
                OrtSession.Result result = session.run(Map.of("users", ofUsers, "items", ofItems))) {
            float[] found = (float[]) result.get("ratings").orElseThrow().getValue();
            for (int i = 0; i < users.length; i++) {
                float expected = model.rating(model.score(users[i], items[i]));
                assertThat(found[i]).as("pair %d", i).isCloseTo(expected, within(1e-5f));
            }
        }
    }

    @Test
    void theSameModelMakesTheSameFile() throws IOException {
        LabelModel model = tag("");
        Map<String, String> properties = new TreeMap<>(Map.of("a", "1", "b", "2"));
        assertThat(OnnxExport.of(model, properties)).isEqualTo(OnnxExport.of(model, properties));
    }

    private LabelModel tag(String settings) throws IOException {
        Random random = new Random(5);
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            int label = random.nextInt(12);
            int common = random.nextInt(COMMON.length);
            lines.add(COMMON[common] + " word" + label + " " + COMMON[(common + 1) % COMMON.length] + "\t<http://x.org/"
                    + label + ">");
        }
        Path train = Files.write(folder.resolve("train.tsv"), lines);
        LabelConfig config = Settings.override(LabelConfig.embedding(16, 5), changes("train.maxEpochs=3 " + settings));
        try (Workers workers = new Workers(2);
                TrainingData data = TrainingData.prepare(
                        new DataFiles(train), config.dataSettings(), folder, 1, ReadListener.NONE)) {
            LabelModel model = config.newModel(data);
            new LabelTrainer(config.train(), config.rewire(), workers, TrainListener.SILENT, folder)
                    .train(model, data.train(), Optional.ofNullable(data.validation()));
            return model;
        }
    }

    private RatingModel rate(String settings) throws IOException {
        Random random = new Random(6);
        StringBuilder lines = new StringBuilder("user,item,rating\n");
        for (int i = 0; i < 500; i++) {
            int user = random.nextInt(15);
            int item = random.nextInt(12);
            lines.append(user)
                    .append(',')
                    .append(item)
                    .append(',')
                    .append(user % 2 == item % 2 ? 5 : 1)
                    .append('\n');
        }
        Path file = Files.writeString(folder.resolve("ratings.csv"), lines);
        RatingConfig config = Settings.override(RatingConfig.DEFAULT, changes("train.maxEpochs=3 " + settings));
        RatingData data =
                RatingData.read(new RatingFiles(List.of(file), List.of(), null), config.data(), 1, ReadListener.NONE);
        RatingModel model = config.newModel(data);
        try (Workers workers = new Workers(2)) {
            new RatingTrainer(config.train(), workers, RatingListener.SILENT, folder)
                    .train(model, data.train(), data.validation());
        }
        return model;
    }

    private static Map<String, String> changes(String settings) {
        Map<String, String> changes = new TreeMap<>();
        for (String setting : settings.strip().split(" +")) {
            String[] parts = setting.split("=", 2);
            changes.put(parts[0], parts[1]);
        }
        return changes;
    }

    /** Scores by the model itself, [text][label]. */
    private static float[][] scores(LabelModel model) {
        SparseBatch batch = new SparseBatch();
        for (String text : TEXTS) {
            FeatureBuffer features = encode(model, text);
            batch.add(features.features, features.weights, features.count);
        }
        float[][] scores = new float[TEXTS.size()][model.labels().size()];
        try (Workers one = new Workers(1)) {
            new Workspace(model, TEXTS.size()).scores(batch, one, (worker, label, ofLabel) -> {
                for (int text = 0; text < TEXTS.size(); text++) {
                    scores[text][label] = ofLabel[text];
                }
            });
        }
        return scores;
    }

    private static float[][] run(byte[] file, LabelModel model) throws OrtException {
        long[][] features = new long[TEXTS.size()][12];
        float[][] values = new float[TEXTS.size()][12];
        for (int text = 0; text < TEXTS.size(); text++) {
            FeatureBuffer encoded = encode(model, TEXTS.get(text));
            for (int i = 0; i < encoded.count; i++) {
                features[text][i] = encoded.features[i];
                values[text][i] = encoded.weights[i];
            }
        }
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        try (OrtSession session = environment.createSession(file);
                OnnxTensor numbers = OnnxTensor.createTensor(environment, features);
                OnnxTensor weights = OnnxTensor.createTensor(environment, values);
                OrtSession.Result result = session.run(Map.of("features", numbers, "values", weights))) {
            return (float[][]) result.get("scores").orElseThrow().getValue();
        }
    }

    private static FeatureBuffer encode(LabelModel model, String text) {
        return ((TextFeatureSpace) model.features()).features().newEncoder().encode(text);
    }

    private static long[] longs(int[] numbers) {
        long[] longs = new long[numbers.length];
        for (int i = 0; i < numbers.length; i++) {
            longs[i] = numbers[i];
        }
        return longs;
    }

    private static double spread(float[][] scores) {
        double least = Double.MAX_VALUE;
        double most = -Double.MAX_VALUE;
        for (float[] row : scores) {
            for (float score : row) {
                least = Math.min(least, score);
                most = Math.max(most, score);
            }
        }
        return most - least;
    }
}
