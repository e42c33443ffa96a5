package dev.longtail.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

final class InterruptionTest {

    @TempDir
    private Path folder;

    @Test
    @Timeout(60)
    void anInterruptedTrainingLeavesNothingBehind() throws Exception {
        Path train = TinyData.write(folder, "train.tsv", TinyData.Format.ANNIF, 1);
        Path model = folder.resolve("model");
        Path temporary = Files.createDirectory(folder.resolve("temporary"));
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Console console = Console.of(InputStream.nullInputStream(), OutputStream.nullOutputStream(), err);
        AtomicInteger code = new AtomicInteger(-1);
        List<String> arguments = new ArrayList<>(List.of(
                "train",
                "--train",
                train.toString(),
                "--model",
                model.toString(),
                "--max-epochs",
                "1000000",
                "--set",
                "patience=1000000",
                "--temporary",
                temporary.toString()));
        arguments.addAll(TinyData.SETTINGS);
        Thread run = new Thread(() -> code.set(Main.run(console, arguments.toArray(String[]::new))));
        run.start();
        while (!err.toString(StandardCharsets.UTF_8).contains("epoch 1 ")) {
            Thread.sleep(10);
        }
        assertThat(temporary).isNotEmptyDirectory();
        run.interrupt();
        run.join();

        assertThat(code).hasValue(130);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .endsWith("longtail: interrupted; nothing was written to " + model + System.lineSeparator());
        assertThat(model).doesNotExist();
        assertThat(temporary).isEmptyDirectory();
    }
}
