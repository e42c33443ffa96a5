package dev.longtail.tune;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a search found.
 *
 * @param config how it searched
 * @param rungs numbers of training examples, ascending
 * @param trials in the order in which they were made
 * @param winner the best that can still be trained on all examples within the time
 * @param seconds of the search
 * @param finalSeconds that training the winner on all examples will take, about
 */
public record TuneResult(
        TuneConfig config,
        List<Integer> rungs,
        List<Trial> trials,
        Candidate winner,
        double seconds,
        double finalSeconds) {

    public TuneResult {
        rungs = List.copyOf(rungs);
        trials = List.copyOf(trials);
    }

    /** The latest trial of a candidate that was measured, which is the one on most examples. */
    public Optional<Trial> latest(Candidate candidate) {
        return trials.stream()
                .filter(trial -> trial.isMeasured() && trial.candidate().number() == candidate.number())
                .reduce((earlier, later) -> later);
    }

    /** Numbers of the candidates by how their last trial went. */
    public Map<Trial.Outcome, Long> outcomes() {
        Map<Integer, Trial.Outcome> last = trials.stream()
                .collect(Collectors.toMap(
                        trial -> trial.candidate().number(), Trial::outcome, (earlier, later) -> later));
        return last.values().stream().collect(Collectors.groupingBy(outcome -> outcome, Collectors.counting()));
    }

    /** All of it, for programs and for the provenance of a model. */
    public ObjectNode toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("metric", config.metric().name());
        json.put("budgetSeconds", config.budgetSeconds());
        json.put("searchSeconds", seconds);
        json.put("eta", config.eta());
        ArrayNode sizes = json.putArray("rungs");
        rungs.forEach(sizes::add);
        ObjectNode chosen = json.putObject("chosen");
        chosen.put("candidate", winner.number());
        chosen.set("settings", settings(winner));
        ArrayNode list = json.putArray("trials");
        for (Trial trial : trials) {
            ObjectNode node = list.addObject();
            node.put("candidate", trial.candidate().number());
            node.put("rung", trial.rung());
            node.put("examples", trial.examples());
            node.put("outcome", trial.outcome().name().toLowerCase(Locale.ROOT).replace('_', '-'));
            if (trial.isMeasured()) {
                node.put("value", trial.value());
                node.put("epochs", trial.epochs());
            } else {
                node.put("reason", trial.reason());
            }
            node.put("seconds", trial.seconds());
            node.set("settings", settings(trial.candidate()));
        }
        return json;
    }

    private static ObjectNode settings(Candidate candidate) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        candidate.changes().forEach(json::put);
        return json;
    }
}
