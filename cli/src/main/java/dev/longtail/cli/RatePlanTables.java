package dev.longtail.cli;

import dev.longtail.plan.FittedPlan;
import dev.longtail.plan.RatingPlan;
import dev.longtail.plan.RatingShape;
import tools.jackson.databind.node.ObjectNode;

/** The plan of a model that rates. */
final class RatePlanTables extends PlanTables {

    private final RatingPlan plan;

    RatePlanTables(FittedPlan<RatingPlan> fitted) {
        super(fitted);
        this.plan = fitted.plan();
    }

    @Override
    String data() {
        RatingShape data = plan.data();
        return Texts.count(data.ratings()) + " ratings to learn from, " + Texts.count(data.validation())
                + " to validate on, " + Texts.count(data.users().count()) + " users, "
                + Texts.count(data.items().count()) + " items";
    }

    @Override
    Table model() {
        RatingPlan.ModelSize model = plan.model();
        return Table.ofNumbers("Model, MB", "")
                .row("users", megabytes(model.users()))
                .row("items", megabytes(model.items()))
                .row("what users have rated", megabytes(model.seen()))
                .row("identifiers, names", megabytes(model.texts()));
    }

    @Override
    void put(ObjectNode json) {
        json.put("trainRatings", plan.data().ratings());
        json.put("users", plan.data().users().count());
        json.put("items", plan.data().items().count());
        RatingPlan.ModelSize model = plan.model();
        json.putObject("model")
                .put("users", model.users())
                .put("items", model.items())
                .put("seen", model.seen())
                .put("texts", model.texts());
    }
}
