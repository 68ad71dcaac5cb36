package io.github.nmf4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nmf4j.api.Blocks;
import io.github.nmf4j.api.Constraint;
import io.github.nmf4j.api.InvalidInputException;
import io.github.nmf4j.api.Surrogate;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** The contract catches constraints that are wrong in the usual ways. */
class BrokenConstraintsTest {
    private static ConstraintContract contractOf(Constraint constraint) {
        return new ConstraintContract() {
            @Override
            protected Constraint constraint() {
                return constraint;
            }
        };
    }

    private static void assertCaught(Constraint broken, Law.Seeded<ConstraintContract> law) {
        assertThat(Law.catches(contractOf(broken), law))
                .as("the law refuses the broken constraint")
                .isTrue();
    }

    private static void assertPasses(Constraint constraint, Law.Seeded<ConstraintContract> law) {
        assertThat(Law.catches(contractOf(constraint), law))
                .as("the law accepts the constraint")
                .isFalse();
    }

    @Test
    void repairsInsteadOfMinimizing() {
        Constraint rescaling = new PlainSimplex(Constraint.Ties.COMPONENTS) {
            @Override
            public void minimize(Surrogate block, double[][] into) {
                for (int c = 0; c < block.rank(); c++) {
                    block.minimizer(c, null, into[c], null);
                    for (int j = 0; j < block.count(); j++) {
                        into[c][j] = Math.min(into[c][j], 1e8);
                    }
                }
                repair(block, into);
            }
        };
        assertPasses(rescaling, ConstraintContract::minimizerIsFeasible);
        assertCaught(rescaling, ConstraintContract::noFeasiblePointIsLower);
        assertCaught(rescaling, ConstraintContract::colouredBlocksAreMinimizedToo);
        assertCaught(rescaling, ConstraintContract::bruteForceFindsNothingLower);
    }

    @Test
    void repairsWholeComponentsInsteadOfMinimizing() {
        Constraint rescaling = new PlainSimplex(Constraint.Ties.VECTORS) {
            @Override
            public void minimize(Blocks all) {
                all.write((block, into) -> {
                    for (int c = 0; c < block.rank(); c++) {
                        block.minimizer(c, null, into[c], null);
                        for (int j = 0; j < block.count(); j++) {
                            into[c][j] = Math.min(into[c][j], 1e8);
                        }
                    }
                });
                repair(all);
            }
        };
        assertCaught(rescaling, ConstraintContract::noFeasiblePointIsLower);
    }

    @Test
    void tiesEachBlockOfAComponentByItself() {
        Constraint blockwise = new PlainSimplex(Constraint.Ties.VECTORS) {
            @Override
            public void minimize(Blocks all) {
                all.write(this::minimize);
            }
        };
        assertCaught(blockwise, ConstraintContract::minimizerIsFeasible);
    }

    @Test
    void stopsShortOfTheMinimum() {
        Constraint damped = new PlainSimplex(Constraint.Ties.COMPONENTS) {
            @Override
            public void minimize(Surrogate block, double[][] into) {
                super.minimize(block, into);
                double[][] best = new double[block.rank()][];
                for (int c = 0; c < block.rank(); c++) {
                    best[c] = into[c].clone();
                    for (int j = 0; j < block.count(); j++) {
                        into[c][j] = 0.25;
                    }
                }
                repair(block, into);
                for (int c = 0; c < block.rank(); c++) {
                    for (int j = 0; j < block.count(); j++) {
                        into[c][j] = best[c][j] + 1e-3 * (into[c][j] - best[c][j]);
                    }
                }
            }
        };
        assertCaught(damped, ConstraintContract::noFeasiblePointIsLower);
    }

    @Test
    void leavesTheSumToTheCaller() {
        Constraint loose = new PlainSimplex(Constraint.Ties.COMPONENTS) {
            @Override
            public void minimize(Surrogate block, double[][] into) {
                super.minimize(block, into);
                for (int j = 0; j < block.count(); j++) {
                    into[0][j] *= 1 + 1e-9;
                }
            }
        };
        assertCaught(loose, ConstraintContract::minimizerIsFeasible);
    }

    @Test
    void ignoresBounds() {
        Constraint blind = new Constraint() {
            @Override
            public String name() {
                return "blind";
            }

            @Override
            public void minimize(Surrogate block, double[][] into) {
                for (int c = 0; c < block.rank(); c++) {
                    block.minimizer(c, null, into[c], null);
                    for (int j = 0; j < block.count(); j++) {
                        into[c][j] = Math.max(into[c][j], 1e-3);
                    }
                }
            }

            @Override
            public void repair(Surrogate block, double[][] h) {}
        };
        assertCaught(blind, ConstraintContract::minimizerIsFeasible);
        assertCaught(blind, ConstraintContract::noFeasiblePointIsLower);
        assertCaught(blind, ConstraintContract::repairedPointsAreFeasibleAndStay);
    }

    @Test
    void widensBounds() {
        Constraint widening = new Constraint() {
            @Override
            public String name() {
                return "widening";
            }

            @Override
            public void bound(Surrogate block) {
                for (int c = 0; c < block.rank(); c++) {
                    java.util.Arrays.fill(block.lower(c), 0, block.count(), 1e-3);
                }
            }
        };
        assertCaught(widening, ConstraintContract::boundsIntersect);
    }

