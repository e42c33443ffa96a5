package dev.longtail.report;

import dev.longtail.report.AnchorGroup.Member;
import dev.longtail.table.AnchorTable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Finds the objects that are linked most strongly to each anchor, in one pass over T. */
final class AnchorGroups {

    private final AnchorTable table;
    private final AnchorObjects objects;
    private final int least;
    private final Comparator<Member> better;

    /** @param least training examples that an object has at least to be among the members */
    AnchorGroups(AnchorTable table, AnchorObjects objects, int least) {
        this.table = table;
        this.objects = objects;
        this.least = least;
        this.better = Comparator.<Member>comparingDouble(member -> -Math.abs(member.weight()))
                .thenComparingInt(member -> -objects.count().applyAsInt(member.object()))
                .thenComparingInt(Member::object);
    }

    /** Every anchor, with so many objects at most; those that are the strongest of more objects first. */
    List<AnchorGroup> find(int most) {
        int count = table.count();
        List<Best<Member>> best = new ArrayList<>();
        for (int anchor = 0; anchor < count; anchor++) {
            best.add(new Best<>(most, better));
        }
        long[] linked = new long[count];
        long[] strongest = new long[count];
        double[] weight = new double[count];
        Links row = new Links(table);
        for (int object = 0; object < table.features(); object++) {
            if (row.read(object) && row.count() > 0) {
                strongest[row.anchor(row.strongest())]++;
                double sum = row.sum();
                boolean frequent = objects.isFrequent(object, least);
                for (int i = 0; i < row.count(); i++) {
                    int anchor = row.anchor(i);
                    linked[anchor]++;
                    weight[anchor] += Math.abs(row.weight(i));
                    if (frequent) {
                        best.get(anchor).offer(new Member(object, row.weight(i), Math.abs(row.weight(i)) / sum));
                    }
                }
            }
        }
        int[] objectOf = table.objects();
        List<AnchorGroup> groups = new ArrayList<>();
        for (int anchor = 0; anchor < count; anchor++) {
            groups.add(new AnchorGroup(
                    anchor,
                    objectOf.length == 0 ? AnchorGroup.NO_OBJECT : objectOf[anchor],
                    linked[anchor],
                    strongest[anchor],
                    weight[anchor],
                    best.get(anchor).list()));
        }
        groups.sort(Comparator.comparingLong((AnchorGroup group) -> -group.strongest())
                .thenComparingDouble(group -> -group.weight())
                .thenComparingInt(AnchorGroup::anchor));
        return groups;
    }
}
