package dev.longtail.cli;

import dev.longtail.association.AssociationArm;
import dev.longtail.data.ReadListener;
import dev.longtail.direct.DirectArm;
import dev.longtail.model.Mixture;
import dev.longtail.train.DirectReport;
import dev.longtail.train.EpochReport;
import dev.longtail.train.StepReport;
import java.nio.file.Path;
import java.util.Locale;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressState;
import org.jspecify.annotations.Nullable;

/** One bar at the bottom of a terminal, redrawn in place, and a line that stays for each epoch. */
final class TerminalProgress implements ProgressDisplay {

    private static final String ERASE_LINE = "\r\u001b[K";
    private static final int REDRAW_MILLIS = 250;
    private static final int WIDEST_BAR = 30;
    private static final long SCALE = 1_000_000; // of the bar's length

    private final Console console;
    private final int columns;
    private TrainProgress training = new TrainProgress(System::nanoTime);
    private @Nullable ProgressBar bar;
    private String title = "";
    private long lastFigures;

    /** @param columns of the terminal */
    TerminalProgress(Console console, int columns) {
        this.console = console;
        this.columns = columns;
    }

    @Override
    public void startTraining() {
        training = new TrainProgress(System::nanoTime);
    }

    @Override
    public void progress(StepReport step) {
        training.step(step);
        ProgressBar shown = bar("");
        shown.stepTo((long) (SCALE * training.share()));
        long now = System.nanoTime();
        if (now - lastFigures > REDRAW_MILLIS * 1_000_000L) {
            lastFigures = now;
            shown.setExtraMessage("epoch " + step.epoch() + "/" + step.maxEpochs() + "  " + training.figures());
        }
    }

    @Override
    public void epoch(EpochReport report) {
        line(training.epoch(report));
    }

    @Override
    public void direct(DirectReport report) {
        ProgressBar shown = bar(TrainProgress.title(report));
        shown.stepTo(SCALE * report.done() / report.all());
        shown.setExtraMessage(TrainProgress.figures(report));
    }

    @Override
    public void association(AssociationArm arm) {
        line(TrainProgress.association(arm));
    }

    @Override
    public void direct(DirectArm arm) {
        line(TrainProgress.direct(arm));
    }

    @Override
    public void mixture(Mixture mixture) {
        line(TrainProgress.mixture(mixture));
    }

    @Override
    public void progress(ReadListener.Progress pass) {
        ProgressBar shown = bar("reading " + Path.of(pass.file()).getFileName());
        shown.stepTo(SCALE * pass.bytesDone() / Math.max(1, pass.bytesTotal()));
        shown.setExtraMessage(String.format(Locale.ROOT, "%s, %,d lines", pass.pass(), pass.lines()));
    }

    @Override
    public void measured(long done, long all) {
        ProgressBar shown = bar("ranking");
        shown.stepTo(SCALE * done / all);
        shown.setExtraMessage(Texts.count(done) + " examples");
    }

    private ProgressBar bar(String newTitle) {
        if (bar == null || !title.equals(newTitle)) {
            clear();
            title = newTitle;
            bar = new ProgressBarBuilder()
                    .setTaskName(newTitle)
                    .setInitialMax(SCALE)
                    .setUpdateIntervalMillis(REDRAW_MILLIS)
                    .setRenderer(TerminalProgress::render)
                    .setConsumer(new DelegatingProgressBarConsumer(this::draw, columns - 1))
                    .build();
        }
        return bar;
    }

    static String render(ProgressState state, int width) {
        String percent = String.format(Locale.ROOT, "%3.0f%%", 100 * state.getNormalizedProgress());
        String rest = percent + "  " + state.getExtraMessage();
        int room = Math.min(WIDEST_BAR, width - state.getTaskName().length() - rest.length() - 4);
        String drawn = "";
        if (room >= 5) {
            int full = (int) Math.round(room * state.getNormalizedProgress());
            drawn = "[" + "=".repeat(full) + " ".repeat(room - full) + "] ";
        }
        String line = (state.getTaskName() + " " + drawn + rest).strip();
        return line.length() <= width ? line : line.substring(0, width);
    }

    // The bar's own thread draws too; a printer locks itself for each call.
    private void draw(String line) {
        console.err().print(ERASE_LINE + line);
        console.err().flush();
    }

    private void line(String text) {
        console.err().println(ERASE_LINE + text);
    }

    @Override
    public void clear() {
        if (bar != null) {
            bar.close();
            bar = null;
            draw("");
        }
    }
}
