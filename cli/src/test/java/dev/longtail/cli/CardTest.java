package dev.longtail.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model card is made of what the folder records, and of nothing that differs from run to run. */
final class CardTest {

    @TempDir
    private Path folder;

    @Test
    void aModelThatTagsHasAllParts() throws IOException {
        Path model = TinyData.model(folder);
        Path test = TinyData.write(folder, "test.tsv", TinyData.Format.ANNIF, 9);
        Path card = folder.resolve("README.md");
        String[] command = {
            "card",
            "--model",
            model.toString(),
            "--test",
            test.toString(),
            "--to",
            card.toString(),
            "--name",
            "subjects: \"new\"",
            "--license",
            "cc-by-4.0",
            "--language",
            "en,sv"
        };
        Ran ran = Ran.of(command);
        assertThat(ran.code()).as(ran.err()).isZero();
        String text = Files.readString(card);
        assertThat(text)
                .startsWith("---\nlibrary_name: \"longtail\"\nlicense: \"cc-by-4.0\"\nlanguage:\n- \"en\"\n- \"sv\"\n")
                .contains("model-index:\n- name: \"subjects: \\\"new\\\"\"", "- type: \"precision_at_1\"")
                .contains("## Intended use", "## Limits", "## Measures", "## Data", "## Training", "## Size")
                .contains("out of 20", "400 examples", "train.seed = ", "longtail verify", "LabelModelFolder.read")
                .containsPattern("On the test set test.tsv, 400 examples:")
                .containsPattern("\\| P@1 \\| [0-9.]+ \\| [0-9.]+ to [0-9.]+ \\|")
                .doesNotContain(folder.toString());
        String sum = Ran.of("inspect", "--model", model.toString(), "--json")
                .json()
                .path("manifest")
                .path("provenance")
                .path("files")
                .path(0)
                .path("sha256")
                .asString();
        assertThat(text).containsPattern("\\| train.tsv \\| [0-9,]+ \\| `" + sum + "` \\|");
        assertThat(Ran.of(command).code()).isEqualTo(Failures.WRONG_USAGE);
        Files.delete(card);
        assertThat(Ran.of(command).code()).isZero();
        assertThat(card).hasContent(text);
    }

    @Test
    void withoutATestSetMeasuresAreThoseOfTheValidationPart() throws IOException {
        Path model = TinyData.model(folder);
        String text = Ran.of("card", "--model", model.toString()).out();
        assertThat(text).contains("# model\n", "On the validation part").doesNotContain("license", "test set");
    }

    @Test
    void aModelThatRates() throws IOException {
        StringBuilder lines = new StringBuilder("user,item,rating\n");
        for (int i = 0; i < 400; i++) {
            lines.append("u")
                    .append(i % 37)
                    .append(",i")
                    .append(i % 11)
                    .append(',')
                    .append(1 + i % 5)
                    .append('\n');
        }
        Path ratings = Files.writeString(folder.resolve("ratings.csv"), lines);
        Path model = folder.resolve("films");
        Ran trained = Ran.of(
                "train",
                "--task",
                "rate",
                "--train",
                ratings.toString(),
                "--model",
                model.toString(),
                "--max-epochs",
                "2");
        assertThat(trained.code()).as(trained.err()).isZero();
        Ran ran = Ran.of("card", "--model", model.toString(), "--test", ratings.toString());
        assertThat(ran.code()).as(ran.err()).isZero();
        assertThat(ran.out())
                .contains("37 users, 11 items", "- type: \"mse\"", "personal data", "longtail recommend")
                .containsPattern("\\| MSE \\| [0-9.]+ \\|");
    }

    @Test
    void optionsWithoutEffectAreRefused() throws IOException {
        Path model = TinyData.model(folder);
        assertThat(Ran.of("card", "--model", model.toString(), "--format", "annif")
                        .err())
                .contains("--format has no effect without --test");
        assertThat(Ran.of("card", "--model", model.toString(), "--overwrite").err())
                .contains("--overwrite has no effect without --to");
    }
}
