package io.github.nmf4j.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.nmf4j.api.Factor;
import io.github.nmf4j.api.Surrogate;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Minimizers over the simplex against roots computed with 60 digits, magnitudes over 12 decades. Entries are compared to
 * 1e-12 absolute, which is well conditioned; the multiplier itself need not be.
 */
class UnitSumRootsTest {
    private static final int RANK = 5;
    private static final double ABSOLUTE = 1e-12;

    @ParameterizedTest
    @ValueSource(strings = {"ratio", "quadratic", "shift"})
    void minimizersAreTheTabulatedOnes(String table) throws IOException {
        List<double[]> lines = ReferenceFiles.csv(
                ReferenceFiles.folder().resolve("small").resolve("roots").resolve(table + ".csv"));
        UnitColumns unit = (UnitColumns) new UnitColumns().on(Factor.H);
        for (int line = 0; line < lines.size(); line++) {
            double[] row = lines.get(line);
            Surrogate block = new Surrogate(RANK, 1, 0, 1, row[0]);
            block.begin(0, 1);
            for (int c = 0; c < RANK; c++) {
                block.at(c)[0] = 1.0 / RANK;
                switch (table) {
                    // x = max(num/(den + ν), floor)
                    case "ratio" -> {
                        block.log(c)[0] = row[1 + c];
                        block.linear(c)[0] = row[1 + RANK + c];
                    }
                    // a·x² + (b + ν)·x = c
                    case "quadratic" -> {
                        block.quadratic(c)[0] = row[1];
                        block.linear(c)[0] = row[2 + c];
                        block.log(c)[0] = row[2 + RANK + c];
                    }
                    // x = max(v + ν, floor): the projection onto the simplex
                    default -> {
                        block.quadratic(c)[0] = 1;
                        block.linear(c)[0] = -row[1 + c];
                    }
                }
            }
            double[][] found = new double[RANK][1];
            unit.minimize(block, found);
            int first = row.length - RANK;
            if (table.equals("ratio") && leavesAStraightEntryBelow(row)) {
                assertThat(value(row, found)).isLessThan(tabulatedValue(row, first));
                continue;
            }
            for (int c = 0; c < RANK; c++) {
                assertThat(found[c][0])
                        .as("%s, line %d, entry %d", table, line + 2, c)
                        .isCloseTo(row[first + c], within(ABSOLUTE));
            }
        }
    }

    /**
     * The table keeps an entry without numerator at the floor by definition. Where its slope under the multiplier is negative
     * that is no minimizer: the entry should take the rest of the sum, and ours does.
     */
    private static boolean leavesAStraightEntryBelow(double[] row) {
        double nu = row[1 + 2 * RANK];
        boolean below = false;
        for (int c = 0; c < RANK; c++) {
            below |= row[1 + c] == 0 && row[1 + RANK + c] + nu < 0;
        }
        return below;
    }

    private static double value(double[] row, double[][] h) {
        double sum = 0;
        for (int c = 0; c < RANK; c++) {
            sum += row[1 + RANK + c] * h[c][0] - (row[1 + c] > 0 ? row[1 + c] * Math.log(h[c][0]) : 0);
        }
        return sum;
    }

    private static double tabulatedValue(double[] row, int first) {
        double[][] h = new double[RANK][1];
        for (int c = 0; c < RANK; c++) {
            h[c][0] = row[first + c];
        }
        return value(row, h);
    }
}
