package dev.longtail.bench.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.longtail.config.InputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** A hundred changed inputs for each reader, always the same ones; {@code bench.Fuzz} goes on for longer. */
final class FuzzTest {

    private static final int INPUTS = 100;

    @TempDir
    private static Path folder;

    @TestFactory
    Stream<DynamicTest> everyInputIsReadOrRefused() throws IOException {
        return Targets.in(folder).stream().map(target -> DynamicTest.dynamicTest(target.name(), () -> check(target)));
    }

    private static void check(Target target) throws InterruptedException {
        Fuzzer.Result result = Fuzzer.run(target, 1, upTo(INPUTS));
        for (Fuzzer.Failure failure : result.failures()) {
            String input = new String(failure.input(), StandardCharsets.ISO_8859_1);
            fail(target.name() + " on '" + input.substring(0, Math.min(2000, input.length())) + "'", failure.cause());
        }
        assertThat(result.inputs()).isEqualTo(INPUTS);
        assertThat(result.read()).as("inputs that were refused").isLessThan(INPUTS);
    }

    @Test
    void whatAReaderShouldNotDoIsFound() throws InterruptedException {
        assertThat(failures(input -> {
                    throw new InputException("input", 1, "refused");
                }))
                .as("of the right input, which is refused")
                .isEqualTo(1);
        assertThat(failures(input -> {
                    if (input[0] != 'r') {
                        throw new IllegalStateException("not documented");
                    }
                }))
                .isPositive();
        assertThat(failures(input -> {
                    byte[] huge = new byte[input[0] == 'r' ? 1 : 200 << 20];
                    huge[0] = 1;
                }))
                .isPositive();
        assertThat(failures(input -> {})).isZero();
    }

    private static int failures(ParserTargets.Reading reading) throws InterruptedException {
        List<byte[]> seeds = List.of("right 12".getBytes(StandardCharsets.UTF_8));
        return Fuzzer.run(new ParserTargets.Parser("planted", seeds, reading), 1, upTo(200))
                .failures()
                .size();
    }

    private static BooleanSupplier upTo(int inputs) {
        int[] left = {inputs};
        return () -> left[0]-- > 0;
    }
}
