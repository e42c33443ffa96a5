package dev.longtail.cli;

import dev.longtail.plan.Cost;
import dev.longtail.plan.FittedPlan;
import dev.longtail.plan.FittedPlan.Change;
import dev.longtail.plan.MemoryPlan;
import dev.longtail.plan.Part;
import dev.longtail.plan.Phase;
import dev.longtail.plan.Plan;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A plan for people and for programs: what all plans tell; what they are of is told by subclasses. */
abstract class PlanTables {

    private final FittedPlan<?> fitted;
    private final Plan plan;

    PlanTables(FittedPlan<?> fitted) {
        this.fitted = fitted;
        this.plan = fitted.plan();
    }

    /** The data, in a line. */
    abstract String data();

    /** The size of the model, by what it holds. */
    abstract Table model();

    /** Adds the counts of the data and the parts of the model. */
    abstract void put(ObjectNode json);

    final void print(PrintWriter out) {
        out.println(data());
        out.println();
        printMemory(out);
        out.println();
        printTime(out);
        out.println();
        model().row("all", megabytes(plan.modelBytes())).print(out);
        out.println();
        Cost time = plan.time().total();
        out.println("Peak memory " + Texts.bytes(plan.memory().peak()) + " (while "
                + plan.memory().largest().doing() + "), the least --max-memory for these settings "
                + Texts.bytes(plan.leastMemory()) + ".");
        out.println("Time " + Texts.seconds(time.seconds()) + ", processor time " + Texts.seconds(time.cpuSeconds())
                + ", on this machine as busy as it is now, if all epochs are made.");
        out.println("Temporary files " + Texts.bytes(plan.temporaryBytes()) + ", checkpoints of a long run up to "
                + Texts.bytes(plan.checkpointBytes()) + ", model " + Texts.bytes(plan.modelBytes()) + ".");
    }

    private void printMemory(PrintWriter out) {
        MemoryPlan memory = plan.memory();
        List<Phase> phases = List.copyOf(memory.phases().keySet());
        List<String> header = new ArrayList<>(List.of("Memory, MB"));
        phases.forEach(phase -> header.add(phase.toString()));
        Table table = Table.ofNumbers(header.toArray(String[]::new));
        for (Part part : memory.parts()) {
            List<String> row = new ArrayList<>(List.of(part.toString()));
            phases.forEach(phase -> row.add(megabytes(memory.bytes(phase, part))));
            table.row(row);
        }
        List<String> total = new ArrayList<>(List.of("all"));
        phases.forEach(phase -> total.add(megabytes(memory.bytes(phase))));
        table.row(total).print(out);
    }

    private void printTime(PrintWriter out) {
        Table table = Table.ofNumbers("Time, s", "wall", "processors");
        plan.time()
                .phases()
                .forEach((phase, cost) ->
                        table.row(phase.toString(), decimal(cost.seconds()), decimal(cost.cpuSeconds())));
        Cost total = plan.time().total();
        table.row("all", decimal(total.seconds()), decimal(total.cpuSeconds())).print(out);
    }

    static String megabytes(long bytes) {
        return bytes == 0 ? "" : decimal(bytes / 1e6);
    }

    private static String decimal(double number) {
        return String.format(Locale.ROOT, "%.1f", number);
    }

    final ObjectNode json() {
        ObjectNode json = Json.object();
        Cost time = plan.time().total();
        json.put("peakRssBytes", plan.memory().peak());
        json.put("seconds", time.seconds());
        json.put("cpuSeconds", time.cpuSeconds());
        json.put("temporaryBytes", plan.temporaryBytes());
        json.put("checkpointBytes", plan.checkpointBytes());
        json.put("modelBytes", plan.modelBytes());
        json.put("leastMemoryBytes", plan.leastMemory());
        ObjectNode memory = json.putObject("memory");
        plan.memory().phases().forEach((phase, parts) -> {
            ObjectNode node = memory.putObject(phase.toString());
            parts.forEach((part, bytes) -> node.put(part.toString(), bytes));
        });
        ObjectNode times = json.putObject("time");
        plan.time()
                .phases()
                .forEach((phase, cost) -> times.putObject(phase.toString())
                        .put("seconds", cost.seconds())
                        .put("cpuSeconds", cost.cpuSeconds()));
        put(json);
        ArrayNode changes = json.putArray("changes");
        for (Change change : fitted.changes()) {
            changes.addObject()
                    .put("setting", change.path())
                    .put("before", change.before())
                    .put("now", change.now());
        }
        return json;
    }
}
