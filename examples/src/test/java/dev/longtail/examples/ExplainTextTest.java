package dev.longtail.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExplainTextTest {

    @TempDir
    Path folder;

    @Test
    void theLinesBelowALabelAddUpToItsScore() throws IOException {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            texts.add("Birds and their forests, part " + i + "\t<u:birds>");
            texts.add("Ships in old harbours, part " + i + "\t<u:ships>");
        }
        Path train = Files.write(folder.resolve("train.tsv"), texts, StandardCharsets.UTF_8);
        Path labels = Files.write(folder.resolve("labels.tsv"), List.of("<u:birds>\tornithology", "<u:ships>\tships"));
        Path model = folder.resolve("model");
        Captured.lines(() -> TagTexts.main(new String[] {model.toString(), train.toString(), labels.toString()}));

        List<String> lines = Captured.lines(
                () -> ExplainText.main(new String[] {model.toString(), "Birds of the northern Forests"}));

        assertThat(lines.get(0)).endsWith(" <u:birds> ornithology");
        List<String> parts = lines.subList(1, lines.size());
        assertThat(parts).anyMatch(line -> line.endsWith(" Birds")).anyMatch(line -> line.endsWith(" Forests"));
        double sum = parts.stream().mapToDouble(ExplainTextTest::number).sum();
        assertThat(sum).isCloseTo(number(lines.get(0)), within(0.0001 * parts.size()));
    }

    private static double number(String line) {
        return Double.parseDouble(line.strip().split(" ")[0]);
    }
}
