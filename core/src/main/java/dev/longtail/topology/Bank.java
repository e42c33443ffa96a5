package dev.longtail.topology;

import dev.longtail.matrix.FixedFanIn;
import java.util.ArrayList;
import java.util.List;

/**
 * Neighbouring slots that may be connected to the same range of inputs. Connections move within their bank.
 *
 * @param firstSlot of the bank
 * @param endSlot exclusive
 * @param firstInput that its slots may hold
 * @param endInput exclusive
 */
record Bank(int firstSlot, int endSlot, int firstInput, int endInput) {

    /** The banks of a layer's rows, in order. */
    static List<Bank> of(FixedFanIn rows) {
        List<Bank> banks = new ArrayList<>();
        for (int first = 0, end; first < rows.width(); first = end) {
            end = first + 1;
            while (end < rows.width() && rows.firstInput(end) == rows.firstInput(first)) {
                end++;
            }
            banks.add(new Bank(first, end, rows.firstInput(first), rows.endInput(first)));
        }
        return banks;
    }

    /** Inputs of the bank that a row does not hold. */
    int free() {
        return endInput - firstInput - (endSlot - firstSlot);
    }

    boolean contains(int input) {
        return input >= firstInput && input < endInput;
    }
}
