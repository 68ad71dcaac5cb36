package io.github.nmf4j.testkit;

import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.nmf4j.api.Availability;
import io.github.nmf4j.api.CoordinateSteps;
import io.github.nmf4j.api.DenseMatrix;
import io.github.nmf4j.api.Elementary;
import io.github.nmf4j.api.LinearAlgebraBackend;
import io.github.nmf4j.api.LinearAlgebraBackend.Product;
import io.github.nmf4j.api.Pass;
import io.github.nmf4j.api.SpanStep;
import io.github.nmf4j.api.SymmetricEigen;
import io.github.nmf4j.api.Tile;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Backends that are wrong in one thing each: the law that forbids it must fail. */
@Tag("slow")
class BackendContractCatchesTest {
    private interface Law {
        void holdFor(BackendContract contract) throws Exception;
    }

    private static void assertCaught(LinearAlgebraBackend broken, Law law) {
        BackendContract contract = new BackendContract() {
            @Override
            protected LinearAlgebraBackend backend() {
                return broken;
            }
        };
        Executable check = () -> law.holdFor(contract);
        assertThrows(AssertionError.class, check);
    }

    // ---- products

    /** Changes the arguments or the result of a right product. */
    private abstract static class BrokenProduct extends PlainBackend {
        @Override
        public abstract void multiply(Product what, DenseMatrix a, DenseMatrix b, double keep, DenseMatrix into);

        void right(Product what, DenseMatrix a, DenseMatrix b, double keep, DenseMatrix into) {
            super.multiply(what, a, b, keep, into);
        }
    }

    @Test
    void overwritingWhereItShouldAdd() {
        assertCaught(
                new BrokenProduct() {
                    @Override
                    public void multiply(Product what, DenseMatrix a, DenseMatrix b, double keep, DenseMatrix into) {
                        right(what, a, b, 0, into);
                    }
                },
                law -> law.productsEqualTheTripleLoop(Product.AB));
    }

    @Test
    void addingWhateverKeepSays() {
        assertCaught(
                new BrokenProduct() {
                    @Override
                    public void multiply(Product what, DenseMatrix a, DenseMatrix b, double keep, DenseMatrix into) {
                        right(what, a, b, keep == 0 ? 0 : 1, into);
                    }
                },
                law -> law.productsEqualTheTripleLoop(Product.ATB));
    }

    @Test
    void multiplyingByKeepWhereItIsZero() {
        assertCaught(
                new BrokenProduct() {
                    @Override
                    public void multiply(Product what, DenseMatrix a, DenseMatrix b, double keep, DenseMatrix into) {
                        DenseMatrix before = into.copy();
                        right(what, a, b, keep, into);
                        if (keep == 0) {
                            for (int i = 0; i < into.rows(); i++) {
                                for (int j = 0; j < into.columns(); j++) {
                                    into.set(i, j, into.get(i, j) + 0 * before.get(i, j));
                                }
                            }
                        }
                    }
                },
                law -> law.productsEqualTheTripleLoop(Product.ABT));
    }

    @Test
    void ignoringOffsetsOrStrides() {
        assertCaught(
                new BrokenProduct() {
                    @Override
                    public void multiply(Product what, DenseMatrix a, DenseMatrix b, double keep, DenseMatrix into) {
                        right(what, DenseMatrix.wrap(a.rows(), a.columns(), a.data()), b, keep, into);
                    }
                },
                law -> law.productsEqualTheTripleLoop(Product.AB));
        assertCaught(
                new BrokenProduct() {
                    @Override
                    public void multiply(Product what, DenseMatrix a, DenseMatrix b, double keep, DenseMatrix into) {
                        DenseMatrix packed =
                                DenseMatrix.wrap(b.rows(), b.columns(), b.data(), b.offset(), Math.max(0, b.columns()));
                        right(what, a, packed, keep, into);
                    }
                },
                law -> law.productsEqualTheTripleLoop(Product.AB));
    }

    @Test
    void writingOneEntryTooFar() {
        assertCaught(
                new BrokenProduct() {
                    @Override
                    public void multiply(Product what, DenseMatrix a, DenseMatrix b, double keep, DenseMatrix into) {
                        right(what, a, b, keep, into);
                        int end = into.offset() + into.columns();
                        if (into.rows() > 0 && end < into.data().length && into.stride() > into.columns()) {
                            into.data()[end] = 0;
                        }
                    }
                },
                law -> law.productsEqualTheTripleLoop(Product.AB));
    }

