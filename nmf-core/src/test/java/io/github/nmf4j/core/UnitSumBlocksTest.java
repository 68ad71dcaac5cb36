package io.github.nmf4j.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nmf4j.api.Constraint;
import io.github.nmf4j.api.Factor;
import io.github.nmf4j.api.Surrogate;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A vector's minimizer has the same bits whichever vectors share its block: easy ones, far ones, straight ones, none. */
class UnitSumBlocksTest {
    private static final int RANK = 4;
    private static final int VECTORS = 100;
    private static final double FLOOR = 1e-14;

    private final Constraint unit = new UnitColumns().on(Factor.H);

    /** Coefficients of one vector, at positions 0 … RANK − 1 of each array. */
    private record Vector(double[] at, double[] linear, double[] quadratic, double[] log) {}

    private static Vector vector(SplittableRandom random, boolean curved) {
        double[][] rows = new double[4][RANK];
        int kind = random.nextInt(5);
        for (int c = 0; c < RANK; c++) {
            double decades = kind == 0 ? 12 : 1;
            rows[0][c] = kind == 1 ? 1.0 / RANK : Math.pow(10, -decades * random.nextDouble());
            rows[1][c] = Math.pow(10, decades * (random.nextDouble() - 0.5)) * (random.nextBoolean() ? 1 : -1);
            rows[2][c] = curved && kind != 2 ? Math.pow(10, decades * (random.nextDouble() - 0.5)) : 0;
            rows[3][c] = kind == 2 || kind == 3 && c > 0 ? 0 : Math.pow(10, decades * (random.nextDouble() - 0.5));
        }
        return new Vector(rows[0], rows[1], rows[2], rows[3]);
    }

    private double[][] minimized(Vector[] vectors, boolean curved) {
        Surrogate block = new Surrogate(RANK, vectors.length, 0, 1, FLOOR);
        block.begin(0, vectors.length);
        for (int c = 0; c < RANK; c++) {
            for (int j = 0; j < vectors.length; j++) {
                block.at(c)[j] = vectors[j].at[c];
                block.linear(c)[j] = vectors[j].linear[c];
                block.log(c)[j] = vectors[j].log[c];
                if (curved) {
                    block.quadratic(c)[j] = vectors[j].quadratic[c];
                }
            }
        }
        double[][] found = new double[RANK][vectors.length];
        unit.minimize(block, found);
        return found;
    }

    @ParameterizedTest
    @CsvSource({"1,false", "2,false", "3,true", "4,true"})
    void minimizersDoNotDependOnTheirNeighbours(long seed, boolean curved) {
        SplittableRandom random = new SplittableRandom(seed);
        Vector[] vectors = new Vector[VECTORS];
        for (int j = 0; j < VECTORS; j++) {
            vectors[j] = vector(random, curved);
        }
        double[][] together = minimized(vectors, curved);
        for (int j = 0; j < VECTORS; j++) {
            double[][] alone = minimized(new Vector[] {vectors[j]}, curved);
            double sum = 0;
            for (int c = 0; c < RANK; c++) {
                assertThat(together[c][j])
                        .as("seed %d, vector %d, entry %d", seed, j, c)
                        .isEqualTo(alone[c][0]);
                sum += alone[c][0];
            }
            assertThat(sum).as("seed %d, vector %d", seed, j).isBetween(1 - 1e-15, 1 + 1e-15);
        }
    }
}
