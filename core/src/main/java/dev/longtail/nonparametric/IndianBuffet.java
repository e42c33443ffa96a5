package dev.longtail.nonparametric;

import dev.longtail.config.Require;
import dev.longtail.matrix.IdLists;
import dev.longtail.parallel.RandomStream;
import it.unimi.dsi.fastutil.ints.IntArrayList;
import java.util.SplittableRandom;

/**
 * The Indian buffet process, a distribution over binary matrices whose number of columns is not fixed (Griffiths and
 * Ghahramani 2005; two parameters: Ghahramani, Griffiths and Sollich 2007; Appendix A of Liang et al., ICLR 2021).
 * Objects come to a buffet one after the other. Object i, from 1,
 *
 * <pre>
 *   takes each anchor that m earlier objects took, with probability m / (b + i - 1),
 *   and Poisson(a b / (b + i - 1)) anchors that nobody took before.
 * </pre>
 *
 * <p>An object has a anchors on average whatever b is, and n objects a b sum over i of 1 / (b + i - 1) different ones,
 * a Poisson number of mean about a b log n. With b = 1 it is the process with one parameter. (Appendix A prints i + b
 * where i - 1 + b belongs: with b = 1 that would not be its own process of one parameter, and its eq. 9 has i - 1 + b.)
 *
 * @param mass a, above 0
 * @param concentration b, above 0: more lets objects share less
 */
public record IndianBuffet(double mass, double concentration) {

    /** Expected ones in the columns that {@link #sticks} leaves out. */
    private static final double NEGLECTED = 1e-9;

    public IndianBuffet {
        Require.that(mass > 0 && Double.isFinite(mass), "mass", "above 0", mass);
        Require.that(concentration > 0 && Double.isFinite(concentration), "concentration", "above 0", concentration);
    }

    /** The process with one parameter. */
    public IndianBuffet(double mass) {
        this(mass, 1);
    }

    /** Expected number of anchors of so many objects. */
    public double expectedAnchors(int objects) {
        double sum = 0;
        for (int object = 0; object < objects; object++) {
            sum += mass * concentration / (concentration + object);
        }
        return sum;
    }

    /** A draw by the objects' way through the buffet; anchors are numbered as they appear. */
    public Selection buffet(int objects, long seed) {
        Require.that(objects >= 1, "objects", "at least 1", objects);
        IdLists rows = new IdLists(objects, (int) Math.min(1024, Math.ceil(mass)));
        IntArrayList popularity = new IntArrayList();
        IntArrayList row = new IntArrayList();
        for (int object = 0; object < objects; object++) {
            SplittableRandom random = RandomStream.of(seed, 0, object);
            double others = concentration + object;
            row.clear();
            for (int anchor = 0; anchor < popularity.size(); anchor++) {
                if (random.nextDouble() * others < popularity.getInt(anchor)) {
                    row.add(anchor);
                    popularity.set(anchor, popularity.getInt(anchor) + 1);
                }
            }
            int fresh = Draws.poisson(mass * concentration / others, random);
            for (int i = 0; i < fresh; i++) {
                row.add(popularity.size());
                popularity.add(1);
            }
            rows.add(row.elements(), row.size());
        }
        return new Selection(rows, popularity.size());
    }

    /**
     * A draw by stick-breaking (Teh, Gorur and Ghahramani 2007; eq. 7): v_j ~ Beta(a, 1), b_k = v_1 .. v_k, z_ik ~
     * Bernoulli(b_k), without the columns that stay empty. The endless product is cut where all later columns together
     * are expected to have 10^-9 ones: the sum over j above k of E b_j, given b_k, is a b_k.
     *
     * @throws IllegalArgumentException when the concentration is not 1
     */
    public Selection sticks(int objects, long seed) {
        Require.that(objects >= 1, "objects", "at least 1", objects);
        Require.that(concentration == 1, "concentration", "1 for the process that eq. 7 describes", concentration);
        IdLists columns = new IdLists(16, objects);
        IntArrayList column = new IntArrayList();
        double stick = 1;
        for (int k = 0; objects * mass * stick > NEGLECTED; k++) {
            SplittableRandom random = RandomStream.of(seed, 1, k);
            stick *= Draws.beta(mass, random);
            column.clear();
            // Skipping from one object to the next that has the anchor costs what the column holds, not all objects.
            int object = Draws.failures(stick, objects, random);
            while (object < objects) {
                column.add(object);
                object += 1 + Draws.failures(stick, objects - object, random);
            }
            if (!column.isEmpty()) {
                columns.add(column.elements(), column.size());
            }
        }
        return new Selection(columns.inverse(0, objects), columns.rows());
    }
}