    @Test
    void boundsPositionsInsteadOfVectors() {
        Constraint positional = new Constraint() {
            @Override
            public String name() {
                return "positional";
            }

            @Override
            public void bound(Surrogate block) {
                for (int j = 0; j < block.count(); j++) {
                    block.lower(0)[j] = Math.max(block.lower(0)[j], j * 0.1);
                }
            }
        };
        assertCaught(positional, ConstraintContract::boundsFollowTheVector);
    }

    @Test
    void acceptsAnEmptySet() {
        Constraint hopeful = new PlainSimplex(Constraint.Ties.COMPONENTS) {
            @Override
            public void requireFeasible(Blocks all) {}
        };
        assertCaught(hopeful, ConstraintContract::emptySetsAreRefused);
    }

    @Test
    void movesFeasiblePoints() {
        Constraint restless = new Constraint() {
            @Override
            public String name() {
                return "restless";
            }

            @Override
            public OptionalDouble floor() {
                return OptionalDouble.of(1e-6);
            }

            @Override
            public void repair(Surrogate block, double[][] h) {
                for (int c = 0; c < block.rank(); c++) {
                    for (int j = 0; j < block.count(); j++) {
                        double middle = 0.5 * (h[c][j] + 1);
                        h[c][j] = Math.max(block.lower(c, j), Math.min(block.upper(c, j), middle));
                    }
                }
            }
        };
        assertCaught(restless, ConstraintContract::repairedPointsAreFeasibleAndStay);
    }

    @Test
    void repairsByWhatStandsInTheSameBlock() {
        Constraint neighbourly = new Constraint() {
            @Override
            public String name() {
                return "neighbourly";
            }

            @Override
            public void bound(Surrogate block) {
                for (int c = 0; c < block.rank(); c++) {
                    for (int j = 0; j < block.count(); j++) {
                        block.upper(c)[j] = Math.min(1, block.upper(c, j));
                    }
                }
            }

            @Override
            public void repair(Surrogate block, double[][] h) {
                Constraint.super.repair(block, h);
                for (double[] row : h) {
                    for (int j = 0; j < block.count(); j++) {
                        row[j] = row[j] == 1 ? row[0] : row[j];
                    }
                }
            }
        };
        assertCaught(neighbourly, ConstraintContract::repairDoesNotDependOnBlocks);
    }

    @Test
    void sharesScratchBetweenThreads() {
        Constraint sharing = new Constraint() {
            private final double[] scratch = new double[16];

            @Override
            public String name() {
                return "sharing";
            }

            @Override
            public void minimize(Surrogate block, double[][] into) {
                for (int c = 0; c < block.rank(); c++) {
                    block.minimizer(c, null, scratch, null);
                    Thread.onSpinWait();
                    System.arraycopy(scratch, 0, into[c], 0, block.count());
                }
            }
        };
        assertCaught(sharing, (contract, seed) -> contract.oneInstanceServesManyThreads());
    }

    @Test
    void writesBeyondTheBlock() {
        Constraint untidy = new Constraint() {
            @Override
            public String name() {
                return "untidy";
            }

            @Override
            public void minimize(Surrogate block, double[][] into) {
                Constraint.super.minimize(block, into);
                into[0][block.count()] = 0;
            }
        };
        assertCaught(untidy, ConstraintContract::minimizerIsFeasible);
    }

    @Test
    void refusesTheSizesOfItsOwnTest() {
        Constraint picky = new Constraint() {
            @Override
            public String name() {
                return "picky";
            }

            @Override
            public void check(int rank, int vectors) {
                throw new InvalidInputException("picky: nothing fits");
            }
        };
        assertCaught(picky, (contract, seed) -> contract.sizesAreAccepted());
    }

    @Test
    void movesTheCurrentPoint() {
        Constraint moving = new Constraint() {
            @Override
            public String name() {
                return "moving";
            }

            @Override
            public void minimize(Surrogate block, double[][] into) {
                Constraint.super.minimize(block, into);
                for (int c = 0; c < block.rank(); c++) {
                    System.arraycopy(into[c], 0, block.at(c), 0, block.count());
                }
            }
        };
        assertPasses(moving, ConstraintContract::noFeasiblePointIsLower);
        assertCaught(moving, ConstraintContract::currentPointIsNotWritten);
    }

    @Test
    void takesASingleEntryForFree() {
        Constraint lonely = new PlainSimplex(Constraint.Ties.COMPONENTS) {
            @Override
            public void minimize(Surrogate block, double[][] into) {
                super.minimize(block, into);
                if (block.rank() == 1) {
                    block.minimizer(0, null, into[0], null);
                }
            }
        };
        assertPasses(lonely, ConstraintContract::noFeasiblePointIsLower);
        assertCaught(lonely, ConstraintContract::groupsOfOneAreMinimizedToo);
    }

    @Test
    void treatsTheFirstComponentApart() {
        Constraint partial = new Constraint() {
            @Override
            public String name() {
                return "partial";
            }

            @Override
            public void bound(Surrogate block) {
                for (int j = 0; j < block.count(); j++) {
                    block.lower(0)[j] = Math.max(block.lower(0)[j], 0.5);
                }
            }
        };
        assertPasses(partial, ConstraintContract::noFeasiblePointIsLower);
        assertCaught(partial, ConstraintContract::componentsMayChangePlacesIfInterchangeable);
    }
}
