package dev.longtail.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longtail.data.SourceFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A model that is trained again from what its folder tells is the same, and where it is not, that is said exactly. */
final class VerifyTest {

    @TempDir
    private Path folder;

    @Test
    void aModelThatTagsIsTheSameAtAnyNumberOfThreads() throws IOException {
        Path model = TinyData.model(folder);
        Ran one = Ran.of("verify", model.toString(), "--threads", "1");
        assertThat(one.code()).as(one.err() + one.out()).isZero();
        assertThat(one.out()).contains("trained again, and all 4 files are the same, bit for bit");
        Ran three = Ran.of("verify", "--model", model.toString(), "--threads", "3", "--json");
        assertThat(three.code()).isZero();
        JsonNode json = three.json();
        assertThat(json.path("same").asBoolean()).isTrue();
        assertThat(json.path("trained").asBoolean()).isTrue();
        assertThat(json.path("data").findValuesAsString("standing")).containsExactly("same", "same");
        assertThat(json.path("differentFiles").isEmpty()).isTrue();
    }

    @Test
    void aModelOfThreeArmsWithItsOwnPropensityAndValidation() throws IOException {
        String train =
                TinyData.write(folder, "train.jsonl", TinyData.Format.JSONL, 1).toString();
        String validate =
                TinyData.write(folder, "v.jsonl", TinyData.Format.JSONL, 2).toString();
        Path model = folder.resolve("arms");
        Ran trained = Ran.of(
                "train",
                "--train",
                train,
                "--validate",
                validate,
                "--model",
                model.toString(),
                "--format",
                "jsonl",
                "--preset",
                "small",
                "--propensity",
                "0.6,2.6",
                "--max-epochs",
                "2");
        assertThat(trained.code()).as(trained.err()).isZero();
        Ran ran = Ran.of("verify", model.toString());
        assertThat(ran.code()).as(ran.err() + ran.out()).isZero();
    }

    @Test
    void aModelWithTheEncoderOfAnother() throws IOException {
        Path encoder = TinyData.model(folder);
        Path model = folder.resolve("second");
        Ran trained = TinyData.train(
                "--train",
                folder.resolve("train.tsv").toString(),
                "--encoder-from",
                encoder.toString(),
                "--model",
                model.toString());
        assertThat(trained.code()).as(trained.err()).isZero();
        Ran ran = Ran.of("verify", model.toString());
        assertThat(ran.code()).as(ran.err() + ran.out()).isZero();
    }

    @Test
    void aModelThatRates() throws IOException {
        Path ratings = ratings();
        Path items = Files.writeString(folder.resolve("items.tsv"), "0\tfirst\n1\tsecond\n");
        Path model = folder.resolve("rating");
        Ran trained = Ran.of(
                "train",
                "--task",
                "rate",
                "--train",
                ratings.toString(),
                "--items",
                items.toString(),
                "--model",
                model.toString(),
                "--max-epochs",
                "3",
                "--dimension",
                "4");
        assertThat(trained.code()).as(trained.err()).isZero();
        Ran ran = Ran.of("verify", model.toString(), "--threads", "1");
        assertThat(ran.code()).as(ran.err() + ran.out()).isZero();

        change(
                model,
                manifest -> manifest.withObject("settings").withObject("train").put("seed", 99));
        Ran other = Ran.of("verify", model.toString());
        assertThat(other.code()).isEqualTo(Failures.FAILED);
        assertThat(other.out())
                .contains("NOT the same", "file parameters.safetensors", "The first tensor that differs");
    }

    @Test
    void aStreamOfRatings() throws IOException {
        Path model = folder.resolve("stream");
        Ran trained = Ran.of(
                "train",
                "--task",
                "rate",
                "--train",
                ratings().toString(),
                "--model",
                model.toString(),
                "--online",
                "--chunk",
                "200",
                "--set",
                "users.kind=anchors",
                "--set",
                "items.kind=anchors",
                "--dimension",
                "4",
                "--set",
                "users.anchors.count=3",
                "--set",
                "items.anchors.count=3");
        assertThat(trained.code()).as(trained.err()).isZero();
        Ran ran = Ran.of("verify", model.toString(), "--threads", "1");
        assertThat(ran.code()).as(ran.err() + ran.out()).isZero();
    }

