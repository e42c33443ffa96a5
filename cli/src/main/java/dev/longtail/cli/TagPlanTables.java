package dev.longtail.cli;

import dev.longtail.plan.DataShape;
import dev.longtail.plan.FittedPlan;
import dev.longtail.plan.ModelBytes;
import dev.longtail.plan.RunPlan;
import tools.jackson.databind.node.ObjectNode;

/** The plan of a model that tags. */
final class TagPlanTables extends PlanTables {

    private final RunPlan plan;

    TagPlanTables(FittedPlan<RunPlan> fitted) {
        super(fitted);
        this.plan = fitted.plan();
    }

    @Override
    String data() {
        DataShape data = plan.data();
        return Texts.count(data.examples()) + " examples to learn from, " + Texts.count(data.validation())
                + " to validate on, " + Texts.count(data.labels().count()) + " labels, "
                + Texts.count(data.features()) + " features";
    }

    @Override
    Table model() {
        ModelBytes model = plan.model();
        return Table.ofNumbers("Model, MB", "")
                .row("input table", megabytes(model.table()))
                .row("body and output layer", megabytes(model.output()))
                .row("association arm", megabytes(model.association()))
                .row("direct arm", megabytes(model.direct()))
                .row("labels, vocabulary", megabytes(model.texts()));
    }

    @Override
    void put(ObjectNode json) {
        json.put("trainExamples", plan.data().examples());
        json.put("labels", plan.data().labels().count());
        json.put("features", plan.data().features());
        ModelBytes model = plan.model();
        json.putObject("model")
                .put("table", model.table())
                .put("output", model.output())
                .put("association", model.association())
                .put("direct", model.direct())
                .put("texts", model.texts());
    }
}
