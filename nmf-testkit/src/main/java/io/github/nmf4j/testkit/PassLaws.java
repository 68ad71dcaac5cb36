package io.github.nmf4j.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.github.nmf4j.api.DenseMatrix;
import io.github.nmf4j.api.Matrix;
import io.github.nmf4j.api.Pass;
import io.github.nmf4j.api.SpanStep;
import io.github.nmf4j.api.SparseMatrix;
import io.github.nmf4j.api.Tile;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tiles add the statistics that the naive loop gives, whatever was there before. */
abstract class PassLaws extends PassProbe {
    @ParameterizedTest
    @MethodSource("steps")
    protected final void aDenseTileAddsItsStatistics(SpanStep.Kind kind, Places places) {
        Step step = new Step(kind, places);
        for (int rank : RANKS) {
            for (int fixed : new int[] {1, 7, 131}) {
                for (boolean transposed : new boolean[] {false, true}) {
                    for (boolean storedSparsely : new boolean[] {false, true}) {
                        Pass pass = backend().pass(rank);
                        int count = Math.min(pass.panel(42, transposed), 37);
                        Problem p = new Problem(rank, fixed, count + 5, 1, 0.8);
                        Statistics s = new Statistics(p, step);
                        DenseMatrix moving = moving(p);
                        Matrix x = p.matrix(transposed, storedSparsely);
                        Tile tile = new Tile.Dense(x, transposed, 0, fixed, 2, count);
                        pass.tile(
                                tile,
                                pass.pack(fixed(p), tile, null),
                                moving.slice(0, 2, rank, count),
                                step,
                                s.negative(2, count),
                                s.positive(2, count),
                                pass.workspace());
                        assertEquals(moving(p), moving, "the moving factor is only read");
                        s.check(
                                p,
                                step,
                                false,
                                0,
                                fixed,
                                2,
                                2 + count,
                                kind + ", rank " + rank + ", " + fixed + " fixed, transposed " + transposed);
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(SpanStep.Kind.class)
    protected final void aSparseTileAddsItsStatistics(SpanStep.Kind kind) {
        Step step = new Step(kind);
        for (int rank : RANKS) {
            for (int fixed : new int[] {1, 131, 1100}) {
                Pass pass = backend().pass(rank);
                int count = Math.min(pass.panel(42, false), fixed == 1100 ? 6 : 37);
                Problem p = new Problem(rank, fixed, count + 5, 1, fixed == 1100 ? 1 : 0.2);
                Statistics s = new Statistics(p, step);
                Tile tile = new Tile.Sparse(p.byMovingVector(), 2, count);
                pass.tile(
                        tile,
                        pass.pack(fixed(p), tile, null),
                        moving(p).slice(0, 2, rank, count),
                        step,
                        s.negative(2, count),
                        s.positive(2, count),
                        pass.workspace());
                s.check(
                        p,
                        step,
                        true,
                        0,
                        fixed,
                        2,
                        2 + count,
                        kind + ", sparse, rank " + rank + ", " + fixed + " fixed");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("steps")
    protected final void tilesAddUp(SpanStep.Kind kind, Places places) {
        Step step = new Step(kind, places);
        for (int rank : new int[] {1, 3, 17}) {
            Problem p = new Problem(rank, 139, 67, 1, 0.6);
            Pass pass = backend().pass(rank);
            Pass.Workspace workspace = pass.workspace();
            for (boolean transposed : new boolean[] {false, true}) {
                Matrix x = p.matrix(transposed, false);
                Statistics dense = new Statistics(p, step);
                Pass.Packed packed =
                        pass.pack(fixed(p), new Tile.Dense(x, transposed, 0, p.fixed(), 0, p.moving()), null);
                forEachPart(
                        0,
                        p.moving(),
                        Math.min(pass.panel(p.moving(), transposed), rank == 3 ? 9 : 40),
                        (moving, count) -> forEachPart(
                                0,
                                p.fixed(),
                                53,
                                (fixed, fixedCount) -> pass.tile(
                                        new Tile.Dense(x, transposed, fixed, fixedCount, moving, count),
                                        packed,
                                        moving(p).slice(0, moving, rank, count),
                                        step,
                                        dense.negative(moving, count),
                                        dense.positive(moving, count),
                                        workspace)));
                String label = kind + " in tiles, rank " + rank + ", transposed " + transposed;
                dense.check(p, step, false, 0, p.fixed(), 0, p.moving(), label);
            }

            Statistics sparse = new Statistics(p, step);
            SparseMatrix stored = p.byMovingVector();
            Pass.Packed packedBySparse = pass.pack(fixed(p), new Tile.Sparse(stored, 0, p.moving()), null);
            forEachPart(
                    0,
                    p.moving(),
                    Math.min(pass.panel(p.moving(), false), 9),
                    (moving, count) -> pass.tile(
                            new Tile.Sparse(stored, moving, count),
                            packedBySparse,
                            moving(p).slice(0, moving, rank, count),
                            step,
                            sparse.negative(moving, count),
                            sparse.positive(moving, count),
                            workspace));
            sparse.check(p, step, true, 0, p.fixed(), 0, p.moving(), kind + " in sparse tiles, rank " + rank);
        }
    }

    private interface Part {
        void from(int first, int count);
    }

    private static void forEachPart(int from, int to, int step, Part part) {
        for (int first = from; first < to; first += step) {
            part.from(first, Math.min(step, to - first));
        }
    }

    @Test
    protected final void aFullPanelIsOneTile() {
        for (int rank : RANKS) {
            for (Step step : steps().map(Step::of).toList()) {
                Pass pass = backend().pass(rank);
                for (boolean transposed : new boolean[] {false, true}) {
                    int panel = pass.panel(1 << 20, transposed);
                    assertTrue(panel > 0, "a panel holds a moving vector: " + panel);
                    assertTrue(pass.panel(1, transposed) > 0, "a panel of one vector: " + pass.panel(1, transposed));
                    checkWholeTile(new Problem(rank, 11, panel, 1, 0.9), step);
                    checkWholeTile(new Problem(rank, 309, 9, 1, 0.9), step);
                }
            }
        }
    }

    /** Σ F·N has the same bits in the tiles of one thread as in those that threads share. */
    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"BOTH", "RATIO_AND_LOG"})
    protected final void panelsOfOneThreadGiveTheBitsOfSharedOnes(SpanStep.Kind kind) {
        Step step = new Step(kind);
        for (int rank : new int[] {3, 17}) {
            Pass pass = backend().pass(rank);
            for (int moving : new int[] {70, 300, 1100}) {
                Problem p = new Problem(rank, 27, moving, 1, 0.9);
                for (boolean transposed : new boolean[] {false, true}) {
                    int width = pass.panelOfOneThread(moving, transposed);
                    assertTrue(width > 0, "a panel of one thread holds a moving vector: " + width);
                    Statistics shared = statistics(p, pass, transposed, pass.panel(moving, transposed), step);
                    Statistics alone = statistics(p, pass, transposed, width, step);
                    String label = kind + ", rank " + rank + ", " + moving + " vectors, transposed " + transposed;
                    assertSameBits(shared.negative.array, alone.negative.array, label);
                }
            }
        }
    }

    private static Statistics statistics(Problem p, Pass pass, boolean transposed, int width, Step step) {
        Matrix x = p.matrix(transposed, false);
        Statistics into = new Statistics(p, step);
        Pass.Packed packed = pass.pack(fixed(p), new Tile.Dense(x, transposed, 0, p.fixed(), 0, p.moving()), null);
        Pass.Workspace workspace = pass.workspace();
        forEachPart(
                0,
                p.moving(),
                width,
                (moving, count) -> pass.tile(
                        new Tile.Dense(x, transposed, 0, p.fixed(), moving, count),
                        packed,
                        moving(p).slice(0, moving, p.rank, count),
                        step,
                        into.negative(moving, count),
                        into.positive(moving, count),
                        workspace));
        return into;
    }

    /** Nothing is read behind the last entry of an array. */
    @Test
    protected final void aTileMayEndWithItsArray() {
        for (SpanStep.Kind kind : SpanStep.Kind.values()) {
            for (boolean transposed : new boolean[] {false, true}) {
                for (int rank : new int[] {3, 17}) {
                    Pass pass = backend().pass(rank);
                    Problem p = new Problem(rank, 24, Math.min(pass.panel(64, transposed), 64), 1, 0.9);
                    Tile tile =
                            new Tile.Dense(p.matrix(transposed, Layout.FILLS), transposed, 0, p.fixed(), 0, p.moving());
                    String label = kind + ", array filled, transposed " + transposed;
                    try {
                        checkTile(p, tile, new Step(kind), label);
                    } catch (IndexOutOfBoundsException e) {
                        fail(label + ": read behind the end of the array", e);
                    }
                }
            }
        }
    }

    /** x/y is right wherever x and y are numbers, also where a product of several y leaves the range of a double. */
    @Test
    protected final void ratiosOfVerySmallAndVeryLargeNumbersAreRight() {
        for (int rank : RANKS) {
            for (double scale : new double[] {1e-60, 1e-45, 1e-25, 1e25, 1e45, 1e60}) {
                checkWholeTile(new Problem(rank, 67, 24, scale, 0.9), new Step(SpanStep.Kind.RATIO));
            }
        }
    }

    private void checkWholeTile(Problem p, Step step) {
        int count = p.moving();
        Tile byRows = new Tile.Dense(p.matrix(false, false), false, 0, p.fixed(), 0, count);
        Tile byColumns = new Tile.Dense(p.matrix(true, false), true, 0, p.fixed(), 0, count);
        for (Tile tile : List.of(byRows, byColumns, new Tile.Sparse(p.byMovingVector(), 0, count))) {
            checkTile(
                    p,
                    tile,
                    step,
                    step.kind() + ", panel of " + count + ", " + tile.getClass().getSimpleName() + ", transposed "
                            + (tile == byColumns));
        }
    }

    private void checkTile(Problem p, Tile tile, Step step, String label) {
        Pass pass = backend().pass(p.rank);
        Statistics s = new Statistics(p, step);
        pass.tile(
                tile,
                pass.pack(fixed(p), tile, null),
                moving(p),
                step,
                s.negative(0, p.moving()),
                s.positive(0, p.moving()),
                pass.workspace());
        s.check(p, step, tile instanceof Tile.Sparse, 0, p.fixed(), 0, p.moving(), label + ", rank " + p.rank);
    }

    /** Nothing of an earlier tile or an earlier packing is left. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    protected final void whatWasThereBeforeDoesNotMatter(boolean sparse) {
        for (int rank : RANKS) {
            Pass pass = backend().pass(rank);
            int count = Math.min(pass.panel(21, false), 21);
            Problem p = new Problem(rank, 90, count, 1, 0.6);
            Step step = new Step(SpanStep.Kind.BOTH);
            Tile tile = sparse
                    ? new Tile.Sparse(p.byMovingVector(), 0, count)
                    : new Tile.Dense(p.matrix(false, false), false, 0, 90, 0, count);
            Statistics fresh = new Statistics(p, step);
            pass.tile(
                    tile,
                    pass.pack(fixed(p), tile, null),
                    moving(p),
                    step,
                    fresh.negative(0, count),
                    fresh.positive(0, count),
                    pass.workspace());

            DenseMatrix spoilt = fixed(p);
            spoilt.fill(Double.NaN);
            Pass.Packed packed = pass.pack(spoilt, tile, null);
            Pass.Workspace workspace = pass.workspace();
            Statistics wasted = new Statistics(p, step);
            pass.tile(tile, packed, moving(p), step, wasted.negative(0, count), wasted.positive(0, count), workspace);
            Statistics again = new Statistics(p, step);
            pass.tile(
                    tile,
                    pass.pack(fixed(p), tile, packed),
                    moving(p),
                    step,
                    again.negative(0, count),
                    again.positive(0, count),
                    workspace);
            String label = "rank " + rank + ", sparse " + sparse;
            assertSameBits(fresh.negative.array, again.negative.array, label);
            assertSameBits(fresh.positive.array, again.positive.array, label);
        }
    }
}
