package dev.longtail.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longtail.data.ReadListener;
import dev.longtail.metrics.Metrics;
import dev.longtail.metrics.Propensity;
import dev.longtail.metrics.RankingEvaluation;
import dev.longtail.train.EpochReport;
import dev.longtail.train.StepReport;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class ProgressTest {

    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Console console = Console.of(InputStream.nullInputStream(), OutputStream.nullOutputStream(), err);

    private List<String> lines() {
        return err.toString(StandardCharsets.UTF_8).lines().toList();
    }

    @Test
    void aLogGetsALineEveryTenSecondsAndOneAnEpoch() {
        AtomicLong clock = new AtomicLong(1_000_000_000L);
        PlainProgress progress = new PlainProgress(console, clock::get);
        progress.startTraining();
        for (int second = 1; second <= 25; second++) {
            clock.addAndGet(1_000_000_000L);
            progress.progress(new StepReport(1, 2, 40L * second, 1000, 0.5));
        }
        progress.epoch(new EpochReport(1, 0.5, 0, 0, 0, Optional.of(metrics()), true));

        assertThat(lines())
                .containsExactly(
                        // 400 of 2,000 examples in 10 s: 40 s for the rest
                        "epoch 1 of at most 2, 40 %: 40 examples/s  loss 0.5000  0:40 left",
                        "epoch 1 of at most 2, 80 %: 40 examples/s  loss 0.5000  0:30 left",
                        "epoch 1 of at most 2: loss 0.5000, validation P@1 50.00 %, P@5 10.00 % (best so far), 25.0 s");

        clock.addAndGet(10_000_000_000L);
        progress.progress(new StepReport(2, 2, 500, 1000, 0.25));
        assertThat(lines().get(3))
                .isEqualTo("epoch 2 of at most 2, 50 %: 50 examples/s  loss 0.2500  P@1 50.0%, best 50.0%  0:12 left");
        progress.epoch(new EpochReport(2, 0.25, 0, 0.125, 3, Optional.empty(), true));
        assertThat(lines().get(4))
                .isEqualTo("epoch 2 of at most 2: loss 0.2500, auxiliary loss 3.0000 (weight now 0.125), 10.0 s");
    }

    @Test
    void readingIsShownInALogToo() {
        AtomicLong clock = new AtomicLong();
        PlainProgress progress = new PlainProgress(console, clock::get);
        progress.progress(new ReadListener.Progress("count", "a.tsv", 1000, 250, 1000));
        clock.set(10_000_000_000L);
        progress.progress(new ReadListener.Progress("count", "a.tsv", 2000, 500, 1000));
        assertThat(lines()).containsExactly("reading a.tsv (count), 50 %: 2,000 lines");
    }

    @Test
    void aTerminalGetsABarWithinItsWidthAndKeepsTheEpochs() {
        try (TerminalProgress progress = new TerminalProgress(console, 60)) {
            progress.progress(
                    new ReadListener.Progress("count", "folder/a-file-with-a-long-name.tsv", 1000, 250, 1000));
            progress.startTraining();
            progress.progress(new StepReport(1, 2, 500, 1000, 0.5));
            progress.epoch(new EpochReport(1, 0.5, 0, 0, 0, Optional.empty(), true));
        }
        String text = err.toString(StandardCharsets.UTF_8);
        assertThat(text).contains("a-file-with-a-long-name.tsv", "epoch 1/2").endsWith("\r\u001b[K");
        for (String drawn : text.split("\r\u001b\\[K|\\R")) {
            assertThat(drawn.length()).as(drawn).isLessThan(60);
        }
        assertThat(text).contains("\r\u001b[Kepoch 1 of at most 2: loss 0.5000, ");
    }

    private static Metrics metrics() {
        RankingEvaluation evaluation = new RankingEvaluation(new int[] {3, 2}, 5, Propensity.DEFAULT, 1, 3, 5);
        evaluation.add(new int[] {0, 1}, 2, new int[] {0}, 1, 0);
        evaluation.add(new int[] {1}, 1, new int[] {}, 0, 1);
        return evaluation.metrics();
    }
}
