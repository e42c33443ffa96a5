package dev.longtail.body;

/**
 * A body as it is for one bag, for explanations. With the gates of its units and the divisors of its normalisation as
 * they are for this bag, a body is an affine function, hidden = J bag + c, that gives this bag the same hidden vector:
 * nothing is approximated. For other bags J and c are others.
 */
public interface LocalBody {

    /** A hidden vector that is the bag. */
    LocalBody SAME = new LocalBody() {
        @Override
        public double[] toBag(double[] dHidden) {
            return dHidden.clone();
        }

        @Override
        public double constant(double[] dHidden) {
            return 0;
        }
    };

    /**
     * J' dHidden: what each value of the bag is multiplied by in dHidden . hidden.
     *
     * @param dHidden double[hidden]
     * @return double[dimension], the caller's own
     */
    double[] toBag(double[] dHidden);

    /**
     * c . dHidden: what no value of the bag has a part in.
     *
     * @param dHidden double[hidden]
     */
    double constant(double[] dHidden);
}
