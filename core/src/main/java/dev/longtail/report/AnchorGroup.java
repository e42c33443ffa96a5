package dev.longtail.report;

import dev.longtail.relation.FreeEntries;
import java.util.List;

/**
 * An anchor and the objects that take most of it.
 *
 * @param anchor    its number
 * @param object    that the anchor is, by the start of training; {@link #NO_OBJECT} for none
 * @param linked    objects with a link to it
 * @param strongest objects whose link to it has the largest weight of their row
 * @param weight    sum of |weight| of all links to it
 * @param members   objects with the largest |weight|, these first, without those that training saw too seldom to be
 *     named
 */
public record AnchorGroup(int anchor, int object, long linked, long strongest, double weight, List<Member> members) {

    /** In place of an object where an anchor is none. */
    public static final int NO_OBJECT = FreeEntries.NO_OBJECT;

    public AnchorGroup {
        members = List.copyOf(members);
    }

    /**
     * An object that is linked to an anchor.
     *
     * @param object its number
     * @param weight of the link, its entry of T
     * @param share  of |weight| in the sum over the object's links
     */
    public record Member(int object, float weight, double share) {}
}
