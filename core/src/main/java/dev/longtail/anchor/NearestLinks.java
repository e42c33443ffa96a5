package dev.longtail.anchor;

import dev.longtail.parallel.Workers;
import java.util.Arrays;

/**
 * An object is linked to the anchors nearest to it in a space, by the memberships of fuzzy c-means with exponent 2
 * (Bezdek 1981): weights inversely proportional to squared distances, which add up to 1. One that lies on an anchor has
 * that link only, and so has one that is an anchor. Objects without a place have random links. Takes 8 bytes a link.
 */
final class NearestLinks implements FirstLinks {

    private final RandomLinks others;
    private final ObjectVectors space;
    private final float[] places;
    private final int[] anchorOf;
    private final int links;
    private final int[] anchors;
    private final float[] weights;

    /**
     * @param places [anchors with a place][dimension]
     * @param anchorOf which anchor each of them is
     * @param links at most, for each object
     * @param others links of anchors and of objects without a place
     */
    NearestLinks(ObjectVectors space, float[] places, int[] anchorOf, int links, RandomLinks others) {
        this.others = others;
        this.space = space;
        this.places = places;
        this.anchorOf = anchorOf;
        this.links = Math.min(links, anchorOf.length);
        this.anchors = new int[Math.multiplyExact(space.objects(), this.links)];
        this.weights = new float[anchors.length];
    }

    NearestLinks find(Workers workers) {
        float[] mean = Distances.mean(space, space.weights(), workers);
        if (links > 0) {
            new CentreScores(places, mean).each(space, workers, (first, size, scores) -> {
                for (int i = 0; i < size; i++) {
                    choose(first + i, i, scores);
                }
            });
        }
        return this;
    }

    private void choose(int object, int column, float[] scores) {
        int[] chosen = new int[links];
        int count = 0;
        for (int place = 0; place < anchorOf.length; place++) {
            int at = count;
            while (at > 0 && score(scores, place, column) > score(scores, chosen[at - 1], column)) {
                at--;
            }
            if (at < links) {
                count = Math.min(links, count + 1);
                System.arraycopy(chosen, at, chosen, at + 1, count - at - 1);
                chosen[at] = place;
            }
        }
        Arrays.sort(chosen);
        weigh(object, chosen);
    }

    private static float score(float[] scores, int place, int column) {
        return scores[place * CentreScores.BLOCK + column];
    }

    private void weigh(int object, int[] chosen) {
        float[] vector = new float[space.dimension()];
        space.read(object, vector, 0);
        double[] inverse = new double[links];
        double sum = 0;
        int on = -1;
        for (int i = 0; i < links; i++) {
            double square = Distances.squared(vector, 0, places, chosen[i] * space.dimension(), space.dimension());
            on = square == 0 && on < 0 ? i : on;
            inverse[i] = 1 / square;
            sum += inverse[i];
        }
        for (int i = 0; i < links; i++) {
            int at = object * links + i;
            anchors[at] = anchorOf[chosen[i]];
            weights[at] = on < 0 ? (float) (inverse[i] / sum) : i == on ? 1 : 0;
        }
    }

    @Override
    public int most() {
        return Math.max(links, others.most());
    }

    @Override
    public int read(int object, int[] into, float[] intoWeights) {
        if (!space.known(object)) {
            return others.read(object, into, intoWeights);
        }
        if (others.own(object, into, intoWeights)) {
            return 1;
        }
        int count = 0;
        for (int at = object * links; at < (object + 1) * links; at++) {
            if (weights[at] > 0) {
                into[count] = anchors[at];
                intoWeights[count++] = weights[at];
            }
        }
        return count;
    }
}
