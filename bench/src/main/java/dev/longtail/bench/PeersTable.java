package dev.longtail.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/** The table of one data set, a row for each system. */
final class PeersTable {

    private static final List<String> MEASURES = List.of("P@1", "P@3", "P@5", "PSP@1", "PSP@3", "PSP@5");
    private static final String HEAD = "| system | " + String.join(" | ", MEASURES)
            + " | train, CPU s | predict, CPU s | peak RSS, MB | model, MB |\n" + "|---".repeat(MEASURES.size() + 5)
            + "|\n";

    private final String set;
    private final List<String> rows = new ArrayList<>();
    private String counts = "";

    PeersTable(String set) {
        this.set = set;
    }

    String longtail(WholeRun.Outcome outcome) {
        JsonNode trained = outcome.trained();
        return row(
                "Longtail",
                outcome.evaluated(),
                List.of(
                        trained.path("cpuSeconds").asDouble(),
                        outcome.evaluated().path("cpuSeconds").asDouble(),
                        trained.path("peakRssBytes").asDouble() / 1e6,
                        trained.path("modelBytes").asDouble() / 1e6));
    }

    /** Adds what {@link dev.longtail.bench.peer.PeerRun#start} returned. */
    String peer(String title, JsonNode outcome) {
        int ngrams = outcome.path("ngrams").asInt();
        String system = title + (ngrams > 1 ? ", runs of up to " + ngrams + " words" : "");
        if (outcome.has("notRun")) {
            return without(system, "not run: " + outcome.path("notRun").asString(""));
        }
        counts = String.format(
                Locale.ROOT,
                "%,d training examples, %,d labels, %,d test examples.%n%n",
                outcome.path("trainExamples").asInt(),
                outcome.path("labels").asInt(),
                outcome.path("testExamples").asInt());
        return row(
                system,
                outcome,
                List.of(
                        outcome.path("trainCpuSeconds").asDouble(),
                        outcome.path("predictCpuSeconds").asDouble(),
                        outcome.path("peakRssBytes").asDouble() / 1e6,
                        outcome.path("modelBytes").asDouble() / 1e6));
    }

    /** Adds a row for a system that has no figures. */
    String without(String system, String reason) {
        return add("| " + system + " | " + reason + " |" + " |".repeat(MEASURES.size() + 3) + "\n");
    }

    private String row(String system, JsonNode measured, List<Double> costs) {
        StringBuilder row = new StringBuilder("| " + system);
        for (String measure : MEASURES) {
            row.append(String.format(
                    Locale.ROOT, " | %.2f", 100 * measured.path(measure).asDouble()));
        }
        for (double cost : costs) {
            row.append(String.format(Locale.ROOT, cost < 10 ? " | %.1f" : " | %,.0f", cost));
        }
        return add(row.append(" |\n").toString());
    }

    private String add(String row) {
        rows.add(row);
        return row;
    }

    @Override
    public String toString() {
        return "\n## " + set + "\n\n" + counts + HEAD + String.join("", rows);
    }
}
