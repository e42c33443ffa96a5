package dev.longtail.topology;

import dev.longtail.matrix.FixedFanIn;
import dev.longtail.matrix.InputSet;
import dev.longtail.matrix.StateCarrier;
import dev.longtail.matrix.Stateful;
import dev.longtail.parallel.RandomStream;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * For every index row of a shard a few inputs that it does not hold, distinct: 2 bytes each. They are divided among the
 * banks as the slots are. Drawn anew for every window, the steps between two rewires.
 */
final class Candidates implements Stateful {

    private final FixedFanIn rows;
    private final List<Bank> banks;
    /** Number of the first candidate of each bank, and of all. */
    private final int[] first;
    /** [index rows][count], input less the first of the candidate's bank. */
    private final char[] offsets;
    /** [index rows][banks], inputs offered in this window. */
    private final int[] offered;

    /** @param wanted candidates of a row; fewer when there are not so many free inputs */
    Candidates(FixedFanIn rows, int wanted, boolean offers) {
        this.rows = rows;
        this.banks = Bank.of(rows);
        this.first = new int[banks.size() + 1];
        for (int b = 0; b < banks.size(); b++) {
            Bank bank = banks.get(b);
            long share =
                    (long) bank.endSlot() * wanted / rows.width() - (long) bank.firstSlot() * wanted / rows.width();
            first[b + 1] = first[b] + (int) Math.min(share, bank.free());
        }
        this.offsets = new char[Math.multiplyExact(rows.indexRows(), count())];
        this.offered = new int[offers ? rows.indexRows() * banks.size() : 0];
    }

    /** Candidates of a row. */
    int count() {
        return first[banks.size()];
    }

    /** The input of a candidate. */
    int inputOf(int row, int candidate) {
        int bank = 0;
        while (candidate >= first[bank + 1]) {
            bank++;
        }
        return banks.get(bank).firstInput() + offsets[row * count() + candidate];
    }

    /** Draws the candidates of all rows, each from its own stream of (seed, window, row). */
    void draw(long seed, long window, int firstIndexRow) {
        InputSet taken = new InputSet(rows.inputs());
        for (int row = 0; row < rows.indexRows(); row++) {
            draw(row, RandomStream.of(seed, window, (long) firstIndexRow + row), taken);
        }
        Arrays.fill(offered, 0);
    }

    private void draw(int row, SplittableRandom random, InputSet taken) {
        for (int slot = 0; slot < rows.width(); slot++) {
            taken.add(rows.inputOf(row, slot));
        }
        for (int b = 0; b < banks.size(); b++) {
            Bank bank = banks.get(b);
            for (int candidate = first[b]; candidate < first[b + 1]; candidate++) {
                int input = random.nextInt(bank.firstInput(), bank.endInput());
                while (taken.contains(input)) {
                    input = random.nextInt(bank.firstInput(), bank.endInput());
                }
                taken.add(input);
                offsets[row * count() + candidate] = (char) (input - bank.firstInput());
            }
        }
        for (int slot = 0; slot < rows.width(); slot++) {
            taken.remove(rows.inputOf(row, slot));
        }
        for (int candidate = 0; candidate < count(); candidate++) {
            taken.remove(inputOf(row, candidate));
        }
    }

    /**
     * Offers an input. The first ones take the places of drawn candidates in order; when all are taken, each input
     * offered has the same chance to be among the candidates (reservoir sampling, Vitter 1985, algorithm R).
     *
     * @param random bits that decide
     * @return the candidate that it has become, or -1
     */
    int offer(int row, int input, long random) {
        int b = 0;
        while (!banks.get(b).contains(input)) {
            b++;
        }
        if (holds(row, banks.get(b), input) || isCandidate(row, b, input)) {
            return -1;
        }
        int places = first[b + 1] - first[b];
        int before = offered[row * banks.size() + b]++;
        long place = before < places ? before : Long.remainderUnsigned(random, before + 1L);
        if (place >= places) {
            return -1;
        }
        int candidate = first[b] + (int) place;
        offsets[row * count() + candidate] = (char) (input - banks.get(b).firstInput());
        return candidate;
    }

    @Override
    public void carry(String name, StateCarrier state) {
        state.chars(name + ".offsets", offsets);
        state.ints(name + ".offered", offered);
    }

    private boolean holds(int row, Bank bank, int input) {
        for (int slot = bank.firstSlot(); slot < bank.endSlot(); slot++) {
            if (rows.inputOf(row, slot) == input) {
                return true;
            }
        }
        return false;
    }

    private boolean isCandidate(int row, int bank, int input) {
        for (int candidate = first[bank]; candidate < first[bank + 1]; candidate++) {
            if (inputOf(row, candidate) == input) {
                return true;
            }
        }
        return false;
    }
}
