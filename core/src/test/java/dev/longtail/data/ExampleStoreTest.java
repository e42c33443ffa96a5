package dev.longtail.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExampleStoreTest {

    @TempDir
    Path folder;

    /** The example of this number, made of nothing but the number. */
    private static Example random(int number, Example into) {
        Random random = new Random(number);
        into.featureCount = number % 5000 == 17 ? 50_000 : random.nextInt(40);
        into.labelCount = random.nextInt(20);
        into.unknownLabels = random.nextInt(3);
        into.ensureFeatures(into.featureCount);
        into.ensureLabels(into.labelCount);
        for (int i = 0; i < into.featureCount; i++) {
            into.features[i] = random.nextInt();
            into.weights[i] = random.nextFloat() - 0.5f;
        }
        for (int i = 0; i < into.labelCount; i++) {
            into.labels[i] = random.nextInt();
        }
        return into;
    }

    private static String content(Example example) {
        StringBuilder content = new StringBuilder().append(example.unknownLabels);
        for (int i = 0; i < example.featureCount; i++) {
            content.append(' ').append(example.features[i]).append(':').append(example.weights[i]);
        }
        for (int i = 0; i < example.labelCount; i++) {
            content.append(' ').append(example.labels[i]);
        }
        return content.toString();
    }

    private ExampleStore store(int size) throws IOException {
        try (ExampleStore.Writer writer = new ExampleStore.Writer(folder.resolve("made/here"))) {
            Example example = new Example();
            for (int i = 0; i < size; i++) {
                writer.add(random(i, example));
            }
            return writer.finish();
        }
    }

    private static void check(ExampleStore store, long seed) {
        Random random = new Random(seed);
        Example read = new Example();
        Example expected = new Example();
        for (int i = 0; i < 3000; i++) {
            int number = i % 100 == 0 ? 17 : random.nextInt(store.size());
            store.read(number, read);
            assertThat(content(read)).isEqualTo(content(random(number, expected)));
        }
    }

    @Test
    void givesBackWhatWasAddedToSeveralThreadsAtOnce() throws Exception {
        // More than one page of 65,536 offsets.
        try (ExampleStore store = store(70_000)) {
            assertThat(store.size()).isEqualTo(70_000);
            ExecutorService threads = Executors.newFixedThreadPool(4);
            try {
                List<Callable<Void>> checks = new ArrayList<>();
                for (int seed = 0; seed < 4; seed++) {
                    long own = seed;
                    checks.add(() -> {
                        check(store, own);
                        return null;
                    });
                }
                for (Future<Void> done : threads.invokeAll(checks)) {
                    done.get();
                }
            } finally {
                threads.shutdownNow();
            }
            Example last = new Example();
            store.read(69_999, last);
            assertThat(content(last)).isEqualTo(content(random(69_999, new Example())));
        }
    }

    @Test
    void leavesNothingBehind() throws IOException {
        Path made = folder.resolve("made/here");
        store(100).close();
        assertThat(files(made)).isEmpty();
        try (ExampleStore.Writer unfinished = new ExampleStore.Writer(made)) {
            unfinished.add(random(1, new Example()));
        }
        assertThat(files(made)).isEmpty();
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }

    @Test
    void holdsNoExamples() throws IOException {
        try (ExampleStore store = store(0)) {
            assertThat(store.size()).isZero();
            assertThat(store.bytes()).isZero();
            assertThatThrownBy(() -> store.read(0, new Example()))
                    .isInstanceOf(IndexOutOfBoundsException.class)
                    .hasMessage("example 0 of 0");
        }
    }

    @Test
    void refusesNumbersOutOfRange() throws IOException {
        try (ExampleStore store = store(3)) {
            assertThatThrownBy(() -> store.read(-1, new Example())).hasMessage("example -1 of 3");
            assertThatThrownBy(() -> store.read(3, new Example())).hasMessage("example 3 of 3");
        }
    }

    @Test
    void saysThatReadingWasCancelled() throws IOException {
        try (ExampleStore store = store(3)) {
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> store.read(0, new Example())).isInstanceOf(CancellationException.class);
            assertThat(Thread.interrupted()).isTrue();
        }
    }
}
