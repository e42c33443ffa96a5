package dev.longtail.cli;

import dev.longtail.association.AssociationArm;
import dev.longtail.config.Settings;
import dev.longtail.data.TrainingData;
import dev.longtail.direct.DirectArm;
import dev.longtail.model.Mixture;
import dev.longtail.train.EpochReport;
import dev.longtail.train.LabelConfig;
import dev.longtail.train.StepRecord;
import dev.longtail.train.TrainListener;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * The course of a run as a file of JSON objects, one a line, written while the run goes on: first one of kind
 * {@code run}, {@code resume} where a run goes on that was interrupted, then {@code step} and {@code epoch}, and
 * {@code association}, {@code direct} and {@code mixture} for what models of several arms have besides. Neighbouring
 * steps share a line, means of their figures, so that a run of any length has about {@value #STEP_LINES} of them; a
 * step after which connections moved ends its line.
 */
final class RunLog implements TrainListener, AutoCloseable {

    private static final int STEP_LINES = 2000;

    private final BufferedWriter out;
    private final EpochTimes times;
    private long stepsALine = 1;
    private long steps;
    private double loss;
    private double auxiliaryLoss;
    private double encoderGradient;

    /**
     * @param file   to write, emptied where it exists
     * @param times  of the epochs, told of each epoch before this log is
     * @param goesOn whether lines come behind those that are there; what a run wrote after the epochs that a line of
     *               kind {@code resume} tells of is then there twice
     */
    RunLog(Path file, EpochTimes times, boolean goesOn) throws IOException {
        OpenOption mode = goesOn ? StandardOpenOption.APPEND : StandardOpenOption.TRUNCATE_EXISTING;
        this.out = Files.newBufferedWriter(
                file, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.WRITE, mode);
        this.times = times;
    }

    /** Writes what the run starts with. */
    void start(TrainingData data, LabelConfig config) {
        int batch = config.train().batch();
        int epochs = config.model().embedding() ? config.train().maxEpochs() : 0;
        long all = epochs * ((data.train().size() + batch - 1L) / batch);
        stepsALine = Math.max(1, (all + STEP_LINES - 1) / STEP_LINES);
        ObjectNode line = line("run");
        line.put("steps", all);
        line.put("stepsALine", stepsALine);
        line.put("trainExamples", data.train().size());
        line.put("labels", data.labels().size());
        line.put("features", data.features().size());
        line.set("settings", Settings.toJson(config));
        write(line);
    }

    @Override
    public void resumed(List<EpochReport> done) {
        ObjectNode line = line("resume");
        line.put("epochs", done.get(done.size() - 1).epoch());
        write(line);
    }

    @Override
    public void step(StepRecord step) {
        steps++;
        loss += step.loss();
        auxiliaryLoss += step.auxiliaryLoss();
        encoderGradient += step.encoderGradient();
        if (steps >= stepsALine || step.moved() > 0) {
            ObjectNode line = line("step");
            line.put("step", step.step());
            line.put("steps", steps);
            line.put("loss", loss / steps);
            line.put("rateFactor", step.rateFactor());
            line.put("auxiliaryWeight", step.auxiliaryWeight());
            line.put("auxiliaryLoss", auxiliaryLoss / steps);
            line.put("encoderGradient", encoderGradient / steps);
            line.put("moved", step.moved());
            line.put("scored", step.scored());
            line.put("updated", step.updated());
            write(line);
            steps = 0;
            loss = 0;
            auxiliaryLoss = 0;
            encoderGradient = 0;
        }
    }

    @Override
    public void epoch(EpochReport report) {
        ObjectNode line = line("epoch");
        line.put("epoch", report.epoch());
        line.put("loss", report.loss());
        line.put("moved", report.moved());
        line.put("auxiliaryWeight", report.auxiliaryWeight());
        line.put("auxiliaryLoss", report.auxiliaryLoss());
        line.put("seconds", times.last().seconds());
        line.put("cpuSeconds", times.last().cpuSeconds());
        line.put("best", report.best());
        report.validation().ifPresent(metrics -> Json.put(metrics, line));
        write(line);
    }

    @Override
    public void direct(DirectArm arm) {
        ObjectNode line = line("direct");
        line.put("weights", arm.size());
        write(line);
    }

    @Override
    public void association(AssociationArm arm) {
        ObjectNode line = line("association");
        line.put("connections", arm.size());
        write(line);
    }

    @Override
    public void mixture(Mixture mixture) {
        ObjectNode line = line("mixture");
        line.put("association", mixture.association());
        line.put("embedding", mixture.embedding());
        line.put("direct", mixture.direct());
        write(line);
    }

    private static ObjectNode line(String kind) {
        return Json.object().put("kind", kind);
    }

    // Whoever follows the run sees a line as soon as it is complete.
    private void write(ObjectNode line) {
        try {
            out.write(Json.line(line));
            out.write('\n');
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the log of the run: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
