package io.github.nmf4j.unmix;

import io.github.nmf4j.api.DenseMatrix;
import io.github.nmf4j.api.Matrix;
import java.util.function.IntConsumer;

/**
 * X by blocks of columns, widened one at a time: a thread holds one block of about half a megabyte, and nothing of the size of
 * X is ever made. The blocks are dealt to a number of hands that depends on the shape alone; who adds over pixels does so hand
 * by hand, so that sums do not depend on the number of threads.
 */
final class Blocks {
    private static final int ENTRIES = 1 << 16;
    private static final int NARROWEST = 64;
    private static final int MOST_HANDS = 16;

    private final Matrix x;
    private final Crew crew;
    private final int width;
    private final int hands;

    Blocks(Matrix x, Crew crew) {
        this.x = x;
        this.crew = crew;
        this.width = Math.min(x.columns(), Math.max(NARROWEST, ENTRIES / x.rows()));
        this.hands = Math.min(MOST_HANDS, (x.columns() + width - 1) / width);
    }

    /** Receives a block of columns. */
    interface Visitor {
        /**
         * @param hand from 0; one hand's blocks come in ascending order, one after the other
         * @param column the first
         * @param block all rows of some columns; valid during the call
         */
        void visit(int hand, int column, DenseMatrix block);
    }

    int rows() {
        return x.rows();
    }

    int columns() {
        return x.columns();
    }

    /** {@return how many hands there are} */
    int hands() {
        return hands;
    }

    /** Shows every block once. */
    void each(Visitor visitor) {
        int blocks = (x.columns() + width - 1) / width;
        crew.run(hands, hand -> {
            double[] values = new double[x.rows() * width];
            int from = (int) ((long) blocks * hand / hands);
            int to = (int) ((long) blocks * (hand + 1) / hands);
            for (int b = from; b < to; b++) {
                int column = b * width;
                int columns = Math.min(width, x.columns() - column);
                x.read(0, column, x.rows(), columns, values, 0, columns);
                visitor.visit(hand, column, DenseMatrix.wrap(x.rows(), columns, values, 0, columns));
            }
        });
    }

    /** Runs tasks 0 … count − 1 on the same threads. */
    void share(int count, IntConsumer task) {
        crew.run(count, task);
    }
}