    @Test
    void scribblingOnAnOperand() {
        assertCaught(
                new BrokenProduct() {
                    @Override
                    public void multiply(Product what, DenseMatrix a, DenseMatrix b, double keep, DenseMatrix into) {
                        right(what, a, b, keep, into);
                        a.fill(0);
                    }
                },
                law -> law.productsEqualTheTripleLoop(Product.AB));
    }

    @Test
    void forgettingTheRestOfALongSum() {
        assertCaught(
                new BrokenProduct() {
                    @Override
                    public void multiply(Product what, DenseMatrix a, DenseMatrix b, double keep, DenseMatrix into) {
                        LinearAlgebraBackend.requireShapes(what, a, b, into);
                        int inner = Math.min(256, a.columns());
                        right(what, a.slice(0, 0, a.rows(), inner), b.slice(0, 0, inner, b.columns()), keep, into);
                    }
                },
                law -> law.productsEqualTheTripleLoop(Product.AB));
    }

    @Test
    void skippingZeros() {
        assertCaught(
                new BrokenProduct() {
                    @Override
                    public void multiply(Product what, DenseMatrix a, DenseMatrix b, double keep, DenseMatrix into) {
                        right(what, a, b, keep, into);
                        for (int i = 0; i < into.rows(); i++) {
                            for (int j = 0; j < into.columns(); j++) {
                                into.set(i, j, Double.isNaN(into.get(i, j)) ? 0 : into.get(i, j));
                            }
                        }
                    }
                },
                law -> law.productsPropagateNaNAndInfinityThroughZeros(Product.AB));
    }

    @Test
    void takingWhateverShapeComes() {
        assertCaught(
                new BrokenProduct() {
                    @Override
                    public void multiply(Product what, DenseMatrix a, DenseMatrix b, double keep, DenseMatrix into) {
                        into.fill(0);
                    }
                },
                law -> law.productsRefuseShapesThatDoNotFit(Product.AB));
    }

    // ---- decompositions

    private abstract static class BrokenEigen extends PlainBackend {
        @Override
        public SymmetricEigen eigen(DenseMatrix a) {
            return spoilt(super.eigen(a));
        }

        abstract SymmetricEigen spoilt(SymmetricEigen right);
    }

    @Test
    void eigenvaluesThatAscend() {
        assertCaught(
                new BrokenEigen() {
                    @Override
                    SymmetricEigen spoilt(SymmetricEigen right) {
                        int n = right.values().length;
                        double[] values = new double[n];
                        DenseMatrix vectors = DenseMatrix.zeros(n, n);
                        for (int l = 0; l < n; l++) {
                            values[n - 1 - l] = right.values()[l];
                            vectors.slice(0, n - 1 - l, n, 1)
                                    .set(right.vectors().slice(0, l, n, 1));
                        }
                        return new SymmetricEigen(values, vectors);
                    }
                },
                BackendContract::eigenvectorsDiagonalize);
    }

    @Test
    void eigenvectorsOfAnotherLength() {
        assertCaught(
                new BrokenEigen() {
                    @Override
                    SymmetricEigen spoilt(SymmetricEigen right) {
                        right.vectors().set(0, 0, 2 * right.vectors().get(0, 0));
                        return right;
                    }
                },
                BackendContract::eigenvaluesAreKnownForKnownMatrices);
    }

    @Test
    void trustingTheUpperTriangle() {
        assertCaught(
                new PlainBackend() {
                    @Override
                    public SymmetricEigen eigen(DenseMatrix a) {
                        return super.eigen(a.transposed());
                    }
                },
                BackendContract::eigenvectorsOfRepeatedEigenvaluesAreOrthonormal);
    }

    @Test
    void leastSquaresThatAreNotTheLeast() {
        assertCaught(
                new PlainBackend() {
                    @Override
                    public void leastSquares(DenseMatrix a, DenseMatrix b, DenseMatrix into) {
                        super.leastSquares(a, b, into);
                        if (into.columns() > 64) {
                            into.set(0, 64, into.get(0, 64) * (1 + 1e-10));
                        }
                    }
                },
                BackendContract::leastSquaresLeavesAResidualOrthogonalToTheColumns);
    }

    // ---- coordinate steps

    private static LinearAlgebraBackend with(CoordinateSteps steps) {
        return new PlainBackend() {
            @Override
            public Optional<CoordinateSteps> coordinateSteps(int rank) {
                return Optional.of(steps);
            }
        };
    }

