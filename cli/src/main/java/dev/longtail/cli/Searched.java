package dev.longtail.cli;

import dev.longtail.metrics.SearchRecall;
import dev.longtail.model.LabelModel;
import dev.longtail.output.SearchConfig;
import dev.longtail.output.SearchIndex;
import dev.longtail.output.SearchReport;
import dev.longtail.parallel.Workers;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** What pruned search saved and missed. */
record Searched(SearchConfig config, SearchIndex index, SearchReport report, SearchRecall recall) {

    /**
     * What a model is searched by.
     *
     * @throws UsageException when it cannot be searched so
     */
    static SearchIndex index(LabelModel model, SearchConfig config, Workers workers) {
        try {
            return model.index(config, workers);
        } catch (IllegalArgumentException e) {
            throw new UsageException(String.valueOf(e.getMessage()), e);
        }
    }

    /** One line on how much was looked at and what that took. */
    static String text(SearchReport report, SearchIndex index) {
        return "Search gave up " + Texts.percent(report.skippedShare()) + " % of the labels and "
                + Texts.percent(report.blocksSkippedShare()) + " % of their blocks, and read "
                + Texts.percent(report.readShare()) + " % of the weights. Its index: " + Texts.bytes(index.bytes())
                + ", made in " + Texts.seconds(index.seconds()) + ".";
    }

    void print(PrintWriter out) {
        List<String> header = new ArrayList<>(List.of("% of exact search"));
        List<String> found = new ArrayList<>(List.of("recall"));
        List<String> lost = new ArrayList<>(List.of("lost"));
        for (int k : recall.cutoffs()) {
            header.add("@" + k);
            found.add(Texts.percent(recall.at(k)));
            lost.add(Texts.percent(1 - recall.at(k)));
        }
        out.println();
        Table.ofNumbers(header.toArray(String[]::new)).row(found).row(lost).print(out);
        out.println();
        out.println(text(report, index));
    }

    void into(ObjectNode json) {
        json.put("search", "pruned");
        json.put("confidence", config.confidence());
        json.put("skippedShare", report.skippedShare());
        json.put("blocksSkippedShare", report.blocksSkippedShare());
        json.put("weightsReadShare", report.readShare());
        for (int k : recall.cutoffs()) {
            json.put("recall@" + k, recall.at(k));
        }
        json.put("indexBytes", index.bytes());
        json.put("indexSeconds", index.seconds());
    }
}
