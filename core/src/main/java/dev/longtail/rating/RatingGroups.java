package dev.longtail.rating;

/**
 * Groups of ratings by ranges of users and of items, so that the rows that a stretch of an epoch needs stay in the
 * caches of the cores that learn them (the blocks of LIBMF, Chin et al. 2015). An epoch takes the groups in an order
 * that keeps the users or the items from one to the next ({@link RatingOrder}). Of sets with few users and items there
 * is one group.
 *
 * @param users rows of a range of users
 * @param items rows of a range of items
 * @param userRanges number of ranges of users
 * @param itemRanges number of ranges of items
 */
public record RatingGroups(int users, int items, int userRanges, int itemRanges) {

    /** Rows of a range: of sixty bytes each they are a quarter of a megabyte, which a core's own cache holds. */
    private static final int ROWS = 4096;

    /** Ranges of a side at most: with more, a group of millions of users and items would be no more than a batch. */
    private static final int MOST = 64;

    /** Groups for so many users and items. */
    public static RatingGroups of(int users, int items) {
        int byUser = ranges(users);
        int byItem = ranges(items);
        return new RatingGroups((users + byUser - 1) / byUser, (items + byItem - 1) / byItem, byUser, byItem);
    }

    private static int ranges(int rows) {
        return Math.min(MOST, (rows + ROWS - 1) / ROWS);
    }

    int count() {
        return userRanges * itemRanges;
    }

    /** The group of a rating. */
    int groupOf(int user, int item) {
        return user / users * itemRanges + item / items;
    }
}
