package dev.longtail.cli;

import dev.longtail.metrics.Reliability;
import dev.longtail.metrics.Reliability.Binning;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import tools.jackson.databind.node.ObjectNode;

/**
 * How far probabilities can be trusted.
 *
 * @param measured   of the best k suggestions, for each k
 * @param calibrated whether the probabilities are those of a calibration
 */
record ReliabilityTable(List<Reliability> measured, boolean calibrated) {

    ReliabilityTable {
        measured = List.copyOf(measured);
    }

    void print(PrintWriter out) {
        List<String> header = new ArrayList<>(List.of("% of probabilities"));
        measured.forEach(at -> header.add("@" + at.cutoff()));
        Table table = Table.ofNumbers(header.toArray(String[]::new));
        table.row(row("ECE", at -> error(at, Binning.EQUAL_WIDTH)));
        table.row(row("ECE, equal mass", at -> error(at, Binning.EQUAL_MASS)));
        table.row(row("Brier score", Reliability::brier));
        out.println();
        table.print(out);
        out.println();
        out.println("ECE: how far stated probabilities of the best k suggestions are from the share that is right, "
                + Reliability.BINS + " bins. They are "
                + (calibrated ? "calibrated." : "not calibrated, but what the loss makes of scores."));
    }

    private List<String> row(String name, ToDoubleFunction<Reliability> measure) {
        List<String> row = new ArrayList<>(List.of(name));
        measured.forEach(at -> row.add(Texts.percent(measure.applyAsDouble(at))));
        return row;
    }

    private static double error(Reliability at, Binning binning) {
        return at.expectedCalibrationError(binning, Reliability.BINS);
    }

    void into(ObjectNode json) {
        for (Reliability at : measured) {
            json.put("ECE@" + at.cutoff(), error(at, Binning.EQUAL_WIDTH));
            json.put("equalMassECE@" + at.cutoff(), error(at, Binning.EQUAL_MASS));
            json.put("Brier@" + at.cutoff(), at.brier());
        }
    }
}
