package dev.longtail.bench;

import java.util.Locale;

/**
 * What Liang et al., "Anchor and Transform" (ICLR 2021), print of MovieLens: Table 3 of 25M, with its online run, and
 * Table 14 of 1M. #Emb in thousands. How many times smaller, and how far from MF, follows from these.
 */
final class PaperRatings {

    private static final String LARGE = """
            MF | 162K | 59K | all | 0.665 | 3550
            MixDim | 162K | 59K | best of its grid | 0.662 | 890
            Sparse CBOW | 162K | 59K | lambda 1e-6 | 0.695 | 2440
            Sparse CBOW | 162K | 59K | lambda 2e-6 | 0.757 | 1450
            Slimming | 162K | 59K | lambda 2e-6 | 0.735 | 1890
            Slimming (as printed; it has no anchors) | 5 | 5 | lambda 2e-6 | 0.656 | 970
            ANT | 10 | 15 | lambda2 2e-6 | 0.617 | 1760
            ANT | 5 | 5 | lambda2 2e-6 | 0.651 | 890
            nbANT | learned, 8 | learned, 8 | lambda1 0.1, lambda2 2e-6 | 0.637 | 1290
            nbANT | learned, 6 | learned, 6 | lambda1 0.01, lambda2 2e-6 | 0.649 | 1090
            online nbANT | about 8 | about 8 | a stream | 0.875 | 1250
            """;

    private static final String SMALL = """
            MF | 6K | 3.7K | all | 0.771 | 155.2
            MixDim | 6K | 3.7K | d 16, alpha 0.4, k 8 | 1.113 | 66.6
            MixDim | 6K | 3.7K | d 16, alpha 0.4, k 16 | 1.084 | 66.2
            MixDim | 6K | 3.7K | d 16, alpha 0.6, k 8 | 1.098 | 47.0
            MixDim | 6K | 3.7K | d 16, alpha 0.6, k 16 | 1.073 | 42.9
            MixDim | 6K | 3.7K | d 32, alpha 0.6, k 8 | 1.163 | 94.0
            MixDim | 6K | 3.7K | d 32, alpha 0.6, k 16 | 1.130 | 84.6
            ANT | 120 | 8 | lambda2 1e-4 | 0.772 | 59.4
            ANT | 15 | 15 | lambda2 1e-4 | 0.786 | 29.2
            ANT | 5 | 10 | lambda2 1e-4 | 0.836 | 10.8
            nbANT | learned, 11 | learned, 11 | lambda1 0.01, lambda2 1e-4 | 0.795 | 27.7
            nbANT | learned, 11 | learned, 11 | lambda1 0.01, lambda2 2e-4 | 0.837 | 10.6
            """;

    private PaperRatings() {}

    /** Lines below those of {@link RatingsTable#figures}, with the same columns. */
    static String lines() {
        return lines("MovieLens 25M (paper)", LARGE) + lines("MovieLens 1M (paper)", SMALL);
    }

    private static String lines(String set, String rows) {
        StringBuilder lines = new StringBuilder();
        String[] full = null;
        for (String row : rows.strip().split("\n")) {
            String[] cells = row.split(" \\| ");
            full = full == null ? cells : full;
            lines.append(String.format(
                    Locale.ROOT,
                    "| %s | %s | %s | %s | %s | %s | %,.0f | %.1f | %+.3f |%n",
                    set,
                    cells[0],
                    cells[1],
                    cells[2],
                    cells[3],
                    cells[4],
                    1000 * Double.parseDouble(cells[5]),
                    Double.parseDouble(full[5]) / Double.parseDouble(cells[5]),
                    Double.parseDouble(cells[4]) - Double.parseDouble(full[4])));
        }
        return lines.toString();
    }
}
