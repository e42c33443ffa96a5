package dev.longtail.anchor;

import dev.longtail.data.Example;
import dev.longtail.data.Examples;
import dev.longtail.parallel.Workers;
import dev.longtail.relation.Cooccurrences;

/**
 * Features that files number; their names are their numbers, from 0. How often one occurs is in how many examples.
 *
 * @param objects number of features
 * @param examples to learn from
 */
public record NumberedFeatures(int objects, Examples examples) implements KnownObjects {

    @Override
    public String kind() {
        return "features";
    }

    @Override
    public int indexOf(String name) {
        boolean number = name.matches("0|[1-9][0-9]{0,8}");
        return number && Integer.parseInt(name) < objects ? Integer.parseInt(name) : -1;
    }

    @Override
    public ObjectCounts counts() {
        long[] frequencies = new long[objects];
        Example example = new Example();
        for (int i = 0; i < examples.size(); i++) {
            examples.read(i, example);
            for (int feature = 0; feature < example.featureCount; feature++) {
                frequencies[example.features[feature]]++;
            }
        }
        return new ObjectCounts(frequencies, frequencies, examples.size());
    }

    @Override
    public Cooccurrences cooccurrences(Workers workers) {
        throw new IllegalArgumentException("co-occurrence is that of words in texts, and numbered features have no"
                + " order; they can lie where a file of vectors says, and be related by a file of pairs");
    }
}