    @Test
    void stepsFromThePointBeforeTheSweep() {
        assertCaught(
                with(new PlainBackend.PlainSteps() {
                    @Override
                    public double sweep(
                            DenseMatrix gram,
                            double[] inverse,
                            DenseMatrix products,
                            DenseMatrix values,
                            int first,
                            int count,
                            double floor,
                            Workspace workspace) {
                        double moved = 0;
                        DenseMatrix before = values.copy();
                        for (int c = 0; c < inverse.length; c++) {
                            double[] only = new double[inverse.length];
                            only[c] = inverse[c];
                            DenseMatrix alone = before.copy();
                            moved += super.sweep(gram, only, products, alone, first, count, floor, workspace);
                            for (int j = first; j < first + count; j++) {
                                values.set(c, j, alone.get(c, j));
                            }
                        }
                        return moved;
                    }
                }),
                BackendContract::coordinateStepsEqualTheDoubleLoop);
    }

    @Test
    void stepsBeyondTheLastVector() {
        assertCaught(
                with(new PlainBackend.PlainSteps() {
                    @Override
                    public double sweep(
                            DenseMatrix gram,
                            double[] inverse,
                            DenseMatrix products,
                            DenseMatrix values,
                            int first,
                            int count,
                            double floor,
                            Workspace workspace) {
                        int rounded = Math.min(values.columns() - first, (count + 7) / 8 * 8);
                        return super.sweep(gram, inverse, products, values, first, rounded, floor, workspace);
                    }
                }),
                BackendContract::coordinateStepsEqualTheDoubleLoop);
    }

    @Test
    void stepsThatLoseNotANumberAtTheFloor() {
        assertCaught(
                with(new PlainBackend.PlainSteps() {
                    @Override
                    double bounded(double value, double floor) {
                        return value > floor ? value : floor;
                    }
                }),
                BackendContract::aSweepThatMeetsNotANumberSaysSoAndSparesOtherVectors);
    }

    // ---- elementary functions

    private static LinearAlgebraBackend with(Elementary elementary) {
        return new PlainBackend() {
            @Override
            public Elementary elementary() {
                return elementary;
            }
        };
    }

    @Test
    void logarithmsThatCancelNearOne() {
        assertCaught(
                with(new Elementary() {
                    @Override
                    public void log(int n, double[] x, double[] into) {
                        for (int i = 0; i < n; i++) {
                            into[i] = Math.log(x[i] * 8) - Math.log(8);
                        }
                    }
                }),
                BackendContract::logarithmsAreWithinFourUlp);
    }

    @Test
    void exponentialsThatWriteWholeVectors() {
        assertCaught(
                with(new Elementary() {
                    @Override
                    public void exp(int n, double[] x, double[] into) {
                        Elementary.super.exp(Math.min(into.length, (n + 3) / 4 * 4), x, into);
                    }
                }),
                BackendContract::exponentialsAreAccurate);
    }

    @Test
    void powersOfZeroByLogarithm() {
        assertCaught(
                with(new Elementary() {
                    @Override
                    public void pow(int n, double[] x, double s, double[] into) {
                        for (int i = 0; i < n; i++) {
                            into[i] = Math.exp(s * Math.log(x[i]));
                        }
                    }
                }),
                law -> law.powersAreAccurate(0));
    }

    // ---- the pass

    private interface BrokenTile {
        void tile(
                Pass right,
                Tile tile,
                Pass.Packed fixed,
                DenseMatrix moving,
                SpanStep step,
                DenseMatrix negative,
                DenseMatrix positive,
                Pass.Workspace workspace);
    }

    /** No width of the right pass's tiles, so that a tile of it can be told. */
    private static final int PANEL_OF_ONE_THREAD = 100;

    private static LinearAlgebraBackend with(BrokenTile broken) {
        return new PlainBackend() {
            @Override
            public Pass pass(int rank) {
                Pass right = super.pass(rank);
                return new Pass() {
                    @Override
                    public int panel(int moving, boolean transposed) {
                        return right.panel(moving, transposed);
                    }

                    @Override
                    public int panelOfOneThread(int moving, boolean transposed) {
                        return PANEL_OF_ONE_THREAD;
                    }

                    @Override
                    public Packed pack(DenseMatrix fixed, Tile like, Packed reuse) {
                        return right.pack(fixed, like, reuse);
                    }

                    @Override
                    public Workspace workspace() {
                        return right.workspace();
                    }

                    @Override
                    public void tile(
                            Tile tile,
                            Packed fixed,
                            DenseMatrix moving,
                            SpanStep step,
                            DenseMatrix negative,
                            DenseMatrix positive,
                            Workspace workspace) {
                        broken.tile(right, tile, fixed, moving, step, negative, positive, workspace);
                    }
                };
            }
        };
    }

