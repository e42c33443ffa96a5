package dev.longtail.living;

import dev.longtail.config.Require;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What somebody who knows better says of the suggestions for a text.
 *
 * @param text not blank
 * @param accepted ids of labels that the text carries, whether they were suggested or not
 * @param rejected ids of labels that were suggested and are wrong
 */
public record Feedback(String text, List<String> accepted, List<String> rejected) {

    public Feedback {
        accepted = List.copyOf(accepted);
        rejected = List.copyOf(rejected);
        Require.that(!text.isBlank(), "text", "given", "none");
        Require.that(!accepted.isEmpty() || !rejected.isEmpty(), "accepted and rejected", "not both empty", "no label");
        Set<String> seen = new HashSet<>();
        for (List<String> labels : List.of(accepted, rejected)) {
            for (String label : labels) {
                Require.that(seen.add(label), "accepted and rejected", "labels that stand there once", label);
            }
        }
    }
}
