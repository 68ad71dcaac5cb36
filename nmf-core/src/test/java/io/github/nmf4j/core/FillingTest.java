package io.github.nmf4j.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.nmf4j.api.Surrogate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who takes what is missing of a sum. */
class FillingTest {
    private static Filling.Room room(double curvature, double linear, double room) {
        return new Filling.Room(curvature, linear, room);
    }

    private static void assertShares(double missing, List<Filling.Room> rooms, double... expected) {
        Filling filling = new Filling(new ArrayList<>(rooms), missing);
        assertThat(rooms.stream().mapToDouble(filling::share).toArray()).containsExactly(expected, within(1e-15));
    }

    /** ½·3h² + 4h − 2·log h at ½: φ″ = 3 + 2/h². */
    @Test
    void entriesAreJudgedByTheirCurvatureWhereTheyAre() {
        Surrogate block = new Surrogate(1, 1, 0, 1, 1e-14);
        block.begin(0, 1);
        block.quadratic(0)[0] = 3;
        block.linear(0)[0] = 4;
        block.log(0)[0] = 2;
        block.upper(0)[0] = 0.75;
        assertThat(Filling.Room.of(block, 0, 0, 0.5)).isEqualTo(room(11, 4, 0.25));
    }

    @Test
    void theFlattestTakesAll() {
        assertShares(0.5, List.of(room(1.005, -9, 1), room(1, 3, 1), room(2, -9, 1)), 0, 0.5, 0);
    }

    @Test
    void ofEquallyFlatOnesTheLeastSlopeTakesAll() {
        assertShares(0.5, List.of(room(0, -1, 1), room(0, -1.005, 1), room(1, -9, 1)), 0, 0.5, 0);
    }

    @Test
    void whatTheFirstCannotTakeIsTheNextOnes() {
        assertShares(0.5, List.of(room(3, 0, 9), room(2, 0, 0.25), room(1, 0, 0.125)), 0.125, 0.25, 0.125);
        assertShares(0.375, List.of(room(3, 0, 9), room(2, 0, 0.25), room(1, 0, 0.125)), 0, 0.25, 0.125);
        assertShares(0.3751, List.of(room(3, 0, 9), room(2, 0, 0.25), room(1, 0, 0.125)), 1e-4, 0.25, 0.125);
    }

    @Test
    void likeOnesShareInTheOrderInWhichTheyAsk() {
        assertShares(
                0.5,
                List.of(room(1, 2, 0.25), room(1, 2, 0.125), room(1, 1, 0.1), room(1, 2, 1)),
                0.25,
                0.125,
                0.1,
                0.025);
    }

    @Test
    void noneTakesMoreThanItsRoom() {
        assertShares(2, List.of(room(1, 0, 0.5), room(0, 0, 0.25)), 0.5, 0.25);
    }
}