    @Test
    void anotherSeedIsFoundInTheFirstTensorThatDiffers() throws IOException {
        Path model = TinyData.model(folder);
        change(
                model,
                manifest -> manifest.withObject("settings").withObject("train").put("seed", 99));
        Ran ran = Ran.of("verify", model.toString(), "--json");
        assertThat(ran.code()).isEqualTo(Failures.FAILED);
        JsonNode json = ran.json();
        assertThat(json.path("same").asBoolean()).isFalse();
        assertThat(json.path("differentFiles").findValuesAsString("name")).contains("parameters.safetensors");
        JsonNode tensor = json.path("firstTensor");
        assertThat(tensor.path("numbers").asLong()).isPositive();
        assertThat(tensor.path("different").asLong()).isPositive();
        assertThat(tensor.path("model").asDouble())
                .isNotEqualTo(tensor.path("now").asDouble());
        assertThat(json.path("differentFields").findValuesAsString("path"))
                .anyMatch(path -> path.startsWith("provenance."));
    }

    @Test
    void anotherSettingIsNamed() throws IOException {
        Path model = TinyData.model(folder);
        change(model, manifest -> manifest.put("trainExamples", 7));
        Ran ran = Ran.of("verify", model.toString());
        assertThat(ran.code()).isEqualTo(Failures.FAILED);
        assertThat(ran.out()).containsPattern("trainExamples +7 +400");
    }