    @Test
    void statisticsThatAreOverwritten() {
        LinearAlgebraBackend broken = with((right, tile, fixed, moving, step, negative, positive, workspace) -> {
            negative.fill(0);
            right.tile(tile, fixed, moving, step, negative, positive, workspace);
        });
        assertCaught(broken, law -> law.aDenseTileAddsItsStatistics(SpanStep.Kind.RATIO, PassProbe.Places.MATTER));
        assertCaught(broken, law -> law.aSparseTileAddsItsStatistics(SpanStep.Kind.RATIO));
        assertCaught(broken, law -> law.tilesAddUp(SpanStep.Kind.DATA, PassProbe.Places.MATTER));
    }

    @Test
    void thePanelOfOneThreadRoundsOtherwise() {
        LinearAlgebraBackend broken = with((right, tile, fixed, moving, step, negative, positive, workspace) -> {
            right.tile(tile, fixed, moving, step, negative, positive, workspace);
            if (moving.columns() == PANEL_OF_ONE_THREAD) {
                negative.set(0, 0, Math.nextUp(negative.get(0, 0)));
            }
        });
        assertCaught(broken, law -> law.panelsOfOneThreadGiveTheBitsOfSharedOnes(SpanStep.Kind.RATIO));
    }

    @Test
    void theLastFixedVectorsAreForgotten() {
        assertCaught(
                with((right, tile, fixed, moving, step, negative, positive, workspace) -> right.tile(
                        tile instanceof Tile.Dense d && d.fixedCount() > 64
                                ? new Tile.Dense(
                                        d.x(),
                                        d.transposed(),
                                        d.fixed(),
                                        d.fixedCount() / 2 * 2,
                                        d.moving(),
                                        d.movingCount())
                                : tile,
                        fixed,
                        moving,
                        step,
                        negative,
                        positive,
                        workspace)),
                law -> law.aDenseTileAddsItsStatistics(SpanStep.Kind.NEGATIVE, PassProbe.Places.MATTER));
    }

    @Test
    void aRowBehindTheLastIsReadAhead() {
        assertCaught(
                with((right, tile, fixed, moving, step, negative, positive, workspace) -> {
                    if (tile instanceof Tile.Dense d && d.x() instanceof DenseMatrix x) {
                        negative.set(0, 0, negative.get(0, 0) + 0 * x.data()[x.offset() + x.rows() * x.stride()]);
                    }
                    right.tile(tile, fixed, moving, step, negative, positive, workspace);
                }),
                BackendContract::aTileMayEndWithItsArray);
    }

    @Test
    void aTileIsTakenToStartAtTheFirstMovingVector() {
        assertCaught(
                with((right, tile, fixed, moving, step, negative, positive, workspace) -> right.tile(
                        tile instanceof Tile.Sparse s ? new Tile.Sparse(s.x(), 0, s.movingCount()) : tile,
                        fixed,
                        moving,
                        step,
                        negative,
                        positive,
                        workspace)),
                law -> law.aSparseTileAddsItsStatistics(SpanStep.Kind.DATA));
    }

    @Test
    void positiveIsWrittenUnasked() {
        assertCaught(
                with((right, tile, fixed, moving, step, negative, positive, workspace) -> {
                    right.tile(tile, fixed, moving, step, negative, positive, workspace);
                    if (positive != null) {
                        positive.set(0, 0, positive.get(0, 0) + 1e-9);
                    }
                }),
                law -> law.aDenseTileAddsItsStatistics(SpanStep.Kind.BOTH, PassProbe.Places.MATTER));
    }

    /** One division for four entries is right only while the product of the four stays in range. */
    @Test
    void ratiosByOneUnguardedDivisionForFour() {
        SpanStep fast = new SpanStep() {
            @Override
            public Kind kind() {
                return Kind.NEGATIVE;
            }

            @Override
            public void dense(
                    int f, int m, Along along, int n, double[] x, double[] y, double[] negative, double[] positive) {
                for (int i = 0; i < n; i++) {
                    double others = y[(i + 1) % n] * y[(i + 2) % n] * y[(i + 3) % n];
                    negative[i] = x[i] * (1 / (y[i] * others)) * others;
                }
            }

            @Override
            public void sparse(
                    int m, int[] f, int from, int n, double[] x, double[] y, double[] negative, double[] positive) {
                dense(0, m, Along.FIXED, n, x, y, negative, positive);
            }
        };
        assertCaught(
                with((right, tile, fixed, moving, step, negative, positive, workspace) ->
                        right.tile(tile, fixed, moving, fast, negative, positive, workspace)),
                BackendContract::ratiosOfVerySmallAndVeryLargeNumbersAreRight);
    }

