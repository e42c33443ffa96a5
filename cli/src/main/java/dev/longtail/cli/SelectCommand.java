package dev.longtail.cli;

import dev.longtail.format.AnchorFacts;
import dev.longtail.nonparametric.AnchorObjective;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

@Command(
        name = "select",
        description = "Ranks stored models by their loss, non-zeros and anchors.",
        footer = {
            "",
            "The objective is loss + lambda2 nnz + (lambda1 - lambda2) K, least is best: nnz non-zeros of the",
            "transforms and K anchors in all tables together, and the loss on validation examples that",
            "model.json records: the mean squared error of models that rate, ln perplexity of language",
            "models, 1 - P@1 of models that tag. Models are compared by one loss only. (Eq. 36 of Liang et",
            "al., Anchor & Transform, ICLR 2021.)",
            "",
            "A table without anchors counts as one in which every object is its own anchor: as many anchors",
            "and as many non-zeros as objects, or with hashing as many anchors as buckets. What is marked as",
            "front has no other model beside it that is better in one of loss, anchors and non-zeros and not",
            "worse in the others: for other values of lambda1 and lambda2, another of these may be best.",
            "Only model.json is read.",
            "",
            "Example:",
            "  longtail select --model ant-10 ant-50 ant-100 --lambda1 0.01 --lambda2 1e-6",
        })
final class SelectCommand implements Callable<Integer> {

    private final Console console;

    @Option(
            names = "--model",
            required = true,
            arity = "1..*",
            paramLabel = "DIR",
            description = "Folders of the models.")
    private List<Path> models;

    @Option(
            names = "--lambda1",
            required = true,
            paramLabel = "X",
            description = "What an anchor costs is lambda1 - lambda2; at least lambda2.")
    private double lambda1;

    @Option(
            names = "--lambda2",
            required = true,
            paramLabel = "Y",
            description = "What a non-zero of a transform costs, at least 0.")
    private double lambda2;

    @Option(names = "--json", description = "Write one JSON object instead of a table.")
    private boolean json;

    SelectCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        AnchorObjective objective = objective();
        List<Ranked.Candidate> candidates = new ArrayList<>();
        for (Path model : models) {
            candidates.add(Ranked.Candidate.of(model, AnchorFacts.read(model)));
        }
        String lossName = Ranked.lossName(candidates);
        List<Ranked> ranking = Ranked.of(candidates, objective);
        if (json) {
            console.out().println(Json.line(object(lossName, ranking)));
        } else {
            print(lossName, ranking);
        }
        console.flush();
        return Failures.DONE;
    }

    private AnchorObjective objective() {
        try {
            return new AnchorObjective(lambda1, lambda2);
        } catch (IllegalArgumentException e) {
            throw new UsageException("--" + e.getMessage(), e);
        }
    }

    private void print(String lossName, List<Ranked> ranking) {
        Table table = Table.ofNumbers(
                "model", lossName, "nnz", "anchors", "nnz term", "anchor term", "objective", "parameters", "");
        for (Ranked ranked : ranking) {
            AnchorFacts facts = ranked.candidate().facts();
            table.row(
                    Texts.printable(ranked.candidate().model().toString()),
                    Texts.significant(ranked.terms().loss()),
                    Texts.count(facts.nnz()),
                    Texts.count(facts.anchors()),
                    Texts.significant(ranked.terms().entries()),
                    Texts.significant(ranked.terms().anchors()),
                    Texts.significant(ranked.terms().value()),
                    Texts.count(facts.parameters()),
                    (ranked.best() ? "best, " : "") + (ranked.front() ? "front" : "-"));
        }
        table.print(console.out());
        console.out()
                .println("Best by " + lossName + " + " + lambda2 + " nnz + (" + lambda1 + " - " + lambda2
                        + ") anchors: "
                        + Texts.printable(ranking.get(0).candidate().model().toString()));
    }

    private ObjectNode object(String lossName, List<Ranked> ranking) {
        ObjectNode object = Json.object();
        object.put("lambda1", lambda1);
        object.put("lambda2", lambda2);
        object.put("lossName", lossName);
        ArrayNode list = object.putArray("models");
        for (Ranked ranked : ranking) {
            AnchorFacts facts = ranked.candidate().facts();
            ObjectNode entry = list.addObject();
            entry.put("model", ranked.candidate().model().toString());
            entry.put("objective", ranked.terms().value());
            entry.put("loss", ranked.terms().loss());
            entry.put("nnzTerm", ranked.terms().entries());
            entry.put("anchorTerm", ranked.terms().anchors());
            entry.put("nnz", facts.nnz());
            entry.put("anchors", facts.anchors());
            entry.put("parameters", facts.parameters());
            entry.put("best", ranked.best());
            entry.put("front", ranked.front());
            entry.set("tables", facts.toJson().path("tables"));
        }
        return object;
    }
}
