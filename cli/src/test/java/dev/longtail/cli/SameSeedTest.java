package dev.longtail.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/** The same seed gives the same model at any number of threads, to the last byte. */
final class SameSeedTest {

    private static final String MANIFEST = "model.json";

    @TempDir
    private Path folder;

    @Test
    void aPlainModel() throws IOException {
        assertThat(filesAtAnyNumberOfThreads(TinyData.SETTINGS))
                .contains("parameters.safetensors", "calibration.safetensors")
                .doesNotContain("arms.safetensors");
    }

    @Test
    void aModelWithADirectArmAndGroupsInEightBits() throws IOException {
        List<String> settings = new ArrayList<>(TinyData.SETTINGS);
        for (String change : List.of(
                "direct.candidates=8",
                "text.wordNgrams=2",
                "table.ngrams=false",
                "output.order=clusters",
                "output.group=4",
                "storedBits=8")) {
            settings.addAll(List.of("--set", change));
        }
        assertThat(filesAtAnyNumberOfThreads(settings))
                .contains("parameters.safetensors", "calibration.safetensors", "arms.safetensors");
        assertThat(Ran.of("inspect", "--model", folder.resolve("1").toString()).out())
                .containsPattern("Direct arm: [1-9][0-9,]* weights");
    }

    /** Whatever it consists of. */
    @Test
    void aModelOfAPreset() throws IOException {
        assertThat(filesAtAnyNumberOfThreads(List.of("--preset", "small"))).contains("labels.tsv");
    }

    /** Trains twice with all but the number of threads alike, and returns the names of the files, which are equal. */
    private List<String> filesAtAnyNumberOfThreads(List<String> settings) throws IOException {
        Path one = train("1", settings);
        Path three = train("3", settings);
        List<String> files = names(one);
        assertThat(names(three)).isEqualTo(files);
        // first, because where settings differ it says so better than bytes do
        assertThat(manifest(three)).isEqualTo(manifest(one));
        for (String file : files) {
            if (!file.startsWith(MANIFEST)) { // it holds the time, and the file of its checksum with it
                assertThat(three.resolve(file)).hasSameBinaryContentAs(one.resolve(file));
            }
        }
        return files;
    }

    private Path train(String threads, List<String> settings) throws IOException {
        String train = TinyData.write(folder, "train", TinyData.Format.ANNIF, 1).toString();
        Path model = folder.resolve(threads);
        List<String> arguments =
                new ArrayList<>(List.of("train", "--train", train, "--model", model.toString(), "--threads", threads));
        arguments.addAll(settings);
        Ran ran = Ran.of(arguments.toArray(String[]::new));
        assertThat(ran.code()).as(ran.err()).isZero();
        return model;
    }

    private static List<String> names(Path model) throws IOException {
        try (Stream<Path> files = Files.list(model)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    /** Settings, measures and checksums: all but the time. */
    private static ObjectNode manifest(Path model) throws IOException {
        ObjectNode manifest = (ObjectNode) Ran.json(Files.readString(model.resolve(MANIFEST)));
        manifest.remove("created");
        return manifest;
    }
}