    @Test
    void aTileLeavesSomethingInItsBuffers() {
        AtomicLong calls = new AtomicLong();
        assertCaught(
                with((right, tile, fixed, moving, step, negative, positive, workspace) -> {
                    right.tile(tile, fixed, moving, step, negative, positive, workspace);
                    negative.set(0, 0, negative.get(0, 0) * (1 + 1e-12 * calls.getAndIncrement()));
                }),
                law -> law.whatWasThereBeforeDoesNotMatter(true));
    }

    // ---- state and threads

    @Test
    void resultsThatDependOnEarlierCalls() {
        AtomicLong calls = new AtomicLong();
        assertCaught(
                new BrokenProduct() {
                    @Override
                    public void multiply(Product what, DenseMatrix a, DenseMatrix b, double keep, DenseMatrix into) {
                        right(what, a, b, keep, into);
                        if (calls.getAndIncrement() % 2 == 1) {
                            into.set(0, 0, Math.nextUp(into.get(0, 0)));
                        }
                    }
                },
                BackendContract::theSameInputsGiveTheSameBitsTwiceAndFromTwoThreadsAtOnce);
    }

    /** Two threads meet in one buffer. */
    @Test
    void aBufferSharedByAllThreads() {
        DenseMatrix[] shared = new DenseMatrix[1];
        assertCaught(
                new BrokenProduct() {
                    @Override
                    public void multiply(Product what, DenseMatrix a, DenseMatrix b, double keep, DenseMatrix into) {
                        shared[0] = DenseMatrix.zeros(into.rows(), into.columns());
                        right(what, a, b, 0, shared[0]);
                        LockSupport.parkNanos(200_000); // the other thread is about as far
                        into.set(shared[0]);
                        shared[0].fill(0);
                    }
                },
                BackendContract::theSameInputsGiveTheSameBitsTwiceAndFromTwoThreadsAtOnce);
    }

    @Test
    void aThreadOfItsOwn() {
        Thread[] own = new Thread[1];
        try {
            assertCaught(
                    new PlainBackend() {
                        @Override
                        public SymmetricEigen eigen(DenseMatrix a) {
                            own[0] = new Thread(LockSupport::park, "a backend's own");
                            own[0].setDaemon(true);
                            own[0].start();
                            return super.eigen(a);
                        }
                    },
                    BackendContract::noThreadIsStarted);
        } finally {
            LockSupport.unpark(own[0]);
        }
    }

    @Test
    void beingUnavailableWithoutAReason() {
        assertCaught(
                new PlainBackend() {
                    @Override
                    public Availability availability() {
                        return Availability.no("");
                    }
                },
                BackendContract::isUsableOrSaysWhyNot);
    }

    @Test
    void eigenvaluesOfAnything() {
        assertCaught(
                new PlainBackend() {
                    @Override
                    public SymmetricEigen eigen(DenseMatrix a) {
                        int n = Math.min(a.rows(), a.columns());
                        return super.eigen(a.slice(0, 0, n, n));
                    }
                },
                BackendContract::eigenRefusesWhatIsNotSquare);
    }

    @Test
    void leastSquaresOfAnything() {
        assertCaught(
                new PlainBackend() {
                    @Override
                    public void leastSquares(DenseMatrix a, DenseMatrix b, DenseMatrix into) {
                        into.fill(0);
                    }
                },
                BackendContract::leastSquaresRefusesShapesThatDoNotFit);
    }

    @Test
    void aPanelThatIsTooLong() {
        assertCaught(
                with((right, tile, fixed, moving, step, negative, positive, workspace) -> {
                    if (tile.movingCount() > 40) {
                        throw new AssertionError("no buffer is so long");
                    }
                    right.tile(tile, fixed, moving, step, negative, positive, workspace);
                }),
                BackendContract::aFullPanelIsOneTile);
    }

    @Test
    void exchangingInfinityForTheLargestNumber() {
        assertCaught(
                with(new Elementary() {
                    @Override
                    public void log(int n, double[] x, double[] into) {
                        for (int i = 0; i < n; i++) {
                            into[i] = Math.log(Math.min(x[i], Double.MAX_VALUE));
                        }
                    }
                }),
                BackendContract::logarithmsAreWithinFourUlp);
    }
}
