package dev.longtail.report;

import dev.longtail.matrix.Tensor;
import dev.longtail.matrix.TensorPages;
import dev.longtail.nonparametric.AnchorObjective;
import dev.longtail.table.AnchorTable;
import java.util.ArrayList;
import java.util.List;

/**
 * How large an anchor table is, beside a table with a row of its own for every object.
 *
 * @param objects     rows of T
 * @param dimension   length of a vector, d
 * @param anchors     K
 * @param links       entries of T that are not 0, nnz
 * @param linksARow   how many objects have how many links
 * @param parameters  "#Emb" of Anchor and Transform, section 4.1: K d + nnz, values without indices
 * @param storedBytes of the table's numbers in a model file, with the indices that say where the values of T stand
 */
public record AnchorSizes(
        long objects,
        int dimension,
        int anchors,
        long links,
        List<CountRange> linksARow,
        long parameters,
        long storedBytes) {

    /** Links of an object at most, up to which each number has a range of its own. */
    private static final int FEW = 16;

    public AnchorSizes {
        linksARow = List.copyOf(linksARow);
    }

    static AnchorSizes of(AnchorTable table) {
        Links row = new Links(table);
        long[] byCount = new long[table.count() + 1];
        long links = 0;
        long objects = 0;
        for (int object = 0; object < table.features(); object++) {
            if (row.read(object)) {
                byCount[row.count()]++;
                links += row.count();
                objects++;
            }
        }
        long bytes = 0;
        for (Tensor tensor : table.tensors()) {
            bytes += TensorPages.checkedBytes(tensor);
        }
        return new AnchorSizes(
                objects,
                table.dimension(),
                table.count(),
                links,
                ranges(byCount),
                AnchorObjective.parameters(table.count(), table.dimension(), links),
                bytes);
    }

    /** Every number of links if there are few, else ranges that double, up to the last object. */
    private static List<CountRange> ranges(long[] byCount) {
        int most = byCount.length - 1;
        while (most > 0 && byCount[most] == 0) {
            most--;
        }
        List<CountRange> ranges = new ArrayList<>();
        for (int from = 0, to = 0; from <= most; from = to + 1) {
            boolean one = from <= 2 || most <= FEW;
            to = one ? from : Math.min(2 * (from - 1), byCount.length - 1);
            long objects = 0;
            for (int count = from; count <= to; count++) {
                objects += byCount[count];
            }
            ranges.add(new CountRange(from, to, objects));
        }
        return ranges;
    }

    /** Mean number of links of an object. */
    public double meanLinks() {
        return objects == 0 ? 0 : (double) links / objects;
    }

    /** Share of T that is not 0. */
    public double density() {
        return objects == 0 ? 0 : (double) links / objects / anchors;
    }

    /** Parameters of a table with a row for every object. */
    public long fullParameters() {
        return objects * dimension;
    }

    /** How many times smaller the table is than a full one, by parameters. */
    public double timesSmaller() {
        return (double) fullParameters() / parameters;
    }

    /** Bytes of the parameters alone, in 32 bits each. */
    public long parameterBytes() {
        return parameters * Float.BYTES;
    }

    /** Bytes of a table with a row for every object, which needs no indices. */
    public long fullBytes() {
        return fullParameters() * Float.BYTES;
    }
}
