package dev.longtail.tune;

import java.util.ArrayList;
import java.util.List;

/** Numbers of examples, ascending: each is the next one divided by eta, rounded down. */
record Rungs(List<Integer> examples) {

    Rungs {
        examples = List.copyOf(examples);
    }

    /** Rungs up to all examples. */
    static Rungs of(int all, TuneConfig config) {
        List<Integer> examples = new ArrayList<>(List.of(all));
        while (examples.size() < config.rungs() && examples.get(0) / config.eta() >= config.leastExamples()) {
            examples.add(0, examples.get(0) / config.eta());
        }
        return new Rungs(examples);
    }

    int count() {
        return examples.size();
    }

    int examples(int rung) {
        return examples.get(rung);
    }

    Rungs withoutLast() {
        return new Rungs(examples.subList(0, count() - 1));
    }
}
