package dev.longtail.cli;

import dev.longtail.data.DataFacts;
import dev.longtail.metrics.Band;
import dev.longtail.metrics.LabelBands;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.node.ObjectNode;

/** The counts of a data set, for people and for programs. */
final class DataTables {

    private final DataFacts facts;
    private final LabelBands bands;

    DataTables(DataFacts facts) {
        this.facts = facts;
        this.bands = LabelBands.of(facts.labels().frequencies());
    }

    void print(PrintWriter out) {
        columns().print(out);
        out.println();
        List<String> names = MetricTables.bandNames(bands);
        Table thirds = Table.ofNumbers("labels by frequency, a third of the occurrences each", "labels");
        for (Band band : Band.values()) {
            thirds.row(names.get(band.ordinal()), Texts.count(bands.labels().getOrDefault(band, 0)));
        }
        thirds.print(out);
    }

    private Table columns() {
        DataFacts.Part train = facts.train();
        DataFacts.Part test = facts.test();
        boolean names = facts.namedLabels() > 0;
        Table table = names ? Table.ofNumbers("", "examples alone", "with names") : Table.ofNumbers("", "examples");
        row(table, "training examples", count(train.examples()), count(train.examples() + facts.namedLabels()));
        row(table, "of these without labels", count(train.examples() - train.labelled()), "");
        if (test != null) {
            row(table, "test examples", count(test.examples()), "");
            row(table, "of these without labels", count(test.examples() - test.labelled()), "");
        }
        Integer nameFeatures = facts.nameFeatures();
        row(table, "features", count(facts.features()), nameFeatures == null ? "" : count(nameFeatures));
        row(table, "labels", count(facts.labels().size()), count(facts.namedLabels()));
        row(table, "labels an example", mean(train.labelsAnExample()), mean(facts.labelsAnExampleWithNames()));
        row(table, "examples a label", mean(facts.examplesALabel()), mean(facts.examplesALabelWithNames()));
        if (test != null) {
            row(table, "labels a test example", mean(test.labelsAnExample()), "");
            row(table, "label occurrences of it unknown in training", count(test.unknownLabels()), "");
        }
        return table;
    }

    private void row(Table table, String what, String alone, String withNames) {
        if (facts.namedLabels() > 0) {
            table.row(what, alone, withNames);
        } else {
            table.row(what, alone);
        }
    }

    private static String count(long count) {
        return Texts.count(count);
    }

    private static String mean(double mean) {
        return String.format(Locale.ROOT, "%.2f", mean);
    }

    ObjectNode json() {
        ObjectNode object = Json.object();
        put(facts.train(), object.putObject("train"));
        DataFacts.Part test = facts.test();
        if (test != null) {
            put(test, object.putObject("test"));
        }
        object.put("features", facts.features());
        object.put("labels", facts.labels().size());
        object.put("examplesALabel", facts.examplesALabel());
        ObjectNode counts = object.putObject("bands");
        bands.labels().forEach((band, labels) -> counts.put(band.toString(), labels));
        object.put("namedLabels", facts.namedLabels());
        if (facts.namedLabels() > 0) {
            ObjectNode names = object.putObject("withNames");
            names.put("trainExamples", facts.train().examples() + facts.namedLabels());
            names.put("features", facts.nameFeatures());
            names.put("labelsAnExample", facts.labelsAnExampleWithNames());
            names.put("examplesALabel", facts.examplesALabelWithNames());
        }
        return object;
    }

    private static void put(DataFacts.Part part, ObjectNode into) {
        into.put("examples", part.examples());
        into.put("labelled", part.labelled());
        into.put("labelOccurrences", part.occurrences());
        into.put("unknownLabelOccurrences", part.unknownLabels());
        into.put("labelsAnExample", part.labelsAnExample());
    }
}