    @Test
    void anotherLineOfATextFileIsNamed() throws IOException {
        Path model = TinyData.model(folder);
        Path labels = model.resolve("labels.tsv");
        List<String> lines = Files.readAllLines(labels);
        lines.set(2, lines.get(2).replace("Name of", "Title of"));
        byte[] bytes = (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
        Files.write(labels, bytes);
        String sum = SourceFile.of(labels).sha256();
        change(
                model,
                manifest -> manifest.path("files").forEach(file -> {
                    if (file.path("name").asString("").equals("labels.tsv")) {
                        ((ObjectNode) file).put("bytes", bytes.length).put("sha256", sum);
                    }
                }));
        Ran ran = Ran.of("verify", model.toString());
        assertThat(ran.code()).isEqualTo(Failures.FAILED);
        assertThat(ran.out()).contains("labels.tsv:3", "Title of").doesNotContain("The first tensor");
    }

    @Test
    void dataThatChangedIsMissingOrMoved() throws IOException {
        Path model = TinyData.model(folder);
        Path train = folder.resolve("train.tsv");
        byte[] before = Files.readAllBytes(train);
        Files.writeString(train, "another text\t<http://example.org/1>\n");
        Ran changed = Ran.of("verify", model.toString());
        assertThat(changed.code()).isEqualTo(Failures.FAILED);
        assertThat(changed.out()).contains("NOT trained again", "train.tsv", "changed, ");

        Files.delete(train);
        Ran missing = Ran.of("verify", model.toString(), "--json");
        assertThat(missing.code()).isEqualTo(Failures.FAILED);
        assertThat(missing.json().path("trained").asBoolean()).isFalse();
        assertThat(missing.json().path("data").findValuesAsString("standing")).contains("missing", "same");

        Path moved = Files.createDirectory(folder.resolve("archive"));
        Files.write(moved.resolve("train.tsv"), before);
        Files.move(folder.resolve("labels.tsv"), moved.resolve("labels.tsv"));
        Ran found = Ran.of("verify", model.toString(), "--data-from", moved.toString());
        assertThat(found.code()).as(found.err() + found.out()).isZero();
    }

    @Test
    void sumsAloneAreCheckedWithoutTheData() throws IOException {
        Path model = TinyData.model(folder);
        Files.delete(folder.resolve("train.tsv"));
        Ran ran = Ran.of("verify", model.toString(), "--checksums");
        assertThat(ran.code()).isZero();
        assertThat(ran.out()).contains("all 4 files have the sums");
        assertThat(Ran.of("verify", model.toString(), "--checksums", "--json")
                        .json()
                        .path("same")
                        .asBoolean())
                .isTrue();

        Path parameters = model.resolve("parameters.safetensors");
        byte[] bytes = Files.readAllBytes(parameters);
        bytes[bytes.length - 5] ^= 4;
        Files.write(parameters, bytes);
        Ran damaged = Ran.of("verify", model.toString(), "--checksums");
        assertThat(damaged.code()).isEqualTo(Failures.WRONG_INPUT);
        assertThat(damaged.err()).contains("parameters.safetensors", "SHA-256");
    }

    @Test
    void otherKernelsAndVersionsAreTold() throws IOException {
        Path model = TinyData.model(folder);
        change(model, manifest -> {
            manifest.withObject("provenance").put("kernels", "vector-999").put("libraryVersion", "9.9.9");
            manifest.withObject("settings").withObject("train").put("seed", 99);
        });
        Ran ran = Ran.of("verify", model.toString());
        assertThat(ran.code()).isEqualTo(Failures.FAILED);
        assertThat(ran.err()).contains("kernels vector-999", "the last bits");
        assertThat(ran.out()).contains("9.9.9", "-XX:MaxVectorSize=124");
    }

    @Test
    void whatCannotBeTrainedAgainIsRefused() throws IOException {
        Path model = TinyData.model(folder);
        Path small = folder.resolve("small");
        assertThat(Ran.of("shrink", "--model", model.toString(), "--to", small.toString(), "--bits", "8")
                        .code())
                .isZero();
        Ran shrunk = Ran.of("verify", small.toString());
        assertThat(shrunk.code()).isEqualTo(Failures.WRONG_INPUT);
        assertThat(shrunk.err()).contains("was made by shrink", "--checksums");
        assertThat(Ran.of("verify", small.toString(), "--checksums").code()).isZero();

        change(model, manifest -> manifest.withObject("provenance").remove("options"));
        Ran older = Ran.of("verify", model.toString());
        assertThat(older.code()).isEqualTo(Failures.WRONG_INPUT);
        assertThat(older.err()).contains("does not tell which file was for what");

        assertThat(Ran.of("verify").code()).isEqualTo(Failures.WRONG_USAGE);
        assertThat(Ran.of("verify", model.toString(), "--model", model.toString())
                        .code())
                .isEqualTo(Failures.WRONG_USAGE);
        assertThat(Ran.of("verify", model.toString(), "--checksums", "--data-from", folder.toString())
                        .code())
                .isEqualTo(Failures.WRONG_USAGE);
    }

    private Path ratings() throws IOException {
        StringBuilder lines = new StringBuilder("user,item,rating\n");
        for (int user = 0; user < 40; user++) {
            for (int item = user % 3; item < 30; item += 3) {
                lines.append(user)
                        .append(',')
                        .append(item)
                        .append(',')
                        .append(1 + (user * 7 + item) % 5)
                        .append('\n');
            }
        }
        return Files.writeString(folder.resolve("ratings.csv"), lines);
    }

    /** Changes a manifest and gives it its sum, as somebody would who does not want it to be noticed. */
    private static void change(Path model, Consumer<ObjectNode> edit) throws IOException {
        Path file = model.resolve("model.json");
        ObjectNode manifest = (ObjectNode) Ran.json(Files.readString(file));
        edit.accept(manifest);
        byte[] bytes = manifest.toString().getBytes(StandardCharsets.UTF_8);
        Files.write(file, bytes);
        Files.writeString(
                model.resolve("model.json.sha256"), SourceFile.of(file).sha256() + "  model.json\n");
    }
}
